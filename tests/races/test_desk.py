"""Dates told by two workers, requests taken by two colleagues, hirings: each once (ENT-33, CAE-23)."""

from __future__ import annotations

import uuid
from datetime import date

import pytest

from cae.core.models import Message, Notice
from entrepreneurs.models import RegisterEntry
from people.models import Deadline, DeadlineNotice, Person, Request, User
from people.services.deadline_notices import tell_due_deadlines
from people.services.deadlines import set_deadline
from people.services.requests import take_request
from people.states import RoleKind
from tests.factories.desk import make_deadline, make_hiring, make_request
from tests.factories.people import make_person, make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_two_workers_tell_of_a_date_once(race: Race) -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    make_deadline(make_person(), date(2026, 6, 30))
    told = race([lambda: tell_due_deadlines(on=date(2026, 6, 24))] * 2)
    assert sorted(told) == [0, 1]
    assert Notice.objects.filter(user=hr, kind="people.deadline").count() == 1
    assert DeadlineNotice.objects.count() == 4


def test_one_date_written_by_two_hands_is_one(race: Race) -> None:
    person = make_person()

    def write() -> int:
        row = set_deadline(
            about=person, kind="insurance", person=person, due_on=date(2026, 6, 30), actor=None
        )
        return row.pk if row else 0

    assert len(set(race([write] * 3))) == 1
    assert Deadline.objects.count() == 1


def test_one_request_is_taken_once(race: Race) -> None:
    row = make_request(make_user(RoleKind.ENTREPRENEUR))
    users = [make_user(RoleKind.HUMAN_RESOURCES) for _count in range(2)]

    def take() -> str:
        user = users.pop()
        return take_request(row, actor=User.objects.get(pk=user.pk)).state

    results = race([take] * 2)
    assert sorted(type(one).__name__ for one in results) == ["IllegalMove", "str"]
    assert Request.objects.get().owner is not None


def test_one_form_sent_twice_is_one_request(race: Race) -> None:
    sender, key = make_user(RoleKind.ENTREPRENEUR), uuid.uuid4()
    sent = race([lambda: make_request(sender, form_key=key).pk] * 2)
    assert len(set(sent)) == 1
    assert Message.objects.count() == 1


def test_two_hirings_have_two_numbers(race: Race) -> None:
    people = [make_person().pk for _count in range(3)]
    race([lambda: make_hiring(Person.objects.get(pk=people.pop())).rank] * 3)
    assert list(RegisterEntry.objects.values_list("rank", flat=True)) == [1, 2, 3]
