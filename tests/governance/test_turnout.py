"""Turnout is counted from what happened: by meeting, group and vote, and for oneself (GOV-36)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from governance.models import CorrespondenceForm, Voice
from governance.selectors.turnout import (
    counted,
    own_parts,
    parts_of,
    seniority_words,
    turnout_by_group,
    turnouts,
    vote_turnouts,
)
from governance.states.assemblies import PresenceWay
from governance.states.turnout import Way
from people.models import CivilRecord
from tests.factories import governance as make
from tests.factories.governance_minutes import CLOSED, OPENED, come, make_held, make_voted, person_of

pytestmark = pytest.mark.django_db


def test_a_meeting_counts_each_associate_called_once() -> None:
    """Six called: three came, one is represented, one wrote before, one did nothing. Somebody who was not
    called and came is not of the base."""
    assembly, people = make_held(4)
    writer, silent, stranger = (make.make_associate(first_name=name) for name in ("Écrit", "Absent", "Autre"))
    for associate in (writer, silent):
        make.call(assembly, associate)
    come(assembly, stranger, OPENED)
    vote = make_voted(assembly)
    Voice.objects.create(vote=vote, associate=writer, is_by_correspondence=True)
    Voice.objects.create(vote=vote, associate=people[3][1], holder=people[0][1])
    parts = parts_of([assembly.pk])
    assert parts[assembly.pk][silent.pk] == Way.ABSENT
    assert stranger.pk not in parts[assembly.pk]
    found = turnouts(parts)[assembly.pk]
    assert (found.called, found.present, found.represented, found.correspondence, found.absent) == (
        6,
        3,
        1,
        1,
        1,
    )
    assert found.rate == Decimal("0.833")


def test_somebody_who_came_after_giving_a_proxy_was_there() -> None:
    assembly, people = make_held(3)
    come(assembly, people[2][1], OPENED + timedelta(minutes=30))
    assert turnouts(parts_of([assembly.pk]))[assembly.pk].present == 3


def test_an_arrival_taken_back_counts_for_nothing() -> None:
    assembly, people = make_held(3)
    event = assembly.attendance.get(associate=people[1][1])
    assembly.attendance.create(
        associate=people[1][1],
        person=person_of(people[1][0]),
        kind="departure",
        way=PresenceWay.DESK,
        at=CLOSED,
        cancels=event,
    )
    assert parts_of([assembly.pk])[assembly.pk][people[1][1].pk] == Way.ABSENT


def test_nobody_called_gives_no_rate() -> None:
    assert counted([]).rate is None


def test_groups_are_those_of_the_day() -> None:
    assembly, people = make_held(10)
    for user, _associate in people[:5]:
        CivilRecord.objects.create(person=person_of(user), civility="mme")
    groups = dict(turnout_by_group(parts_of([assembly.pk])))
    assert "Par collège" not in groups
    assert [turnout.called for _label, turnout in groups["Par genre (civilité)"]] == [5, 5]
    assert [label for label, _turnout in groups["Par ancienneté"]] == ["1 à 3 ans"]


def test_one_person_is_recognised_in_no_row() -> None:
    """One of ten says « Madame », one came in this year: whether they came would be read in a row of one."""
    assembly, people = make_held(10)
    CivilRecord.objects.create(person=person_of(people[0][0]), civility="mr")
    associate = people[0][1]
    associate.admitted_on = OPENED.date()
    associate.save()
    assert turnout_by_group(parts_of([assembly.pk])) == []
    for user, _associate in people[1:6]:
        CivilRecord.objects.create(person=person_of(user), civility="mrs")
    ((title, rows),) = turnout_by_group(parts_of([assembly.pk]))
    assert title == "Par genre (civilité)"
    assert [(label.split(" :")[0], turnout.called) for label, turnout in rows] == [
        ("Madame", 5),
        ("Ensemble", 5),
    ]


def test_seniority_is_read_from_the_latest_to_the_oldest() -> None:
    assembly, people = make_held(15)
    for (_user, associate), year in zip(people, [2026] * 5 + [2020] * 5 + [2010] * 5, strict=True):
        associate.admitted_on = date(year, 1, 1)
        associate.save()
    rows = dict(turnout_by_group(parts_of([assembly.pk])))["Par ancienneté"]
    assert [label for label, _turnout in rows] == ["0 à 1 an", "3 à 10 ans", "plus de 10 ans"]


def test_colleges_are_told_where_there_are_some() -> None:
    from_college = make.College.objects.create(name="Salarié·es")
    assembly, people = make_held(3)
    period = people[0][1].categories.get()
    period.college = from_college
    period.save()
    groups = dict(turnout_by_group(parts_of([assembly.pk])))
    assert {label: turnout.called for label, turnout in groups["Par collège"]} == {
        "Salarié·es": 1,
        "Sans collège": 2,
    }


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 6, 12), "0 à 1 an"),
        (date(2025, 6, 13), "0 à 1 an"),
        (date(2025, 6, 12), "1 à 3 ans"),
        (date(2023, 6, 12), "3 à 10 ans"),
        (date(2010, 1, 1), "plus de 10 ans"),
    ],
)
def test_seniority_counts_whole_years(since: date, words: str) -> None:
    assert seniority_words(since, date(2026, 6, 12)) == words


def test_a_vote_tells_the_voices_of_its_roll_that_spoke() -> None:
    assembly, _people = make_held(3)
    make_voted(assembly)
    (told,) = vote_turnouts(assembly)
    assert (told.roll, told.cast, told.rate) == (57, 53, Decimal("0.930"))


def test_one_reads_ones_own_part() -> None:
    assembly, people = make_held(3)
    CorrespondenceForm.objects.create(
        assembly=assembly, associate=people[2][1], answers={}, origin="account", received_at=OPENED
    )
    (own,) = own_parts(people[2][0])
    assert (own.assembly, own.words, own.votes) == (assembly, "Représenté·e", 0)
