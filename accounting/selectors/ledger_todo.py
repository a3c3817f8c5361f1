"""What waits in the ledger: entries by hand to validate, dates that could not be posted by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from accounting.models import ManualEntry
from accounting.selectors.manual import planned_due, recurring_due
from accounting.selectors.periods import years_to_close
from accounting.states.manual import ManualState
from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from people.selectors import held_kinds
from people.states import RoleKind


def _of_accountant(user: Any, today: date) -> dict[str, Any] | None:
    return {"today": today} if RoleKind.ACCOUNTANT in held_kinds(user) else None


def _drafts(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Valider %(count)d écriture en préparation",
        "Valider %(count)d écritures en préparation",
        tally.count,
    )
    url = reverse("accounting:manual_list") + f"?etat={ManualState.DRAFT}"
    yield Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _late(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Débloquer %(count)d écriture prévue qui n’a pas pu être passée",
        "Débloquer %(count)d écritures prévues qui n’ont pas pu être passées",
        tally.count,
    )
    url = reverse("accounting:home") + "#post"
    yield Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


def _years(_user: Any, _today: date, tally: Tally) -> Iterator[Todo]:
    label = ngettext("Clore %(count)d exercice", "Clore %(count)d exercices", tally.count)
    url = reverse("accounting:home") + "#close"
    yield Todo(label % {"count": tally.count}, url, since=tally.since, count=tally.count)


AWAITED = (
    Awaited(
        Pile(
            "accounting.manual_drafts",
            lambda: (ManualEntry.objects.filter(state=ManualState.DRAFT), "created_at"),
        ),
        _of_accountant,
        _drafts,
    ),
    Awaited(
        Pile(
            "accounting.entries_stuck",
            lambda: (recurring_due(Given("today")).exclude(failure=""), "next_on"),
            lambda: (planned_due(Given("today")).exclude(failure=""), "on"),
        ),
        _of_accountant,
        _late,
    ),
    Awaited(
        Pile("accounting.years_to_close", lambda: (years_to_close(), "ends_on")),
        _of_accountant,
        _years,
    ),
)
