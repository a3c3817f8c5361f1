"""The year that holds a day: twelve months from the parameter, between the years that were opened."""

from __future__ import annotations

from datetime import date

import pytest

from accounting.calculations.years import year_around
from cae.core.periods import Span


@pytest.mark.parametrize(
    ("on", "first_month", "after", "before", "span"),
    [
        (date(2026, 3, 15), 1, None, None, Span(date(2026, 1, 1), date(2026, 12, 31))),
        (date(2026, 12, 31), 1, None, None, Span(date(2026, 1, 1), date(2026, 12, 31))),
        (date(2026, 3, 15), 7, None, None, Span(date(2025, 7, 1), date(2026, 6, 30))),
        (date(2026, 7, 1), 7, None, None, Span(date(2026, 7, 1), date(2027, 6, 30))),
        # A year of eighteen months ended in June: the next one has six.
        (date(2026, 8, 2), 1, date(2026, 6, 30), None, Span(date(2026, 7, 1), date(2026, 12, 31))),
        (date(2026, 2, 1), 1, None, date(2026, 5, 1), Span(date(2026, 1, 1), date(2026, 4, 30))),
    ],
)
def test_a_year_is_twelve_months_less_what_is_beside(
    on: date, first_month: int, after: date | None, before: date | None, span: Span
) -> None:
    assert year_around(on, first_month=first_month, after=after, before=before) == span
