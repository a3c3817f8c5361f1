"""What waits for the accountant: faults found, roles without account, activities without scale."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine

from accounting.models import Account, BooksControl
from cae.core.facts import todos_of
from people.models import User
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def said(user: User) -> list[tuple[str, int]]:
    return [(todo.label, todo.count) for todo in todos_of(user, TODAY) if todo.url.startswith("/compta/")]


def test_nothing_waits_in_sound_books(accountant: User) -> None:
    BooksControl.objects.create(entry_count=0)
    assert said(accountant) == []


def test_faults_of_the_last_control(accountant: User) -> None:
    BooksControl.objects.create(entry_count=2, faults=["une", "deux"])
    assert said(accountant) == [("Examiner les anomalies du dernier contrôle des livres", 2)]
    BooksControl.objects.create(entry_count=2)
    assert said(accountant) == []


def test_a_control_of_the_night_is_of_its_day_here(accountant: User) -> None:
    """At half past midnight in Paris, it is still the day before in Greenwich."""
    with time_machine.travel(datetime(2026, 11, 24, 23, 30, tzinfo=UTC)):
        BooksControl.objects.create(entry_count=2, faults=["une"])
    (todo,) = [one for one in todos_of(accountant, TODAY) if one.label.startswith("Examiner")]
    assert todo.since == date(2026, 11, 25)


def test_roles_without_account(accountant: User) -> None:
    Account.objects.filter(role__in=["bank", "vat_pending"]).update(role=None)
    assert said(accountant) == [("Choisir le compte de « Banque »", 2)]


def test_activities_without_scale(accountant: User) -> None:
    make_activity(code="A1", on=date(2026, 5, 1))
    make_activity(code="B2", on=date(2026, 4, 1))
    todo = next(todo for todo in todos_of(accountant, TODAY) if todo.label.startswith("Affecter un barème"))
    assert (todo.count, todo.since) == (2, date(2026, 4, 1))


def test_it_waits_for_the_accountant_only(accountant: User) -> None:
    Account.objects.filter(role="bank").update(role=None)
    for kind in (RoleKind.AUDITOR, RoleKind.CO_MANAGER, RoleKind.ENTREPRENEUR):
        assert said(make_user(kind)) == []
