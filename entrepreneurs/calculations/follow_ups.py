"""Periods of a follow-up, and how far a figure is from its goal. Values in, values out."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cae.core.periods import Month, after_months


def months_of(starts_on: date, count: int) -> list[Month]:
    """The months of a period."""
    return [Month.of(after_months(starts_on, step)) for step in range(count)]


def period_of(day: date, months: int) -> date:
    """The first day of the month, the quarter or the year that holds a day."""
    first = (day.month - 1) // months * months + 1
    return date(day.year, first, 1)


def share_reached(reached: Decimal, aimed: Decimal) -> int | None:
    """The share of a goal in hundredths, rounded half up; none for a goal of nothing."""
    if aimed <= 0:
        return None
    return int((reached * 100 / aimed).quantize(Decimal(1), ROUND_HALF_UP))
