"""When something is to be declared: the periods of a year, and the day of each.

A day without work goes to the next one that is worked (BOI-REC-PREA-10-10; « à confirmer » tax by tax)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from cae.core.periods import Month, Span
from entrepreneurs.calculations.leave import public_holidays

_LENGTHS = {"month": 1, "quarter": 3, "year": 12}
_SATURDAY = 5


def periods_of(year: int, rhythm: str) -> Iterator[Span]:
    """The periods of a civil year at this rhythm."""
    length = _LENGTHS[rhythm]
    for first in range(1, 13, length):
        yield Span(Month(year, first).first, Month(year, first + length - 1).last)


def period_around(day: date, rhythm: str) -> Span:
    """The period that holds a day."""
    return next(span for span in periods_of(day.year, rhythm) if day <= span.ends_on)


def due_on(period: Span, *, months_after: int, day: int) -> date:
    """The day of the month that comes so many months after the last of the period, or the next one worked."""
    month = Month.of(period.ends_on)
    for _each in range(months_after):
        month = month.next()
    found = month.first.replace(day=min(day, month.last.day))
    while found.weekday() >= _SATURDAY or found in public_holidays(found.year):
        found += timedelta(days=1)
    return found
