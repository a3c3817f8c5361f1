"""The day of a place: who is there, visitors, its figures (COW-22, COW-23, COW-25)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cae.core.errors import Code
from cae.core.models import Notice
from cae.core.periods import Month
from coworking.calculations.stretches import Stretch
from coworking.calculations.usage import Share, UnitTime, by_hour, whole
from coworking.models import Booking, Presence, Visitor
from coworking.selectors.alerts import notable
from coworking.selectors.days import found_at_door, host_named
from coworking.selectors.usage import NO_PLAN, at_hour, bookings_of, under_plan, usage_of
from coworking.selectors.wall import wall_of
from coworking.services.booking_days import release_missed
from coworking.services.faults import tell_fault
from coworking.services.guests import Guest
from coworking.services.presences import arrive, arrive_for, begin_for_those_there, close_forgotten, leave
from coworking.services.visitors import (
    VISITOR_HERE,
    VisitorData,
    announce,
    call_off,
    erase_visitors,
    greet,
    see_off,
    walk_in,
)
from coworking.states.bookings import BookingState
from coworking.states.days import ArrivalWay
from coworking.states.members import ChargeKind
from coworking.states.places import PlaceState, ResourceKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_facilitator, make_resource
from tests.factories.coworking_members import make_member, neighbour, owed
from tests.factories.people import make_user
from tests.refusals import refused

PARIS = ZoneInfo("Europe/Paris")


def at(hour: int, minute: int = 0) -> datetime:
    """An instant of the next Monday."""
    return hours("0:00", "1:00").starts + timedelta(hours=hour, minutes=minute)


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of March 2026, by the clock of Paris; the 29th is a Sunday of 23 hours."""
    return datetime(2026, 3, day, hour, minute, tzinfo=PARIS)


def test_use_is_the_time_taken_of_the_time_open_hour_by_hour() -> None:
    monday = Stretch(utc(23, 9, 30), utc(23, 12))
    taken = [Stretch(utc(23, 8), utc(23, 10)), Stretch(utc(23, 11), utc(23, 11, 30))]
    found = by_hour([UnitTime([monday], taken), UnitTime([monday], [])], PARIS)
    assert found == {(0, 9): Share(30, 60), (0, 10): Share(0, 120), (0, 11): Share(30, 120)}
    total = whole(found.values())
    assert (total, total.rate, total.step) == (Share(60, 300), Decimal("0.20"), 1)
    assert [Share(taken, 100).step for taken in (0, 1, 25, 50, 75, 100)] == [0, 1, 2, 3, 4, 4]
    assert (Share().rate, Share().step) == (None, 0)


def test_the_night_when_summer_time_begins_has_no_second_hour() -> None:
    night = Stretch(utc(29, 0), utc(29, 4))
    assert by_hour([UnitTime([night], [])], PARIS) == {
        (6, 0): Share(0, 60),
        (6, 1): Share(0, 60),
        (6, 3): Share(0, 60),
    }


@pytest.fixture
def room(db: Any) -> Any:
    return make_room(name="Salle bleue", arrival_window=15)


@pytest.fixture
def member(room: Any) -> Any:
    found = make_member(room.place, neighbour(first_name="Zélie", last_name="Marchand"), is_shown=True)
    make_user(person=found.person)
    return found


def test_arriving_twice_a_day_is_one_presence_that_begins_what_is_booked(room: Any, member: Any) -> None:
    morning = book_at(room, hours("9:00", "10:00"), of=member)
    evening = book_at(room, hours("16:00", "17:00"), of=member)
    place, person = room.place, member.person

    first = arrive(place, person, way=ArrivalWay.DOOR, actor=None, now=at(8, 50))
    assert (first.member, first.booking, first.left_at) == (member, morning, None)
    leave(first, actor=None, now=at(12))
    with refused(Code.ILLEGAL_MOVE):
        leave(first, actor=None, now=at(12, 5))
    again = arrive(place, person, way=ArrivalWay.KIOSK, actor=None, now=at(15, 45))

    assert again.pk == first.pk
    row = Presence.objects.get()
    assert (row.arrived_at, row.left_at, row.way, row.booking) == (at(8, 50), None, "door", morning)
    states = Booking.objects.order_by("during").values_list("state", flat=True)
    assert list(states) == [BookingState.PRESENT] * 2
    assert evening.pk in Booking.objects.filter(state=BookingState.PRESENT).values_list("pk", flat=True)


def test_one_arrives_in_an_open_place_and_in_a_known_way(room: Any, member: Any) -> None:
    with refused(Code.VALUE_INVALID, "way"):
        arrive(room.place, member.person, way="chimney", actor=None, now=at(9))
    room.place.state = PlaceState.DRAFT
    with refused(Code.NOT_ALLOWED):
        arrive(room.place, member.person, way=ArrivalWay.DOOR, actor=None, now=at(9))


def test_a_booking_honoured_says_that_its_holder_is_there(room: Any, member: Any) -> None:
    booking = book_at(room, hours("9:00", "10:00"), of=member)
    with refused(Code.DATE_INVALID):
        arrive_for(booking, way=ArrivalWay.TEAM, actor=None, now=at(6))
    arrive_for(booking, way=ArrivalWay.TEAM, actor=None, now=at(9))
    row = Presence.objects.get()
    assert (row.person, row.booking, row.way) == (member.person, booking, "team")


def test_who_is_there_already_does_not_lose_the_afternoon(room: Any, member: Any) -> None:
    arrive(room.place, member.person, way=ArrivalWay.DOOR, actor=None, now=at(9))
    mine = book_at(room, hours("14:00", "15:00"), of=member)
    theirs = book_at(make_resource(room.place, arrival_window=15), hours("14:00", "15:00"), of=neighbour())
    assert begin_for_those_there(now=at(13, 59)) == 0
    assert begin_for_those_there(now=at(14, 5)) == 1
    assert release_missed(now=at(14, 20)) == 1
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state) == (BookingState.PRESENT, BookingState.MISSED)


def test_a_departure_forgotten_is_the_end_of_the_hours_of_its_day(room: Any, member: Any) -> None:
    late, other = neighbour(), room.place
    arrive(other, member.person, way=ArrivalWay.DOOR, actor=None, now=at(9))
    arrive(other, late, way=ArrivalWay.DOOR, actor=None, now=at(20))
    assert close_forgotten(now=at(23, 59)) == 0
    assert close_forgotten(now=at(24, 35)) == 2
    found = {row.person_id: (row.left_at, row.left_unsaid) for row in Presence.objects.all()}
    assert found == {member.person_id: (at(18), True), late.pk: (at(20), True)}
    # The next day is another presence, even when nothing closed the first one.
    Presence.objects.filter(person=late).update(left_at=None, left_unsaid=False)
    again = arrive(other, late, way=ArrivalWay.DOOR, actor=None, now=at(33))
    assert Presence.objects.filter(person=late, left_at__isnull=True).get() == again


def test_a_visitor_is_announced_greeted_told_of_seen_off_erased(room: Any, member: Any) -> None:
    place, now = room.place, at(8)
    facilitator = make_facilitator(place)
    data = VisitorData("Ana  Ruiz", firm="Mairie", email="ana@exemple.fr", host=member.person)
    with refused(Code.VALUE_MISSING, "name"):
        announce(place, data=VisitorData(" "), expected_at=at(10), actor=None, now=now)
    with refused(Code.VALUE_INVALID, "email"):
        announce(place, data=VisitorData("Ana", email="ana"), expected_at=at(10), actor=None, now=now)
    for wrong in (at(6), at(24 * 400)):
        with refused(Code.DATE_INVALID, "expected_at"):
            announce(place, data=data, expected_at=wrong, actor=None, now=now)
    visitor = announce(place, data=data, expected_at=at(10), actor=None, now=now)
    with refused(Code.DATE_INVALID):
        greet(visitor, actor=None, now=at(34))
    with refused(Code.ILLEGAL_MOVE):
        see_off(visitor, actor=None, now=at(10))

    greet(visitor, actor=facilitator, now=at(10, 5))
    notice = Notice.objects.get(kind=VISITOR_HERE)
    assert notice.user.person == member.person
    assert "Ana Ruiz est là" in notice.subject
    for act in (greet, call_off):
        with refused(Code.ILLEGAL_MOVE):
            act(visitor, actor=None, now=at(11))
    visitor = see_off(visitor, actor=None, now=at(11))
    assert (visitor.arrived_at, visitor.left_at) == (at(10, 5), at(11))

    assert erase_visitors(now=at(24 * 29)) == 0
    assert erase_visitors(now=at(24 * 31)) == 1
    visitor.refresh_from_db()
    assert (visitor.name, visitor.email, visitor.firm) == ("", "", "")
    assert not Notice.objects.filter(kind=VISITOR_HERE).exists()


def test_at_the_door_rules_are_accepted_and_the_right_person_is_told(room: Any, member: Any) -> None:
    place, facilitator = room.place, make_facilitator(room.place)
    place.charter = "On ne fume pas."
    place.save()
    with refused(Code.VALUE_MISSING, "rules_accepted"):
        walk_in(place, data=VisitorData("Ana Ruiz"), actor=None, now=at(9))
    awaited = announce(place, data=VisitorData("Luc Petit"), expected_at=at(9), actor=None, now=at(8))
    with refused(Code.VALUE_MISSING, "rules_accepted"):
        greet(awaited, actor=None, now=at(9))
    off = announce(place, data=VisitorData("Paul"), expected_at=at(9), actor=None, now=at(8))
    call_off(off, actor=None, now=at(8))
    with refused(Code.ILLEGAL_MOVE):
        greet(off, actor=None, now=at(9))
    with refused(Code.ILLEGAL_MOVE):
        call_off(off, actor=None, now=at(9))

    # A name that nobody, or several, answer to is told to the team as it was typed.
    make_member(place, neighbour(first_name="Zoé", last_name="Marchand"))
    assert host_named(place, "marchand", at(9)) is None
    assert host_named(place, "zélie", at(9)) == member.person
    walk_in(
        place,
        data=VisitorData("Ana Ruiz", asked_for="Marchand", rules_accepted=True),
        actor=None,
        now=at(9),
    )
    notice = Notice.objects.get(kind=VISITOR_HERE)
    assert (notice.user, "Vient voir Marchand." in notice.text) == (facilitator, True)
    place.state = PlaceState.DRAFT
    with refused(Code.NOT_ALLOWED):
        announce(place, data=VisitorData("Ana"), expected_at=at(10), actor=None, now=at(9))


def test_the_tablet_knows_those_who_come_by_three_letters(room: Any, member: Any) -> None:
    place = room.place
    announce(place, data=VisitorData("Élodie Marchal"), expected_at=at(9), actor=None, now=at(8))
    assert found_at_door(place, "ma", at(9)) is None
    found = found_at_door(place, "MARCH", at(9))
    assert found is not None
    assert (found.persons, [one.name for one in found.visitors]) == ([member.person], ["Élodie Marchal"])
    nobody = found_at_door(place, "xyz", at(9))
    assert nobody is not None
    assert nobody.is_nobody
    for rank in range(5):
        make_member(place, neighbour(first_name="Ada", last_name=f"Marchais{rank}"))
    crowd = found_at_door(place, "march", at(9))
    assert crowd is not None
    assert crowd.is_nobody


def test_the_wall_shows_first_names_by_consent_and_no_guest(room: Any, member: Any) -> None:
    place = room.place
    quiet = make_member(place, neighbour(first_name="Bruno"))
    desk = make_resource(place, ResourceKind.DESK)
    book_at(room, hours("9:00", "10:00"), of=member, people=2, guests=(Guest("Ana Ruiz"),), title="Secret")
    book_at(room, hours("11:00", "12:00"), of=quiet)
    book_at(desk, hours("9:00", "13:00"), of=quiet)
    for one in (member, quiet):
        arrive(place, one.person, way=ArrivalWay.DOOR, actor=None, now=at(9))
    greet(Visitor.objects.get(), actor=None, now=at(9))
    wall = wall_of(place, at(9, 30))
    assert (wall.is_open, wall.until, wall.names, wall.others) == (True, at(18), ("Zélie",), 1)
    lines = [(line.hours, line.what, line.who, line.is_now) for line in wall.bookings]
    assert lines == [
        ("09:00–10:00", "Salle bleue", "Zélie", True),
        ("11:00–12:00", "Salle bleue", "Réservé", False),
    ]
    assert [word for word in ("Ana", "Secret", "Bruno") if word in repr(wall)] == []


def test_the_team_is_told_of_what_to_see_to(room: Any, member: Any) -> None:
    place, user = room.place, make_facilitator(room.place)
    place.charter = "Règles"
    place.save()
    tell_fault(room, text="La prise ne marche pas", actor=user)
    arrive(place, member.person, way=ArrivalWay.DOOR, actor=None, now=at(9))
    newcomer = make_member(place, starts_on=next_monday(), charter_on=next_monday())
    same_day = next_monday().replace(year=next_monday().year - 2)
    make_member(place, starts_on=same_day, charter_on=same_day)
    said = " | ".join(one.words for one in notable(place, at(9)))
    for words in (
        "Panne : Salle bleue, La prise ne marche pas",
        f"{member} n’a pas encore accepté les règles",
        f"Premier jour de {newcomer}",
        "est là depuis 2 an(s)",
    ):
        assert words in said.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "n’est pas venu" not in said
    assert f"{member} n’est pas venu·e depuis 30 jours" in " ".join(
        one.words for one in notable(place, at(24 * 40))
    )


def test_each_figure_of_use_opens_what_it_counts(room: Any, member: Any) -> None:
    place, day = room.place, next_monday()
    first = book_at(room, hours("9:00", "10:00"), of=member)
    late = book_at(room, hours("9:30", "10:30", day + timedelta(days=1)), of=neighbour())
    owed(member.payer, "30.00", day=day, kind=ChargeKind.OTHER)
    month = Month.of(day)
    found = usage_of(place, month, day)
    rows = bookings_of(place, month.first, day)
    assert list(rows) == [first]
    assert (at_hour(rows, 0, 9), at_hour(rows, 0, 10), at_hour(rows, 1, 9)) == ([first.pk], [], [])
    assert (under_plan(rows, NO_PLAN), under_plan(rows, 7)) == ([first.pk], [])
    assert [(one.label, one.count, one.share.taken) for one in found.resources] == [("Salle bleue", 1, 60)]
    assert [(one.label, one.count, one.minutes) for one in found.plans] == [("Sans formule", 1, 60)]
    assert (found.total.taken, found.hours) == (60, list(range(9, 18)))
    # What is due: the booking, the day given by hand, and what comes later in the month.
    due = Decimal("30.00") + Decimal("10.00") + (late.price or 0) * (late.during.lower.month == day.month)
    assert found.earned == due
    assert usage_of(place, month.next(), day).resources[0].count == 0
