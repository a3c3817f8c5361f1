"""« Combien puis-je me verser ? »: the highest cost that keeps a forecast above a floor (ACC-25).

The forecast is an argument: whoever forecasts better gives another function, and nothing changes here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cae.core.money import CENT, ZERO, cents
from cae.core.periods import Month

# What the cash is at the end of each month, once so much is paid each month.
Forecast = Callable[[Decimal], Sequence[Decimal]]


@dataclass(frozen=True, slots=True)
class Coming:
    """An amount expected on a day: positive when it comes in."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class MonthFlow:
    """What a month brings and takes, pay apart; outflows are positive amounts that leave."""

    month: Month
    received: Decimal
    contribution: Decimal
    suppliers: Decimal
    owed: Decimal
    usual: Decimal

    @property
    def change(self) -> Decimal:
        return self.received - self.contribution - self.suppliers - self.owed - self.usual


def netted(lines: Iterable[Coming]) -> list[Coming]:
    """Gives what customers owe once their payments that answer no invoice yet are taken off, the oldest due
    first; money received in advance is already in the cash. For suppliers, signs are turned."""
    ordered = sorted(lines, key=lambda one: one.on)
    free = -sum((one.amount for one in ordered if one.amount < 0), ZERO)
    left: list[Coming] = []
    for one in ordered:
        taken = min(max(one.amount, ZERO), free)
        free -= taken
        if one.amount > taken:
            left.append(Coming(one.on, one.amount - taken))
    return left


def flows(
    months: Sequence[Month],
    coming: Iterable[Coming],
    *,
    owed: Decimal,
    usual: Decimal,
    pending: Decimal = ZERO,
    contribution_rate: Decimal = ZERO,
) -> tuple[MonthFlow, ...]:
    """Gives each month what falls due in it. What is late, what is owed to people and the State, and the
    contribution not taken yet belong to the first; the usual costs to each; what comes later is left out."""
    received = dict.fromkeys(months, ZERO)
    paid = dict.fromkeys(months, ZERO)
    for one in coming:
        month = max(Month.of(one.on), months[0])
        if month not in received:
            continue
        if one.amount > 0:
            received[month] += one.amount
        else:
            paid[month] -= one.amount
    return tuple(
        MonthFlow(
            month,
            received[month],
            cents(received[month] * contribution_rate) + (pending if month == months[0] else ZERO),
            paid[month],
            owed if month == months[0] else ZERO,
            usual,
        )
        for month in months
    )


def balances(start: Decimal, months: Iterable[MonthFlow], monthly_cost: Decimal) -> tuple[Decimal, ...]:
    """The cash at the end of each month, the same pay leaving each."""
    found: list[Decimal] = []
    cash = start
    for one in months:
        cash += one.change - monthly_cost
        found.append(cash)
    return tuple(found)


def highest_cost(forecast: Forecast, floor: Decimal) -> Decimal | None:
    """Gives the highest monthly cost, to the cent, that never takes the cash below the floor; None when even
    nothing does not. The more is paid, the less is left: halving finds it."""
    if min(forecast(ZERO)) < floor:
        return None
    low, high = 0, 1
    while min(forecast(high * CENT)) >= floor:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        if min(forecast(middle * CENT)) >= floor:
            low = middle
        else:
            high = middle
    return low * CENT
