"""Piles: what waits in several rooms is counted in one question, each with its own values and its day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cae.core.models import Job, JobState
from cae.core.questions import Given, Pile, Tally, piled
from people.models import Deadline, Role, User
from people.states import RoleKind
from tests.factories.people import make_role, make_user

pytestmark = pytest.mark.django_db

FAILED = Pile(
    "tests.failed",
    lambda: (Job.objects.filter(author=Given("user"), state=JobState.FAILED), "created_at"),
)
BOTH = Pile(
    "tests.both",
    lambda: (Role.objects.filter(person=Given("user"), kind=RoleKind.ADVISOR), "starts_on"),
    lambda: (Role.objects.filter(person=Given("user"), kind=RoleKind.AUDITOR), "starts_on"),
)
NONE = Pile("tests.none", lambda: (Deadline.objects.filter(pk=Given("user")), "due_on"))


def test_piles_of_several_rooms_are_one_question() -> None:
    user, other = make_user(), make_user()
    assert user.person is not None
    # In Paris the evening of UTC is already the day after: the day is that of the house.
    late = datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    for author in (user, other):
        job = Job.objects.create(task="core.prune", author=author, state=JobState.FAILED)
        Job.objects.filter(pk=job.pk).update(created_at=late)
    make_role(user.person, kind=RoleKind.ADVISOR, starts_on=date(2026, 5, 1))
    make_role(user.person, kind=RoleKind.AUDITOR, starts_on=date(2026, 4, 1))
    asked = [(FAILED, {"user": user.pk}), (BOTH, {"user": user.person_id}), (NONE, {"user": 0})]
    with CaptureQueriesContext(connection) as queries:
        found = piled(asked)
    assert len(queries) == 1
    assert found == [Tally(1, date(2026, 4, 1)), Tally(2, date(2026, 4, 1)), Tally(0, None)]
    assert piled([(FAILED, {"user": User.objects.latest("pk").pk + 1})]) == [Tally(0, None)]


def test_nothing_asked_asks_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert piled([]) == []
    assert len(queries) == 0
