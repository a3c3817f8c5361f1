"""Months follow one another across years; validity includes both ends."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.periods import Month, Span, covers, last_day, last_day_less, merged


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


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2026, 3, 1), 36, date(2029, 2, 28)),
        (date(2026, 3, 1), 24, date(2028, 2, 29)),
        (date(2026, 3, 1), 8, date(2026, 10, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 15), 2, date(2027, 1, 14)),
    ],
)
def test_a_delay_of_months_ends_on_the_eve_of_its_day_number(
    start: date, months: int, expected: date
) -> None:
    assert last_day(start, months=months) == expected


def test_time_already_spent_is_taken_off_a_delay_once() -> None:
    year = Span(date(2025, 3, 1), date(2026, 2, 28))
    start = date(2026, 3, 1)
    assert last_day_less(start, months=36, spent=[]) == date(2029, 2, 28)
    assert last_day_less(start, months=36, spent=[year]) == date(2028, 2, 29)
    within = Span(date(2025, 6, 1), date(2025, 8, 31))
    assert last_day_less(start, months=36, spent=[within, year]) == date(2028, 2, 29)
    assert last_day_less(start, months=8, spent=[year]) == date(2026, 2, 28)


def test_days_that_make_no_month_are_taken_off_as_days() -> None:
    spent = Span(date(2025, 10, 1), date(2025, 12, 10))
    assert spent.length == (2, 10)
    assert last_day_less(date(2026, 1, 1), months=8, spent=[spent]) == date(2026, 6, 20)


def test_spans_that_touch_become_one() -> None:
    one, two = Span(date(2026, 1, 1), date(2026, 1, 31)), Span(date(2026, 2, 1), date(2026, 2, 28))
    apart = Span(date(2026, 5, 1), date(2026, 5, 2))
    assert merged([apart, two, one]) == [Span(one.starts_on, two.ends_on), apart]
    with pytest.raises(ValueError):
        Span(date(2026, 2, 1), date(2026, 1, 1))


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), st.integers(1, 60))
def test_a_delay_is_as_long_as_it_says(start: date, months: int) -> None:
    end = last_day(start, months=months)
    assert Span(start, end).length == (months, 0)
    assert Span(start, end + timedelta(days=1)).length == (months, 1)
    assert last_day_less(start, months=months, spent=[]) == end
