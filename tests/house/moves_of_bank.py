"""Moves of a line of the bank: a row made by an import, and the page of each move."""

from __future__ import annotations

from typing import Any

from tests.factories.accounting_bank import make_line, matched
from tests.house.moving import Case, Page, Subject


def _waiting() -> Case:
    return Case(make_line())


def _matched(case: Case) -> Any:
    return matched(case.row)


BANK: dict[str, Subject] = {
    "accounting.BankLine": Subject(
        _waiting,
        {
            "match": Page("accounting:bank_line", (), {"do": "wait", "shown": 1}),
            "undo": Page("accounting:bank_undo", (), {"reason": "Une erreur.", "shown": 2}, _matched),
        },
    ),
}
