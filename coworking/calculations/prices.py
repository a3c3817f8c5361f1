"""What a stretch of time costs for the least, by the prices of a resource (COW-16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from decimal import Decimal
from functools import cache

from cae.core.money import ZERO, cents
from coworking.calculations.hours import whole_days
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch, common

HALF_DAY = 4 * 60
WEEK, MONTH = 7, 30


@dataclass(frozen=True)
class Prices:
    """Euros excl. tax of an hour, four hours, a day, seven days, thirty days; None: not sold so."""

    hour: Decimal | None = None
    half_day: Decimal | None = None
    day: Decimal | None = None
    week: Decimal | None = None
    month: Decimal | None = None

    @property
    def is_sold(self) -> bool:
        return any(price is not None for price in (self.hour, self.half_day, self.day, self.week, self.month))


def price_of_day(minutes: int, prices: Prices) -> Decimal | None:
    """The least for so many minutes of one day; hours are counted to the minute; None: not sold so short."""
    found = [] if prices.day is None else [prices.day]
    for halves in range(1 if prices.half_day is None else -(-minutes // HALF_DAY) + 1):
        rest = max(0, minutes - halves * HALF_DAY)
        if rest == 0 or prices.hour is not None:
            found.append(halves * (prices.half_day or ZERO) + rest * (prices.hour or ZERO) / 60)
    return cents(min(found)) if found else None


def price_of(stretch: Stretch, prices: Prices, zone: tzinfo) -> Decimal | None:
    """The least for a stretch: day by day of the clock, a week or a month at once where that costs less. None
    where it is not sold for so short a time."""
    return price_of_days(minutes_by_day(stretch, zone), prices)


def minutes_by_day(stretch: Stretch, zone: tzinfo) -> list[int]:
    """How much of each day of the clock it takes, from its first day to its last."""
    found = []
    day, _hour = clock_of(stretch.starts, zone)
    while (today := whole_days(day, day, zone)).starts < stretch.ends:
        found += [part.minutes for part in common([today], [stretch])]
        day += timedelta(days=1)
    return found


def price_of_days(minutes: Sequence[int], prices: Prices) -> Decimal | None:
    """The least for days in a row of so many minutes each."""

    @cache
    def least(rank: int) -> Decimal | None:
        """What is left from this day on."""
        if rank >= len(minutes):
            return Decimal(0)
        ways = []
        for days, price in (
            (1, price_of_day(minutes[rank], prices)),
            (WEEK, prices.week),
            (MONTH, prices.month),
        ):
            rest = least(min(rank + days, len(minutes)))
            if price is not None and rest is not None:
                ways.append(price + rest)
        return min(ways, default=None)

    found = least(0)
    return None if found is None else cents(found)
