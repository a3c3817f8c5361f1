"""Categories, causes, employment without break, delays (loi 78-763 art. 7 to 11)."""

from __future__ import annotations

from datetime import date

import pytest

from governance.calculations.membership import (
    category_fits,
    cause_fits,
    employed_since,
    may_ask_from,
    may_return_on,
)

JAN, FEB, MAR, APR = (date(2026, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("periods", "on", "since"),
    [
        ([], MAR, None),
        ([(FEB, None)], MAR, FEB),
        ([(FEB, None)], JAN, None),
        ([(JAN, date(2026, 1, 31)), (FEB, None)], MAR, JAN),  # one follows the other without a day between
        ([(FEB, None), (JAN, date(2026, 1, 31))], MAR, JAN),  # whatever their order
        ([(JAN, date(2026, 1, 30)), (FEB, None)], MAR, FEB),  # one day without employment breaks it
        ([(JAN, APR), (FEB, FEB)], MAR, JAN),  # a short one inside a long one
        ([(JAN, FEB)], MAR, None),  # over
        ([(JAN, FEB)], FEB, JAN),  # the last day counts
    ],
)
def test_employment_without_break(
    periods: list[tuple[date, date | None]], on: date, since: date | None
) -> None:
    assert employed_since(periods, on) == since


def test_a_year_to_ask_and_a_year_to_come_back() -> None:
    assert may_ask_from(date(2025, 2, 28)) == date(2026, 2, 28)
    assert may_return_on(date(2024, 2, 29)) == date(2025, 2, 28)


def test_what_is_of_persons_and_what_is_of_bodies() -> None:
    assert [category_fits(one, is_body=True) for one in ("employee", "public_body", "outside")] == [
        False,
        True,
        True,
    ]
    assert [category_fits(one, is_body=False) for one in ("employee", "public_body", "outside")] == [
        True,
        False,
        True,
    ]
    assert [cause_fits(one, is_body=True) for one in ("death", "dissolution", "exclusion")] == [
        False,
        True,
        True,
    ]
    assert not cause_fits("dissolution", is_body=False)
