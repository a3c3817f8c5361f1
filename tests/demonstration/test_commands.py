"""Loading is all or nothing, and happens in an empty house of the demonstration only."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cae.core.models import AuditEntry
from cae.demonstration.accounts import ACCOUNTS, PASSWORD
from cae.demonstration.loading import loader
from entrepreneurs.models import Activity
from people.models import Person, User

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)


def _is_empty() -> bool:
    return not any(model.objects.exists() for model in (User, Person, Activity, AuditEntry))


@pytest.mark.django_db
def test_a_loading_that_dies_leaves_an_empty_house(monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*_args: Any, **_options: Any) -> None:
        assert Activity.objects.count() == 60
        raise KeyboardInterrupt

    monkeypatch.setattr(loader, "wait_for_checker", lambda: None)
    monkeypatch.setattr(loader.Market, "play", die)
    with pytest.raises(KeyboardInterrupt):
        loader.load(today=date(2026, 3, 17), now=NOW)
    assert _is_empty()


@pytest.mark.django_db
def test_without_a_checker_nothing_is_loaded(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEMONSTRATION = True
    settings.CHECKER_URL = "unix:///nowhere/checker.sock"
    monkeypatch.setattr(loader, "CHECKER_SECONDS", 0)
    with pytest.raises(CommandError, match="does not answer"):
        call_command("demo")
    assert _is_empty()


@pytest.mark.django_db
def test_a_house_that_has_accounts_is_left_alone(settings: Any) -> None:
    settings.DEMONSTRATION = True
    User.objects.create_user("somebody@coop.example")
    with pytest.raises(CommandError, match="already has accounts"):
        call_command("demo")
    assert User.objects.count() == 1
    assert not Person.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["demo", "show_accounts"])
def test_outside_the_demonstration_there_is_no_such_thing(settings: Any, command: str) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError):
        call_command(command)
    assert _is_empty()


def test_the_accounts_are_printed_with_role_and_password(settings: Any) -> None:
    settings.DEMONSTRATION = True
    output = StringIO()
    call_command("show_accounts", stdout=output)
    lines = output.getvalue().splitlines()
    assert len(lines) == len(ACCOUNTS) + 2
    (line,) = [line for line in lines if "accountant@demo.coop" in line]
    assert line.endswith("Comptable")
    assert PASSWORD in lines[-1]
