"""Moves of months and years of the books, of entries by hand, of subscriptions and of reversals planned."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounting.models import FiscalYear
from accounting.services.entry_models import pause_recurring
from accounting.services.periods import lock_month, reopen_month
from cae.core.periods import Month
from tests.factories.accounting_ledger import (
    close,
    make_manual,
    make_model,
    make_recurring,
    planned_of,
    post,
)
from tests.factories.kernel import make_cooperative
from tests.house.moving import Case, Page, Subject

_LAST = Month(2025, 12)


def _month(case: Case) -> tuple[str]:
    return (str(Month.of(case.row.starts_on)),)


def _reopened() -> Case:
    """The last month of a year, closed once and open again."""
    make_cooperative()
    post(_LAST.first)
    close(str(_LAST))
    return Case(reopen_month(_LAST, reason="Facture oubliée", actor=None))


def _closed(_case: Case) -> Any:
    return close(str(_LAST))


def _locked_year() -> Case:
    make_cooperative()
    post(_LAST.first)
    close(str(_LAST))
    lock_month(_LAST, actor=None)
    return Case(FiscalYear.objects.get())


def _draft() -> Case:
    make_cooperative()
    return Case(make_manual())


def _subscription() -> Case:
    return Case(make_recurring(make_model(), first_on=date(2199, 1, 1)))


def _paused(case: Case) -> Any:
    return pause_recurring(case.row, actor=None)


_VERSION = {"version": "1"}

LEDGER: dict[str, Subject] = {
    "accounting.Period": Subject(
        _reopened,
        {
            "close": Page("accounting:month_close", (), {"looked": "on"}, keys=_month),
            "reopen": Page("accounting:month_reopen", (), {"reason": "Erreur"}, _closed, keys=_month),
            "lock": Page("accounting:month_lock", (), {}, _closed, keys=_month),
        },
    ),
    "accounting.FiscalYear": Subject(
        _locked_year, {"close": Page("accounting:fiscal_year_close", keys=_month)}
    ),
    "accounting.ManualEntry": Subject(
        _draft,
        {
            "validate": Page("accounting:manual_validate", (), _VERSION),
            "discard": Page("accounting:manual_discard", (), _VERSION),
        },
    ),
    "accounting.RecurringEntry": Subject(
        _subscription,
        {
            "pause": Page("accounting:recurring_act", ("pause",)),
            "resume": Page("accounting:recurring_act", ("reprendre",), {}, _paused),
            "end": Page("accounting:recurring_act", ("terminer",)),
        },
    ),
    "accounting.PlannedReversal": Subject(
        lambda: Case(planned_of(post(date(2026, 11, 4)))),
        {"drop": Page("accounting:planned_drop")},
    ),
}
