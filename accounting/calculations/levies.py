"""What a levy of the cooperative takes: due on its window so far, less what the window has given (ACC-21).

The window is a document with its credit notes, or a month. A rate follows the base down as it follows it up,
so that a credit note gives back to the cent; a margin below zero gives nothing; an amount is due once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, credit, debit
from cae.core.money import ZERO, cents
from cae.core.periods import Month, after_months

JOURNAL = "AN"


@dataclass(frozen=True)
class LevyRule:
    """A rate of a base, or an amount for a window."""

    rate: Decimal
    amount: Decimal | None
    categories: frozenset[str]
    of_margin: bool = False
    by_month: bool = False


@dataclass(frozen=True)
class Step:
    """One taking: what it adds to its window, the window then, what is due, what was given, what it takes."""

    base: Decimal
    window_base: Decimal
    due: Decimal
    given: Decimal

    @property
    def amount(self) -> Decimal:
        return self.due - self.given

    @property
    def says_something(self) -> bool:
        return bool(self.base or self.amount)


@dataclass(frozen=True)
class Window:
    """What a window holds already."""

    base: Decimal = ZERO
    given: Decimal = ZERO
    ranks: int = 0


def counted(sales: Mapping[str, Decimal], categories: Collection[str]) -> Decimal:
    """The sales of these categories."""
    return sum((net for category, net in sales.items() if category in categories), ZERO)


def due_on(rule: LevyRule, base: Decimal) -> Decimal:
    """What a whole window gives."""
    if rule.amount is not None:
        # Of a month, whoever is there owes it; of a document, one that still sells something.
        return rule.amount if rule.by_month or base > 0 else ZERO
    return cents(rule.rate * (max(base, ZERO) if rule.of_margin else base))


def step(rule: LevyRule, added: Decimal, window: Window) -> Step:
    """What comes next in a window that is given this much more."""
    whole = window.base + added
    return Step(added, whole, due_on(rule, whole), window.given)


def undone(window: Window, base: Decimal, amount: Decimal) -> Step:
    """A window without one of its takings."""
    return Step(-base, window.base - base, window.given - amount, window.given)


def returned(amount: Decimal) -> Step:
    """What was held, given back: a window of its own."""
    return Step(ZERO, ZERO, -amount, ZERO)


def ends_in(taken_on: date, held_months: int, month: Month) -> bool:
    """Whether the time of what was held that day ends in this month, or has ended before."""
    return after_months(taken_on, held_months) <= month.last


@dataclass(frozen=True)
class Route:
    """From which section to which, by which accounts."""

    payer: int
    receiver: int
    charge: str
    link: str
    income: str


def levy_entry(amount: Decimal, route: Route, *, label: str, piece: str, on: date) -> EntryDraft:
    """Each section is balanced by the link account; what is given back swaps the sides (case LG10)."""
    lines = (
        debit(route.charge, route.payer, amount),
        credit(route.link, route.payer, amount),
        debit(route.link, route.receiver, amount),
        credit(route.income, route.receiver, amount),
    )
    return EntryDraft(journal=JOURNAL, on=on, label=label, piece=piece, lines=lines)
