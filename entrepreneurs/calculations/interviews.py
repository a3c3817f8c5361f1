"""When the interviews of a contract are due: so many a year, evenly. Values in, values out."""

from __future__ import annotations

from datetime import date

from cae.core.periods import last_day

MONTHS_IN_A_YEAR = 12


def due_days(start: date, *, a_year: int, last: date | None, until: date) -> list[date]:
    """Gives the last day to hold each interview of a contract, up to a day: with two a year, the eve of each
    half-year from its first day. None after the contract ends."""
    days: list[date] = []
    while True:
        day = last_day(start, months=MONTHS_IN_A_YEAR * (len(days) + 1) // a_year)
        if day > until or (last is not None and day > last):
            return days
        days.append(day)
