"""« Combien puis-je me verser ? »: the highest cost that keeps a forecast above a floor (ACC-25).

The forecast is an argument: whoever forecasts better gives another function, and nothing changes here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from cae.core.money import CENT

# What the cash is at the end of each month, once so much is paid each month.
Forecast = Callable[[Decimal], Sequence[Decimal]]


def balances(unpaid: Sequence[Decimal], paid: Sequence[int], monthly_cost: Decimal) -> tuple[Decimal, ...]:
    """The cash at the end of each month: what it is without pay, less those of the months so far (`paid`: in
    how many months a pay leaves, up to each)."""
    return tuple(cash - times * monthly_cost for cash, times in zip(unpaid, paid, strict=True))


def highest_cost(forecast: Forecast, floor: Decimal) -> Decimal | None:
    """Gives the highest monthly cost, to the cent, that never takes the cash below the floor; None when even
    nothing does not. The more is paid, the less is left: halving finds it."""
    if min(forecast(Decimal(0))) < floor:
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
