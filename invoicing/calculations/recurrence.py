"""When a recurring document is made, and at what price (INV-25)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import count, islice, takewhile

PRICE = Decimal("0.0001")


def after_months(start: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def carried(day: date, *, dated: date, on: date) -> date:
    """A day that a model of `dated` names, for the document that repeats it on `on`: as many months later."""
    return after_months(day, 12 * (on.year - dated.year) + on.month - dated.month)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A first day, a period in months, and maybe the last day on which a document is made.

    Every date is counted from the first: a plan of the 31st comes back to the 31st after February."""

    start: date
    months: int
    until: date | None = None

    def dates(self) -> Iterator[date]:
        every = (after_months(self.start, turn * self.months) for turn in count())
        return takewhile(lambda day: self.until is None or day <= self.until, every)

    def due(self, *, after: date | None, today: date) -> list[date]:
        """The dates reached and not made yet, the oldest first; `after` is the last one made or skipped."""
        reached = takewhile(lambda day: day <= today, self.dates())
        return [day for day in reached if after is None or day > after]

    def following(self, day: date, *, many: int) -> list[date]:
        """The next dates, strictly after a day."""
        return list(islice((one for one in self.dates() if one > day), many))


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """A yearly rise: its rate (a fraction), and the day of the prices of the model."""

    rate: Decimal
    since: date

    def years(self, on: date) -> int:
        """Whole years gone by; an anniversary of 29 February comes on the 28th."""
        years = max(on.year - self.since.year, 0)
        return years - 1 if years and on < after_months(self.since, 12 * years) else years

    def price(self, model: Decimal, on: date) -> Decimal:
        """The price of the model raised on each anniversary, rounded once, half up."""
        return (model * (1 + self.rate) ** self.years(on)).quantize(PRICE, rounding=ROUND_HALF_UP)
