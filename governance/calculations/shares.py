"""Shares: balances of any day out of movements that never change, highest capital, floor, payments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cae.core.money import CENT, ZERO
from cae.core.periods import after_months


@dataclass(frozen=True)
class Moved:
    """One movement: so many shares of a class leave a holder, reach another, or both."""

    on: date
    quantity: int
    share_class: Hashable
    nominal: Decimal
    giver: int | None = None
    receiver: int | None = None

    @property
    def capital(self) -> Decimal:
        """What it adds to the capital, in euros: nothing for a transfer."""
        if self.giver is not None and self.receiver is not None:
            return ZERO
        return self.quantity * self.nominal * (1 if self.giver is None else -1)


Balances = dict[int, dict[Hashable, int]]


def balances(movements: Iterable[Moved], on: date) -> Balances:
    """Gives {holder: {class: shares}} at the end of a day, without those who hold nothing."""
    found: defaultdict[int, defaultdict[Hashable, int]] = defaultdict(lambda: defaultdict(int))
    for one in movements:
        if one.on <= on:
            for holder, count in _sides(one):
                found[holder][one.share_class] += count
    kept = {holder: {key: count for key, count in held.items() if count} for holder, held in found.items()}
    return {holder: held for holder, held in kept.items() if held}


def capital(movements: Iterable[Moved], on: date) -> Decimal:
    """Gives the capital in euros at the end of a day."""
    return sum((one.capital for one in movements if one.on <= on), ZERO)


def highest_capital(movements: Iterable[Moved], until: date) -> Decimal:
    """Gives the highest capital reached at the end of any day up to this one, in euros."""
    by_day: defaultdict[date, Decimal] = defaultdict(lambda: ZERO)
    for one in movements:
        if one.on <= until:
            by_day[one.on] += one.capital
    highest = reached = ZERO
    for day in sorted(by_day):
        reached += by_day[day]
        highest = max(highest, reached)
    return highest


def floor_of(highest: Decimal, part: Fraction) -> Decimal:
    """Gives the capital below which no share is given back: a part of the highest one, up to the cent
    above."""
    exact = Fraction(highest) * part / Fraction(CENT)
    units = -(-exact.numerator // exact.denominator)
    return units * CENT


def first_overdrawn(movements: Iterable[Moved], holder: int, share_class: Hashable) -> date | None:
    """Gives the first day at whose end a holder would own less than nothing of a class, or None: a movement
    typed after the fact may spend shares that a later one counted on."""
    by_day: defaultdict[date, int] = defaultdict(int)
    for one in movements:
        if one.share_class == share_class:
            by_day[one.on] += sum(count for who, count in _sides(one) if who == holder)
    left = 0
    for day in sorted(by_day):
        left += by_day[day]
        if left < 0:
            return day
    return None


def _sides(one: Moved) -> list[tuple[int, int]]:
    sides = ((one.giver, -one.quantity), (one.receiver, one.quantity))
    return [(holder, count) for holder, count in sides if holder is not None]


@dataclass(frozen=True)
class Instalment:
    """What is to be paid on a day, in euros."""

    due_on: date
    amount: Decimal


def instalments(amount: Decimal, part: Decimal | None, first_due_on: date) -> list[Instalment]:
    """Gives the payments of a subscription: all at once, or so much a month, the last one being what is
    left."""
    if part is None or part >= amount:
        return [Instalment(first_due_on, amount)]
    whole = int(amount // part)
    amounts = [part] * whole + [left for left in [amount - whole * part] if left]
    return [Instalment(after_months(first_due_on, rank), paid) for rank, paid in enumerate(amounts)]


def ends_after(amount: Decimal, part: Decimal | None, first_due_on: date, limit: date) -> bool:
    """Tells whether the last payment of a plan would fall after a day, without drawing the plan."""
    if first_due_on > limit:
        return True
    count = 1 if part is None else int(amount // part) + bool(amount % part)
    months = (limit.year - first_due_on.year) * 12 + limit.month - first_due_on.month
    return count - 1 > months or after_months(first_due_on, count - 1) > limit


def due_by(plan: Iterable[Instalment], day: date) -> Decimal:
    """Gives what is to be paid by the end of a day, in euros."""
    return sum((one.amount for one in plan if one.due_on <= day), ZERO)


def late_since(plan: Iterable[Instalment], paid: Decimal, day: date) -> date | None:
    """Gives the day of the first payment that is late on a day, after so much was paid; None when none is.

    The day on which it is due is not late yet."""
    asked = ZERO
    for one in plan:
        asked += one.amount
        if one.due_on < day and asked > paid:
            return one.due_on
    return None


def next_due(plan: Iterable[Instalment], paid: Decimal) -> Instalment | None:
    """Gives the first payment that is not wholly made, with what is left of it."""
    asked = ZERO
    for one in plan:
        asked += one.amount
        if asked > paid:
            return Instalment(one.due_on, min(one.amount, asked - paid))
    return None


def unfreed_shares(quantity: int, nominal: Decimal, paid: Decimal) -> int:
    """Gives how many shares of a subscription are not wholly paid."""
    return quantity - min(quantity, int(paid // nominal))
