"""The eight lines of the cash of a section, from the sums of its accounts (ACC-30).

Source: the rules of an existing program of CAE (domain.md 4.4). What accounts say is turned as the section
sees it: what it owns or will receive is positive, what it owes negative."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import ZERO


@dataclass(frozen=True, slots=True)
class AccountBalance:
    """An account by its number: debit less credit."""

    number: str
    balance: Decimal


@dataclass(frozen=True, slots=True)
class CashState:
    """What a section owns on a day, what is promised out of it, what will come."""

    cash: Decimal = ZERO
    dues: Decimal = ZERO
    suppliers: Decimal = ZERO
    pay: Decimal = ZERO
    customers: Decimal = ZERO
    claims: Decimal = ZERO

    @property
    def reference(self) -> Decimal:
        """Cash, once the State, social bodies and suppliers are paid."""
        return self.cash + self.dues + self.suppliers

    @property
    def future(self) -> Decimal:
        """Reference, once people are paid and refunded and customers have paid."""
        return self.reference + self.pay + self.customers + self.claims


def _within(*prefixes: str, but: tuple[str, ...] = ()) -> Callable[[str], bool]:
    return lambda number: number.startswith(prefixes) and not number.startswith(but)


# No account is in two lines; 1, 2, 3, 6, 7 and 8 are in none.
LINES: dict[str, Callable[[str], bool]] = {
    "cash": _within("5"),
    "dues": _within("42", "43", "44", but=("421", "425")),
    "suppliers": _within("40"),
    "pay": _within("421"),
    "customers": _within("41"),
    "claims": _within("425"),
}


def cash_state(rows: Iterable[AccountBalance]) -> CashState:
    """Sums the accounts of one section into its lines, in any order."""
    sums = dict.fromkeys(LINES, ZERO)
    for row in rows:
        for line, holds in LINES.items():
            if holds(row.number):
                sums[line] += row.balance
    return CashState(**sums)


def summed(states: Iterable[CashState]) -> CashState:
    """The cash of several sections together: those of all of them are that of the cooperative."""
    sums = dict.fromkeys(LINES, ZERO)
    for state in states:
        for line in LINES:
            sums[line] += getattr(state, line)
    return CashState(**sums)
