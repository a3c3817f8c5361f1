"""What a person can be paid for a month: fixed part, advance on the variable part, shortage (ACC-23)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from cae.core.money import ZERO, cents, share
from cae.core.periods import Month


@dataclass(frozen=True)
class PayFigures:
    """What a gross comes to, as simulated."""

    gross: Decimal
    cost: Decimal
    net: Decimal
    rgdu: Decimal = ZERO


class PayEngine(Protocol):
    """The simulator, for one person and one month; `rules` names the version of the rules."""

    @property
    def rules(self) -> str: ...

    def figures(self, gross: Decimal) -> PayFigures:
        """What this gross costs and leaves."""

    def gross_for(self, cost: Decimal) -> Decimal:
        """The highest gross whose cost fits."""


@dataclass(frozen=True)
class Means:
    """What one section holds and owes on a day, for one person of those it pays."""

    section: int
    came_in: Decimal = ZERO
    contributed: Decimal = ZERO
    cash: Decimal = ZERO
    owed: Decimal = ZERO
    floor: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        """What can be paid without going under the floor; negative when it already is."""
        return self.cash - self.owed - self.floor


@dataclass(frozen=True)
class Proposed:
    """A pay to propose."""

    fixed: Decimal
    # Advance by section; a section that adds nothing is left out.
    advances: Mapping[int, Decimal]
    shortage: Decimal
    figures: PayFigures

    @property
    def advance(self) -> Decimal:
        return sum(self.advances.values(), ZERO)


def fixed_of_month(amount: Decimal, month: Month, starts_on: date, ends_on: date | None) -> Decimal:
    """The fixed part of a month, in proportion to the calendar days under contract."""
    first = max(starts_on, month.first)
    last = month.last if ends_on is None else min(ends_on, month.last)
    days = max((last - first).days + 1, 0)
    return cents(amount * days / month.last.day)


def shared_means(means: Means, people: int) -> Means:
    """What one of so many salaried people of the section may count upon."""
    if people <= 1:
        return means
    names = ("came_in", "contributed", "cash", "owed", "floor")
    parts = {name: share(getattr(means, name), [Decimal(1)] * people)[0] for name in names}
    return Means(means.section, **parts)


def propose(
    fixed: Decimal,
    means: Sequence[Means],
    *,
    main: int,
    engine: PayEngine,
    other_gross: Decimal = ZERO,
    rate: Decimal = Decimal(1),
    most: Decimal | None = None,
) -> Proposed:
    """The fixed part, whatever the cash; then an advance within what is left, at most `most` of gross.

    `other_gross` is paid besides and comes first (the balance of a year); `rate` is the part of what can be
    paid that is proposed; `main` is the section that bears the fixed part."""
    due = engine.figures(fixed + other_gross)
    free = {one.section: max(one.available, ZERO) for one in means}
    whole = sum(free.values(), ZERO)
    if whole <= due.cost:
        return Proposed(fixed, {}, max(due.cost - whole, ZERO), due)
    gross = engine.gross_for(cents(due.cost + (whole - due.cost) * rate))
    advance = max(gross - due.gross, ZERO)
    if most is not None:
        advance = min(advance, most)
    advances = spread(advance, free, main=main, first=due.cost)
    figures = engine.figures(due.gross + advance) if advance else due
    return Proposed(fixed, advances, ZERO, figures)


def spread(
    amount: Decimal, free: Mapping[int, Decimal], *, main: int, first: Decimal
) -> Mapping[int, Decimal]:
    """An advance shared between sections by what each can pay, once `main` has borne the `first` cost (the
    others bear what it cannot, each in its turn)."""
    left, due = dict(free), first
    for section in [main, *(key for key in free if key != main)]:
        taken = min(left.get(section, ZERO), due)
        left[section], due = left.get(section, ZERO) - taken, due - taken
    weights = list(left.values())
    if not amount or not any(weights):
        return {}
    parts = zip(left, share(amount, weights), strict=True)
    return {section: part for section, part in parts if part}


def summed(means: Iterable[Means]) -> Means:
    """The whole of what a person may count upon; the section is that of the first."""
    rows = list(means)
    names = ("came_in", "contributed", "cash", "owed", "floor")
    return Means(rows[0].section, **{name: sum((getattr(one, name) for one in rows), ZERO) for name in names})


def gap_of(simulated: Decimal, real: Decimal) -> Decimal:
    """How far the real cost is from the simulated one, as a fraction of it; the whole when nothing was."""
    if not simulated:
        return Decimal(1) if real else Decimal(0)
    return ((real - simulated) / simulated).quantize(Decimal("0.0001"))
