"""The rule of passage as a table: what is asked, what was found, met or not; months and means (ENT-30)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from cae.core.periods import Month, Span
from entrepreneurs.calculations.passage import (
    Condition,
    Finding,
    findings,
    is_met,
    mean_of,
    months_counted,
    months_tested,
)

D = Decimal
# Two months, six without contract, then six.
WITH_A_GAP = [(date(2025, 1, 1), date(2025, 2, 28)), (date(2025, 9, 1), date(2026, 2, 28))]
SIX_AND_500 = {Condition.MONTHS: "6", Condition.CASH: "500"}


@pytest.mark.parametrize(
    ("on", "count", "first", "last"),
    [
        (date(2026, 3, 31), 3, "2025-12", "2026-02"),
        (date(2026, 3, 1), 1, "2026-02", "2026-02"),
        (date(2026, 1, 15), 12, "2025-01", "2025-12"),
    ],
)
def test_the_months_counted_are_whole_and_in_order(on: date, count: int, first: str, last: str) -> None:
    found = months_counted(on, count)
    assert (len(found), found[0], found[-1]) == (count, Month.parse(first), Month.parse(last))
    assert months_counted(on, 0) == []


@pytest.mark.parametrize(
    ("amounts", "mean"),
    [
        ([], "0"),
        ([D("1000")], "1000.00"),
        ([D("1000"), D("0"), D("0")], "333.33"),
        ([D("100"), D("-50")], "25.00"),
        # Half up, not to the even cent.
        ([D("1666.65"), D("0")], "833.33"),
    ],
)
def test_a_mean_is_to_the_cent(amounts: list[Decimal], mean: str) -> None:
    assert mean_of(amounts) == D(mean)


@pytest.mark.parametrize(
    ("periods", "on", "months"),
    [
        ([], date(2026, 3, 1), 0),
        ([(date(2026, 3, 2), date(2026, 9, 1))], date(2026, 3, 1), 0),
        ([(date(2026, 1, 1), date(2026, 12, 31))], date(2026, 1, 30), 0),
        ([(date(2026, 1, 1), date(2026, 12, 31))], date(2026, 1, 31), 1),
        ([(date(2025, 3, 1), date(2026, 2, 28))], date(2026, 6, 1), 12),
        ([(date(2024, 2, 29), date(2025, 2, 27))], date(2024, 3, 28), 1),
        (
            [(date(2025, 1, 1), date(2025, 2, 28)), (date(2025, 9, 1), date(2026, 2, 28))],
            date(2025, 9, 30),
            3,
        ),
    ],
)
def test_the_months_tested_leave_out_what_lies_between(
    periods: list[tuple[date, date]], on: date, months: int
) -> None:
    assert months_tested([Span(*days) for days in periods], on) == months


@pytest.mark.parametrize(
    ("wanted", "found", "met"),
    [
        ({}, {}, True),
        ({Condition.SALES: "800"}, {Condition.SALES: "800"}, True),
        ({Condition.SALES: "800"}, {Condition.SALES: "799.99"}, False),
        ({Condition.MONTHS: "6", Condition.CASH: "500"}, {Condition.MONTHS: "7"}, False),
        (
            {Condition.MONTHS: "6", Condition.CASH: "500"},
            {Condition.MONTHS: "6", Condition.CASH: "500"},
            True,
        ),
        ({Condition.MARGIN: "1"}, {Condition.MARGIN: "-20"}, False),
    ],
)
def test_a_rule_is_met_when_each_thing_asked_is(
    wanted: dict[Condition, str], found: dict[Condition, str], met: bool
) -> None:
    asked = {condition: D(wanted.get(condition, "0")) for condition in Condition}
    shown = findings(asked, {condition: D(value) for condition, value in found.items()})
    assert [one.condition for one in shown] == [condition for condition in Condition if condition in wanted]
    assert is_met(shown) is met
    assert is_met([*shown, Finding(Condition.CASH, D(1), D(0))]) is False
