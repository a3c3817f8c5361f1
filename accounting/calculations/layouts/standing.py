"""From what accounts moved to what a statement counts: on a day, results stand for classes 6 and 7."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from accounting.calculations.layouts.selections import EARLIER, RESULT
from cae.core.money import ZERO

BALANCE = "balance"
# What goes between the activities of one legal person, by role of account: nothing is left in its whole.
BETWEEN = frozenset(
    {
        "internal_charge",
        "internal_income",
        "inside_charge",
        "inside_income",
        "share_charge",
        "share_income",
        "internal_link",
    }
)


@dataclass(frozen=True)
class Moved:
    """What an account moved, debits less credits: over the period that is counted, without the entries that
    close a year; and since the beginning, with them."""

    number: str
    kind: str
    role: str
    period: Decimal
    ever: Decimal


def flows(rows: Iterable[Moved]) -> dict[str, Decimal]:
    """What an income statement counts: expenses and income of the period."""
    found: dict[str, Decimal] = {}
    for row in rows:
        if row.kind != BALANCE:
            _add(found, row.number, row.period)
    return {number: amount for number, amount in found.items() if amount}


def standing(rows: Iterable[Moved]) -> dict[str, Decimal]:
    """What a balance sheet counts: each account as it stands, the result of the year, then what is left of
    those of earlier years (what closing entries took out of classes 6 and 7 stands in account 12)."""
    found: dict[str, Decimal] = {}
    for row in rows:
        if row.kind == BALANCE:
            _add(found, row.number, row.ever)
        else:
            _add(found, RESULT, row.period)
            _add(found, EARLIER, row.ever - row.period)
    return {key: amount for key, amount in found.items() if amount}


def between(rows: Iterable[Moved]) -> list[Moved]:
    """The accounts of what goes between activities."""
    return [row for row in rows if row.role in BETWEEN]


def _add(sums: dict[str, Decimal], key: str, amount: Decimal) -> None:
    sums[key] = sums.get(key, ZERO) + amount
