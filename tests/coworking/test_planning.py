"""How the planning of a place is drawn: a day on its hours, idle units together, and as lists (COW-21)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from coworking.selectors.planning import Row, bookings_between, planning_rows
from coworking.selectors.planning_drawing import Bar, drawn_day, gathered, grid_of, listed_days
from coworking.services.hours import ClosureData, close_over
from coworking.states.places import ResourceKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_facilitator, make_resource
from tests.factories.coworking_members import make_member
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def room() -> Any:
    """A room, and a pool of four desks, in a place open from nine to six."""
    found = make_room(name="Salle bleue")
    make_resource(found.place, ResourceKind.DESK, "Postes", units=4, prices={"half_day": "8", "day": "15"})
    return found


def rows_of(room: Any, first: Any, last: Any) -> list[Row]:
    bookings = bookings_between(room.place, first, last)
    return planning_rows(room.place, bookings, first, last, shows=lambda one: True)


def test_a_day_is_drawn_on_its_hours_and_what_is_shut_apart(room: Any) -> None:
    day = next_monday()
    book_at(room, hours("9:00", "11:00"), of=make_member(room.place))
    drawing = drawn_day(room.place, day, rows_of(room, day, day))
    assert [hour for hour, _left in drawing.marks] == list(range(8, 19))
    # Eleven hours are drawn: one is 9.091 hundredths of them.
    assert [(bar.left, bar.width) for bar in drawing.shut] == [("0.000", "9.091"), ("90.909", "9.091")]
    lane = next(one for one in drawing.lanes if one.row.label == "Salle bleue")
    assert [(bar.left, bar.width) for bar in lane.bars] == [("9.091", "18.182")]
    assert lane.bars[0].slot is not None
    assert lane.bars[0].slot.hours == "09:00–11:00"


def test_a_closed_day_is_shut_whole_and_a_late_booking_widens_the_day(room: Any) -> None:
    day = next_monday()
    book_at(room, hours("20:00", "21:30"), of=make_member(room.place), off_hours=True)
    drawing = drawn_day(room.place, day, rows_of(room, day, day))
    assert [hour for hour, _left in drawing.marks] == list(range(8, 22))
    sunday = day - timedelta(days=1)
    shut = drawn_day(room.place, sunday, rows_of(room, sunday, sunday))
    assert shut.shut == [Bar("0.000", "100.000")]


def test_units_that_nothing_holds_are_one_row_until_a_closure_touches_them(room: Any) -> None:
    day = next_monday()
    rows = rows_of(room, day, day)
    assert len(rows) == 5
    assert sorted(row.label for row in gathered(rows)) == ["Postes · 4 libres", "Salle bleue"]
    pool = next(row.resource for row in rows if row.resource != room)
    book_at(pool, hours("9:00", "12:00"), of=make_member(room.place))
    labels = [row.label for row in gathered(rows_of(room, day, day))]
    assert len(labels) == 3
    assert "Postes · 3 libres" in labels
    shut = hours("13:00", "17:00")
    close_over(room.place, data=ClosureData(shut.starts, shut.ends, "Travaux", resource=pool), actor=None)
    assert len(gathered(rows_of(room, day, day))) == 5


def test_a_week_marks_its_closed_days_and_is_a_list_on_a_phone(room: Any) -> None:
    monday = next_monday()
    sunday = monday + timedelta(days=6)
    book_at(room, hours("14:00", "15:00"), of=make_member(room.place))
    book_at(room, hours("9:00", "10:00"), of=make_member(room.place))
    rows = rows_of(room, monday, sunday)
    grid = grid_of(room.place, gathered(rows), monday, sunday)
    assert [is_open for _day, is_open in grid.days] == [True] * 5 + [False] * 2
    assert [is_open for _slots, is_open in grid.lines[0][1]] == [True] * 5 + [False] * 2
    listed = listed_days(rows)
    assert [day for day, _lines in listed] == [day for day, _is_open in grid.days]
    assert [slot.hours for _row, slot in listed[0][1]] == ["09:00–10:00", "14:00–15:00"]
    assert [lines for _day, lines in listed[1:]] == [[]] * 6


def test_the_pages_show_the_drawing_and_the_list(room: Any) -> None:
    team = client_of(make_facilitator(room.place))
    day = next_monday()
    book_at(room, hours("9:00", "11:00"), of=make_member(room.place))
    url = reverse("coworking:planning", args=[room.place.pk])
    shown = team.get(url, {"vue": "jour", "jour": day.isoformat()}).content.decode()
    assert 'x="9.091%"' in shown
    assert "planning-narrow" in shown
    week = team.get(url, {"vue": "semaine", "jour": day.isoformat()})
    assert week.content.decode().count('class="is-shut"') == 2 * 2
    assert "Postes · 4 libres" in text(week)
