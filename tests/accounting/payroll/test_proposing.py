"""What a person can be paid: pure rules, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.payroll.proposing import (
    Means,
    fixed_of_month,
    gap_of,
    propose,
    shared_means,
    spread,
    summed,
)
from cae.core.periods import Month
from tests.factories.accounting_payroll import PlainEngine

NOVEMBER = Month(2026, 11)
ENGINE = PlainEngine()


@pytest.mark.parametrize(
    ("starts", "ends", "expected"),
    [
        (date(2026, 1, 1), None, "900.00"),
        (date(2026, 11, 16), None, "450.00"),
        (date(2026, 1, 1), date(2026, 11, 10), "300.00"),
        (date(2026, 11, 10), date(2026, 11, 10), "30.00"),
        (date(2026, 12, 1), None, "0.00"),
    ],
)
def test_a_month_begun_pays_its_days(starts: date, ends: date | None, expected: str) -> None:
    assert fixed_of_month(Decimal("900.00"), NOVEMBER, starts, ends) == Decimal(expected)


def test_the_fixed_part_is_due_whatever_the_cash() -> None:
    short = propose(Decimal("800.00"), [Means(1, cash=Decimal("600.00"))], main=1, engine=ENGINE)
    assert (short.fixed, short.advances, short.shortage) == (Decimal("800.00"), {}, Decimal("400.00"))
    # A section under its floor counts for nothing, not for less.
    below = propose(
        Decimal("800.00"), [Means(1, cash=Decimal("-50.00"), floor=Decimal("100.00"))], main=1, engine=ENGINE
    )
    assert below.shortage == Decimal("1000.00")
    just = propose(Decimal("800.00"), [Means(1, cash=Decimal("1000.00"))], main=1, engine=ENGINE)
    assert (just.shortage, just.advance) == (Decimal(0), Decimal(0))


def test_the_advance_is_what_is_left_above_the_floor() -> None:
    means = Means(1, cash=Decimal("2000.00"), owed=Decimal("200.00"), floor=Decimal("300.00"))
    whole = propose(Decimal("800.00"), [means], main=1, engine=ENGINE)
    # 1 500 of cost pay 1 200 of gross: 800 fixed, 400 in advance.
    assert whole.advances == {1: Decimal("400.00")}
    assert (whole.figures.gross, whole.figures.cost) == (Decimal("1200.00"), Decimal("1500.00"))
    half = propose(Decimal("800.00"), [means], main=1, engine=ENGINE, rate=Decimal("0.5"))
    assert half.advance == Decimal("200.00")
    capped = propose(Decimal("800.00"), [means], main=1, engine=ENGINE, most=Decimal("50.00"))
    assert (capped.advance, capped.figures.gross) == (Decimal("50.00"), Decimal("850.00"))
    nothing = propose(Decimal("800.00"), [means], main=1, engine=ENGINE, rate=Decimal(0))
    assert (nothing.advances, nothing.figures.gross) == ({}, Decimal("800.00"))
    with_balance = propose(Decimal("800.00"), [means], main=1, engine=ENGINE, other_gross=Decimal("100.00"))
    assert (with_balance.advance, with_balance.figures.gross) == (Decimal("300.00"), Decimal("1200.00"))


def test_two_sections_share_an_advance_by_what_each_can_pay() -> None:
    means = [Means(1, cash=Decimal("1500.00")), Means(2, cash=Decimal("500.00"))]
    found = propose(Decimal("800.00"), means, main=1, engine=ENGINE)
    # The main one bears the fixed part: 500 are left in each.
    assert found.advances == {1: Decimal("400.00"), 2: Decimal("400.00")}
    poor_main = [Means(1, cash=Decimal("600.00")), Means(2, cash=Decimal("900.00"))]
    assert propose(Decimal("800.00"), poor_main, main=1, engine=ENGINE).advances == {2: Decimal("400.00")}


def test_nothing_is_spread_where_nothing_is_left() -> None:
    assert spread(Decimal("10.00"), {1: Decimal("5.00")}, main=1, first=Decimal("5.00")) == {}
    assert spread(Decimal("0.00"), {1: Decimal("5.00")}, main=1, first=Decimal("1.00")) == {}


def test_people_of_one_activity_share_it_equally() -> None:
    means = Means(
        1, came_in=Decimal("9.00"), cash=Decimal("100.01"), owed=Decimal("-1.00"), floor=Decimal("10.00")
    )
    assert shared_means(means, 1) is means
    assert shared_means(means, 2).cash == Decimal("50.01")
    assert shared_means(means, 2).owed == Decimal("-0.50")
    both = summed([Means(4, cash=Decimal("1.00")), Means(5, cash=Decimal("2.00"), owed=Decimal("0.50"))])
    assert (both.section, both.cash, both.available) == (4, Decimal("3.00"), Decimal("2.50"))


def test_a_gap_is_a_part_of_what_was_simulated() -> None:
    assert gap_of(Decimal("1000.00"), Decimal("1015.00")) == Decimal("0.0150")
    assert gap_of(Decimal("1000.00"), Decimal("990.00")) == Decimal("-0.0100")
    assert (gap_of(Decimal(0), Decimal("1.00")), gap_of(Decimal(0), Decimal(0))) == (1, 0)


amounts = st.integers(0, 900_000).map(lambda units: Decimal(units) / 100)


@given(
    fixed=amounts,
    cash=st.lists(
        st.integers(-50_000, 900_000).map(lambda units: Decimal(units) / 100), min_size=1, max_size=3
    ),
)
def test_a_proposal_never_costs_more_than_the_cash_above_its_fixed_part(
    fixed: Decimal, cash: list[Decimal]
) -> None:
    means = [Means(rank, cash=amount) for rank, amount in enumerate(cash)]
    found = propose(fixed, means, main=0, engine=ENGINE)
    whole = sum((max(amount, Decimal(0)) for amount in cash), Decimal(0))
    assert found.figures.gross == fixed + found.advance
    assert found.figures.cost <= max(whole, ENGINE.figures(fixed).cost)
    assert not (found.advance and found.shortage)
    assert all(part > 0 for part in found.advances.values())
