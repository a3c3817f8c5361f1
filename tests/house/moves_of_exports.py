"""Moves of ledgers kept elsewhere."""

from __future__ import annotations

from typing import Any

from accounting.services.ledger_applying import apply_ledger
from tests.factories.accounting_ledger_imports import PREMIUM, make_brought, make_source, sheet
from tests.house.moving import Case, Page, Subject


def _brought() -> Case:
    return Case(make_brought(make_source(), sheet(*PREMIUM)))


def _applied(case: Case) -> Any:
    return apply_ledger(case.row, actor=None)


EXPORTS: dict[str, Subject] = {
    "accounting.LedgerImport": Subject(
        _brought,
        {
            "apply": Page("accounting:ledger_import_apply"),
            "discard": Page("accounting:ledger_import_discard"),
            "undo": Page("accounting:ledger_import_undo", (), {"reason": "Mauvais mois"}, _applied),
        },
    ),
}
