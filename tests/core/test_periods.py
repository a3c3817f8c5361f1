"""Months follow one another across years; validity includes both ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.periods import Month, covers


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2200, 1, 1)))
def test_a_day_lies_in_its_month_between_its_ends(day: date) -> None:
    month = Month.of(day)
    assert day in month
    assert month.first <= day <= month.last
    assert month.next().previous() == month
    assert month.last < month.next().first
    assert Month.parse(str(month)) == month


def test_months_from_one_to_another_include_both() -> None:
    assert [str(m) for m in Month(2026, 11).until(Month(2027, 2))] == [
        "2026-11",
        "2026-12",
        "2027-01",
        "2027-02",
    ]


@pytest.mark.parametrize("text", ["2026", "2026-13", "2026-00", "novembre", "0001-05", "9999-12"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Month.parse(text)


def test_a_period_covers_its_first_and_last_days() -> None:
    start, end = date(2026, 3, 1), date(2026, 3, 31)
    assert covers(start, end, start)
    assert covers(start, end, end)
    assert not covers(start, end, date(2026, 4, 1))
    assert not covers(start, end, date(2026, 2, 28))
    assert covers(start, None, date(2999, 1, 1))
