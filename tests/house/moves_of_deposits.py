"""Moves of deposit slips: a row made by services, and the page of each move."""

from __future__ import annotations

from typing import Any

from tests.factories.accounting_reconciliation import credited, deposited, slip
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject


def _prepared() -> Case:
    return Case(slip())


def _deposited(case: Case) -> Any:
    return deposited(case.row)


def _credited(case: Case) -> Any:
    return credited(case.row)


DEPOSITS: dict[str, Subject] = {
    "accounting.DepositSlip": Subject(
        _prepared,
        {
            "deposit": Page("accounting:deposit_deposit", (), {"on": day()}),
            "credit": Page("accounting:deposit_credit", (), {"on": day()}, _deposited),
            "take_back": Page("accounting:deposit_take_back", (), {"reason": "Un autre chèque."}, _credited),
            "cancel": Page("accounting:deposit_cancel", (), {"reason": "Une erreur de jour."}),
        },
    ),
}
