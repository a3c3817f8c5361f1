"""Figures on those who work in a place: how long, from where, and of five people at least who they are
(COW-25)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.periods import Month
from coworking.calculations.lengths import band_of, middle, whole_months
from coworking.selectors.usage import usage_of
from coworking.selectors.usage_members import Group, members_counted, months_words, unnamed
from coworking.states.members import MemberOrigin
from people.models import CivilRecord
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_facilitator
from tests.factories.coworking_members import make_member
from tests.factories.people import OrganisationFactory
from tests.pages import client_of, text


@pytest.mark.parametrize(
    ("since", "on", "months"),
    [
        (date(2026, 1, 15), date(2026, 1, 15), 0),
        (date(2026, 1, 15), date(2026, 2, 14), 0),
        (date(2026, 1, 15), date(2026, 2, 15), 1),
        (date(2023, 11, 30), date(2026, 11, 29), 35),
        (date(2026, 5, 1), date(2026, 4, 1), 0),
    ],
)
def test_a_length_is_counted_in_months_that_are_done(since: date, on: date, months: int) -> None:
    assert whole_months(since, on) == months


def test_the_one_in_the_middle_and_the_bands() -> None:
    assert [middle(rows) for rows in ([], [7], [1, 40, 3], [2, 5], [1, 2, 9, 30])] == [None, 7, 3, 3, 5]
    assert [band_of(one) for one in (0, 2, 3, 11, 12, 35, 36, 200)] == [0, 0, 3, 3, 12, 12, 36, 36]


def test_lengths_are_said_in_years_and_months() -> None:
    assert [months_words(one) for one in (1, 12, 27)] == ["1 mois", "1 an", "2 ans et 3 mois"]


def test_groups_of_a_few_are_one_row_or_none() -> None:
    def said(*people: int) -> list[tuple[str, int]]:
        rows = unnamed([Group(str(rank), str(rank), one, one, one) for rank, one in enumerate(people)])
        return [(one.label, one.people) for one in rows]

    assert said(6, 9) == [("1", 9), ("0", 6)]
    assert said(9, 2, 3) == [("0", 9), ("Les autres, réunis", 5)]
    assert said(4, 3) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("demonstration")
def test_each_figure_of_members_opens_those_it_counts_and_gender_and_trade_nobody(client: Any) -> None:
    room = make_room(name="Salle bleue")
    place, monday = room.place, next_monday()
    known = [make_member(place, trade="Graphiste" if rank else " graphiste ") for rank in range(5)]
    for one in known:
        CivilRecord.objects.create(person=one.person, civility="mrs")
    guest = OrganisationFactory.create()
    recent = make_member(
        place,
        origin=MemberOrigin.REMOTE,
        organisation=guest,
        starts_on=monday - timedelta(days=40),
        trade="Juriste rare",
    )
    make_member(place, ends_on=monday - timedelta(days=1))
    book_at(room, hours("9:00", "11:00"), of=known[0])
    book_at(room, hours("11:00", "12:00"), of=recent)
    found = usage_of(place, Month.of(monday), monday).members
    assert found.people == 6
    assert [(one.key, one.people, one.minutes) for one in found.origins] == [
        ("outside", 5, 120),
        ("remote", 1, 60),
    ]
    assert [(one.key, one.people) for one in found.bands if one.key == "0"] == [("0", 1)]
    assert (found.genders, found.trades) == ([], []), "one alone would be known by what the others leave"
    recent.ends_on = monday - timedelta(days=1)
    recent.save()
    found = usage_of(place, Month.of(monday), monday).members
    assert [(one.label, one.people, one.count) for one in found.genders] == [("Madame", 5, 1)]
    assert [(one.label, one.people) for one in found.trades] == [("graphiste", 5)]
    recent.ends_on = None
    recent.save()
    assert list(members_counted(place, monday, origin="remote")) == [recent]
    assert list(members_counted(place, monday, band=0)) == [recent]
    team = client_of(make_facilitator(place))
    page = text(team.get(reverse("coworking:usage", args=[place.pk])))
    for words in ("Depuis quand", "La moitié des coworkers", "Venue", "Trop peu de coworkers"):
        assert words in page
    assert "Juriste rare" not in page
    month = Month.of(timezone.localdate())
    counted = f"{reverse('coworking:usage_members', args=[place.pk])}?mois={month}&venue=remote"
    listed = text(team.get(counted))
    assert (str(recent) in listed, str(known[1]) in listed) == (True, False)
    table = team.get(reverse("coworking:usage_table", args=[place.pk])).content.decode("utf-8-sig")
    assert "Venue;En télétravail;0;;0;;1" in table
    assert "Juriste rare" not in table
