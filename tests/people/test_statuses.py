"""Dated statuses: one line at a time, the role follows from today on, the past is kept as it was known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from people.models import Person, Role, StatusPeriod, StatusVersion
from people.selectors.rights import held_kinds
from people.selectors.statuses import holders_as_known, holders_on, status_history, statuses_on
from people.services.roles import end_role
from people.services.statuses import (
    correct_status,
    end_status,
    open_status,
    prolong_status,
    record_status,
    withdraw_status,
)
from people.states import RoleKind
from people.states.statuses import BY_HAND, GIVE_WAY, LOOKS, PATH_KINDS, ROLE_OF, StatusKind
from tests.factories.people import make_admin, make_person, make_role, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


def opened(person: Person, kind: str, starts_on: date, ends_on: date | None = None) -> StatusPeriod:
    return open_status(
        person, kind=kind, starts_on=starts_on, ends_on=ends_on, reason="pour le test", actor=None
    )


def code_of(act: object) -> Code:
    """The code of the refusal; nothing is left behind by it."""
    assert callable(act)
    before = (list(StatusVersion.objects.values_list()), list(Role.objects.values_list()))
    audits = AuditEntry.objects.count()
    with pytest.raises(Refused) as caught:
        act()
    assert (list(StatusVersion.objects.values_list()), list(Role.objects.values_list())) == before
    assert AuditEntry.objects.count() == audits
    return caught.value.code


def roles(person: Person) -> list[tuple[str, date, date | None]]:
    rows = Role.objects.filter(person=person).order_by("starts_on", "pk")
    return [(role.kind, role.starts_on, role.ends_on) for role in rows]


def test_tables_are_coherent() -> None:
    assert set(LOOKS) == set(StatusKind.values)
    assert set(ROLE_OF) <= set(StatusKind.values)
    assert set(PATH_KINDS) >= GIVE_WAY
    assert not set(BY_HAND) & set(PATH_KINDS)


def test_a_status_brings_the_role_of_the_same_days() -> None:
    actor, person = make_admin(), make_person()
    status = open_status(
        person, kind=StatusKind.PROJECT_HOLDER, starts_on=date(2026, 12, 1), ends_on=date(2027, 5, 31),
        reason="CAPE signé", actor=actor, about=make_person(first_name="Un", last_name="Contrat"),
    )  # fmt: skip
    assert roles(person) == [(RoleKind.PROJECT_HOLDER, date(2026, 12, 1), date(2027, 5, 31))]
    assert status.role == Role.objects.get(person=person)
    assert (status.author, status.about_type, status.about_label) == (actor, "people.person", "Un Contrat")
    assert not status.is_by_hand
    assert list(statuses_on(person, date(2026, 11, 30))) == []
    assert list(statuses_on(person, date(2027, 5, 31))) == [status]
    entry = AuditEntry.objects.get(verb="people.status.open")
    assert (entry.detail["status"], entry.detail["ends_on"]) == ("project_holder", "2027-05-31")


def test_a_future_status_takes_effect_with_nobody_saving_anything() -> None:
    user = make_user()
    assert user.person is not None
    opened(user.person, StatusKind.ENTREPRENEUR, TODAY + DAY)
    assert held_kinds(user) == set()
    with time_machine.travel("2026-11-26 00:30:00+01:00", tick=False):
        assert held_kinds(user) == {RoleKind.ENTREPRENEUR}


def test_several_statuses_stand_side_by_side_but_one_of_the_path() -> None:
    person = make_person()
    opened(person, StatusKind.ENTREPRENEUR, date(2024, 1, 1))
    opened(person, StatusKind.ASSOCIATE, date(2025, 1, 1))
    opened(person, StatusKind.STAFF, date(2025, 6, 1))
    assert {row.kind for row in statuses_on(person, TODAY)} == {"entrepreneur", "associate", "staff"}
    for kind in (StatusKind.ENTREPRENEUR, StatusKind.PROJECT_HOLDER, StatusKind.CANDIDATE, StatusKind.STAFF):
        assert code_of(lambda kind=kind: opened(person, kind, date(2026, 1, 1))) == Code.DUPLICATE


def test_the_day_after_the_last_is_free_and_the_last_is_not() -> None:
    person = make_person()
    opened(person, StatusKind.PROJECT_HOLDER, date(2026, 1, 1), date(2026, 12, 31))
    assert code_of(lambda: opened(person, StatusKind.ENTREPRENEUR, date(2026, 12, 31))) == Code.DUPLICATE
    opened(person, StatusKind.ENTREPRENEUR, date(2027, 1, 1))
    assert [kind for kind, *_days in roles(person)] == ["project_holder", "entrepreneur"]


def test_refusals_of_an_opening() -> None:
    person = make_person()
    cases = {
        Code.VALUE_MISSING: lambda: open_status(
            person, kind="staff", starts_on=TODAY, reason="  ", actor=None
        ),
        Code.PERIOD_INVALID: lambda: opened(person, StatusKind.STAFF, TODAY, TODAY - DAY),
        Code.VALUE_INVALID: lambda: opened(person, "king", TODAY),
    }
    for code, act in cases.items():
        assert code_of(act) == code
    assert not StatusPeriod.objects.exists()


def test_a_candidate_gives_way_on_the_eve_and_so_does_who_had_left() -> None:
    person = make_person()
    candidate = opened(person, StatusKind.CANDIDATE, date(2026, 10, 1))
    opened(person, StatusKind.PROJECT_HOLDER, date(2026, 12, 1), date(2027, 5, 31))
    candidate.refresh_from_db()
    assert candidate.ends_on == date(2026, 11, 30)
    assert roles(person)[0] == (RoleKind.CANDIDATE, date(2026, 10, 1), date(2026, 11, 30))
    opened(person, StatusKind.LEAVER, date(2027, 6, 1))
    opened(person, StatusKind.CANDIDATE, date(2028, 1, 1))
    assert StatusPeriod.objects.get(kind=StatusKind.LEAVER).ends_on == date(2027, 12, 31)


def test_prolonging_moves_both_and_only_further() -> None:
    person = make_person()
    status = opened(person, StatusKind.PROJECT_HOLDER, date(2026, 6, 1), date(2026, 11, 30))
    prolong_status(status, ends_on=date(2027, 5, 31), reason="2e période", actor=None)
    assert roles(person) == [(RoleKind.PROJECT_HOLDER, date(2026, 6, 1), date(2027, 5, 31))]
    status.refresh_from_db()

    def again(day: date, reason: str = "x") -> Code:
        return code_of(lambda: prolong_status(status, ends_on=day, reason=reason, actor=None))

    assert again(date(2027, 5, 31)) == Code.PERIOD_INVALID
    assert again(date(2027, 6, 30), reason="") == Code.VALUE_MISSING
    opened(person, StatusKind.ENTREPRENEUR, date(2027, 6, 1))
    assert again(date(2027, 6, 1)) == Code.DUPLICATE
    endless = StatusPeriod.objects.get(kind=StatusKind.ENTREPRENEUR)
    assert code_of(lambda: prolong_status(endless, ends_on=date(2030, 1, 1), reason="x", actor=None)) == (
        Code.PERIOD_INVALID
    )


def test_prolonged_after_its_end_no_right_is_written_for_the_days_gone_by() -> None:
    person = make_person()
    status = opened(person, StatusKind.PROJECT_HOLDER, date(2026, 5, 1), date(2026, 10, 31))
    assert roles(person) == []
    prolong_status(status, ends_on=date(2027, 4, 30), reason="renouvelé en retard", actor=None)
    assert roles(person) == [(RoleKind.PROJECT_HOLDER, date(2026, 5, 1), date(2027, 4, 30))]


def test_ending_ends_both() -> None:
    person = make_person()
    status = opened(person, StatusKind.ENTREPRENEUR, date(2025, 1, 1))
    end_status(status, last_day=date(2026, 12, 31), reason="rupture", actor=None)
    assert roles(person) == [(RoleKind.ENTREPRENEUR, date(2025, 1, 1), date(2026, 12, 31))]
    status.refresh_from_db()
    # Asked again for the same day: nothing to do.
    end_status(status, last_day=date(2026, 12, 31), reason="rupture", actor=None)
    assert status.versions.count() == 2

    def end(day: date, reason: str = "x") -> Code:
        return code_of(lambda: end_status(status, last_day=day, reason=reason, actor=None))

    assert end(date(2027, 1, 1)) == Code.PERIOD_INVALID
    assert end(date(2024, 12, 31)) == Code.PERIOD_INVALID
    assert end(date(2026, 12, 1), reason=" ") == Code.VALUE_MISSING


def test_ended_in_the_past_the_role_stops_today_and_yesterday_stays_true() -> None:
    person = make_person()
    status = opened(person, StatusKind.ENTREPRENEUR, date(2025, 1, 1))
    end_status(status, last_day=date(2026, 10, 31), reason="appris tard", actor=None)
    assert roles(person) == [(RoleKind.ENTREPRENEUR, date(2025, 1, 1), TODAY - DAY)]
    assert not statuses_on(person, date(2026, 11, 1)).exists()


def test_a_role_that_goes_with_a_status_does_not_end_alone() -> None:
    person = make_person()
    status = opened(person, StatusKind.ASSOCIATE, date(2025, 1, 1))
    role = status.role
    assert role is not None
    code = code_of(lambda: end_role(role, last_day=TODAY, reason="x", actor=None, now=timezone.now()))
    assert code == Code.ROLE_INVALID


def test_a_role_given_before_is_taken_over() -> None:
    person = make_person()
    given = make_role(person, RoleKind.CANDIDATE, starts_on=date(2026, 11, 1))
    later = make_role(make_person(), RoleKind.CANDIDATE, starts_on=TODAY + DAY)
    status = opened(person, StatusKind.CANDIDATE, date(2026, 11, 20))
    assert (status.role, Role.objects.filter(person=person).count()) == (given, 1)
    # One that would begin too late is taken back, and given for the right days.
    opened(later.person, StatusKind.CANDIDATE, TODAY)
    assert roles(later.person) == [("candidate", TODAY, None), ("candidate", TODAY + DAY, TODAY)]


def test_correcting_dates_keeps_what_was_known() -> None:
    person = make_person()
    with time_machine.travel("2026-02-01 10:00:00+01:00", tick=False):
        status = opened(person, StatusKind.ASSOCIATE, date(2026, 1, 1))
    correct_status(status, starts_on=date(2026, 3, 1), ends_on=None, reason="lu de travers", actor=None)
    march, february = date(2026, 3, 1), date(2026, 2, 15)
    assert not holders_on(["associate"], february).exists()
    assert holders_on(["associate"], march).count() == 1
    known = datetime(2026, 6, 30, 12, tzinfo=timezone.get_current_timezone())
    assert holders_as_known(["associate"], february, known_at=known).count() == 1
    assert not holders_as_known(["associate"], february, known_at=timezone.now()).exists()
    long_before = datetime(2026, 1, 15, tzinfo=timezone.get_current_timezone())
    assert not holders_as_known(["associate"], february, known_at=long_before).exists()
    status.refresh_from_db()
    assert [version.change for version in status.versions.all()] == ["opened", "corrected"]
    assert (
        code_of(lambda: correct_status(status, starts_on=march, ends_on=None, reason="x", actor=None))
        == Code.ALREADY_DONE
    )


def test_a_correction_moves_a_right_from_today_on_only() -> None:
    person = make_person()
    status = opened(person, StatusKind.ASSOCIATE, date(2026, 1, 1))
    correct_status(status, starts_on=date(2026, 12, 15), ends_on=None, reason="agrément reporté", actor=None)
    assert roles(person) == [
        (RoleKind.ASSOCIATE, date(2026, 1, 1), TODAY - DAY),
        (RoleKind.ASSOCIATE, date(2026, 12, 15), None),
    ]
    status.refresh_from_db()
    # Back to the first dates: nothing is written over the days when the right was not held.
    correct_status(status, starts_on=date(2026, 1, 1), ends_on=None, reason="en fait non", actor=None)
    assert roles(person) == [
        (RoleKind.ASSOCIATE, date(2026, 1, 1), TODAY - DAY),
        (RoleKind.ASSOCIATE, TODAY, None),
        (RoleKind.ASSOCIATE, date(2026, 12, 15), date(2026, 12, 14)),
    ]


def test_a_status_that_never_was_is_taken_back() -> None:
    person = make_person()
    status = opened(person, StatusKind.ASSOCIATE, date(2026, 1, 1))
    withdraw_status(status, reason="homonyme", actor=None)
    assert not statuses_on(person, date(2026, 6, 1)).exists()
    assert not status_history(person).exists()
    assert roles(person) == [(RoleKind.ASSOCIATE, date(2026, 1, 1), TODAY - DAY)]
    status.refresh_from_db()
    assert code_of(lambda: withdraw_status(status, reason="x", actor=None)) == Code.ALREADY_DONE
    # Its days are free again.
    opened(person, StatusKind.ASSOCIATE, date(2026, 2, 1))


def test_by_hand_only_what_no_contract_makes() -> None:
    person = make_person()
    for kind in StatusKind.values:
        if kind not in BY_HAND:
            assert (
                code_of(
                    lambda kind=kind: record_status(
                        person, kind=kind, starts_on=TODAY, ends_on=None, reason="x", actor=None
                    )
                )
                == Code.VALUE_INVALID
            )
    status = record_status(
        person, kind=StatusKind.COMMUNITY_MEMBER, starts_on=TODAY, ends_on=None, reason="x", actor=None
    )
    assert status.is_by_hand
    assert roles(person) == []


def test_the_register_alone_changes_who_is_an_associate() -> None:
    assert not opened(make_person(), StatusKind.ASSOCIATE, date(2026, 1, 1)).is_by_hand


def test_the_database_has_the_last_word() -> None:
    person = make_person()
    status = opened(person, StatusKind.PROJECT_HOLDER, date(2026, 1, 1), date(2026, 6, 30))
    words = {"reason": "x", "change_reason": "x"}

    def write(**fields: object) -> None:
        StatusPeriod.objects.create(person=person, **{"kind": "staff", "starts_on": TODAY, **words, **fields})

    refused = {
        "status_one_of_a_line_at_a_time": lambda: write(kind="entrepreneur", starts_on=date(2026, 6, 30)),
        "status_kind_known": lambda: write(kind="king"),
        "status_dates_coherent": lambda: write(ends_on=TODAY - 2 * DAY),
        "status_change_has_reason": lambda: write(reason=""),
        "status_fact_whole": lambda: write(about_type="people.person"),
        "status_change_known": lambda: write(change="x"),
        "Cannot delete": status.delete,
        "Cannot update": lambda: StatusPeriod.objects.filter(pk=status.pk).update(kind="staff"),
        "people_statusversion": lambda: StatusVersion.objects.update(reason="y"),
    }
    for word, act in refused.items():
        with pytest.raises(DatabaseError) as caught, transaction.atomic():
            act()
        assert word in str(caught.value), word
    assert StatusPeriod.objects.count() == 1
    # Whoever writes, a version is kept.
    StatusPeriod.objects.filter(pk=status.pk).update(ends_on=date(2026, 7, 31))
    assert list(status.versions.values_list("ends_on", flat=True)) == [date(2026, 6, 30), date(2026, 7, 31)]
