"""Paid leave in working days: what is earned, what an absence takes (C. trav. L3141-3 and following)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cae.core.periods import Span, after_months, last_day, merged

# L3141-3: two and a half working days a month of work, thirty a year at most.
DAYS_A_MONTH = Decimal("2.5")
DAYS_A_YEAR = Decimal(30)
# L3141-4: four weeks are worth a month; no month of the calendar is shorter.
DAYS_WORTH_A_MONTH = 28
HALF = Decimal("0.5")
ZERO = Decimal(0)
_SUNDAY = 6


def easter(year: int) -> date:
    """Gives Easter Sunday (the Gregorian computus of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    wide = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * wide) // 451
    month, day = divmod(h + wide - 7 * m + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> frozenset[date]:
    """Gives the eleven legal holidays of a year (L3133-1)."""
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    moving = (1, 39, 50)
    return frozenset(
        {date(year, month, day) for month, day in fixed}
        | {sunday + timedelta(days=count) for count in moving}
    )


def is_working_day(day: date) -> bool:
    """Tells whether leave is counted on this day: every day but Sundays and legal holidays."""
    return day.weekday() != _SUNDAY and day not in public_holidays(day.year)


def working_days(
    starts_on: date, ends_on: date, *, from_noon: bool = False, to_noon: bool = False
) -> Decimal:
    """Gives how many working days an absence takes, to the half-day."""
    count = (ends_on - starts_on).days + 1
    days = [starts_on + timedelta(days=rank) for rank in range(count)]
    taken = Decimal(sum(is_working_day(day) for day in days))
    if from_noon and is_working_day(starts_on):
        taken -= HALF
    if to_noon and is_working_day(ends_on):
        taken -= HALF
    return taken


def days_within(starts_on: date, ends_on: date, *, from_noon: bool, to_noon: bool, year: Span) -> Decimal:
    """Gives how many working days of an absence lie in a year of reference: one that crosses its end takes
    from both."""
    first, last = max(starts_on, year.starts_on), min(ends_on, year.ends_on)
    if last < first:
        return ZERO
    return working_days(
        first, last, from_noon=from_noon and first == starts_on, to_noon=to_noon and last == ends_on
    )


def leave_year(on: date, first_month: int) -> Span:
    """Gives the year of reference that holds a day; it begins on the first of a month (June: R3141-4)."""
    start = date(on.year if on.month >= first_month else on.year - 1, first_month, 1)
    return Span(start, last_day(start, months=12))


def without(spans: Iterable[Span], gaps: Iterable[Span]) -> list[Span]:
    """Gives the days of these spans that lie in no gap."""
    left = merged(spans)
    for gap in merged(gaps):
        cut: list[Span] = []
        for span in left:
            if gap.ends_on < span.starts_on or span.ends_on < gap.starts_on:
                cut.append(span)
                continue
            if span.starts_on < gap.starts_on:
                cut.append(Span(span.starts_on, gap.starts_on - timedelta(days=1)))
            if gap.ends_on < span.ends_on:
                cut.append(Span(gap.ends_on + timedelta(days=1), span.ends_on))
        left = cut
    return left


def earned(worked: Iterable[Span], year: Span, *, until: date) -> Decimal:
    """Gives the days earned in a year of reference up to a day: two and a half for each four weeks of work,
    which are worth a month (L3141-4): days away never cost more than their share (L3141-6)."""
    last = min(until, year.ends_on)
    inside = [
        Span(max(span.starts_on, year.starts_on), min(span.ends_on, last))
        for span in merged(worked)
        if span.starts_on <= last and span.ends_on >= year.starts_on
    ]
    days = sum((span.ends_on - span.starts_on).days + 1 for span in inside)
    return min(DAYS_A_MONTH * (days // DAYS_WORTH_A_MONTH), DAYS_A_YEAR)


@dataclass(frozen=True)
class LeaveBalance:
    """What a person may take this year, what is taken or asked, and what is being earned for the next."""

    year: Span
    earned: Decimal
    taken: Decimal
    asked: Decimal
    earning: Decimal

    @property
    def left(self) -> Decimal:
        return self.earned - self.taken


def balance(
    worked: Iterable[Span], *, on: date, first_month: int, taken: Decimal, asked: Decimal
) -> LeaveBalance:
    """Gives the balance on a day. What was earned the year before is rounded up to a whole day (L3141-7)."""
    spans = list(worked)
    year = leave_year(on, first_month)
    before = leave_year(after_months(year.starts_on, -1), first_month)
    whole = Decimal(math.ceil(earned(spans, before, until=before.ends_on)))
    return LeaveBalance(year, whole, taken, asked, earned(spans, year, until=on))
