"""A year of the books as the parameters make it, until somebody opens one of another length."""

from __future__ import annotations

from datetime import date, timedelta

from cae.core.periods import Span, after_months, last_day


def year_around(on: date, *, first_month: int, after: date | None = None, before: date | None = None) -> Span:
    """Gives the twelve months that hold `on` and begin in `first_month`, less what lies in the years beside:
    up to the day `after`, and from the day `before` on."""
    start = date(on.year, first_month, 1)
    if start > on:
        start = after_months(start, -12)
    end = last_day(start, months=12)
    if after is not None:
        start = max(start, after + timedelta(days=1))
    if before is not None:
        end = min(end, before - timedelta(days=1))
    return Span(start, end)
