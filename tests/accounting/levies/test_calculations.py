"""What a levy takes: its window, what it gave, its entry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.levies import (
    LevyRule,
    Route,
    Window,
    counted,
    due_on,
    ends_in,
    levy_entry,
    returned,
    step,
    undone,
)
from cae.core.money import ZERO, cents
from cae.core.periods import Month

FIVE = LevyRule(Decimal("0.05"), None, frozenset({"ordinary"}))
FLAT = LevyRule(ZERO, Decimal("15.00"), frozenset({"ordinary"}))


@pytest.mark.parametrize(
    ("rule", "base", "due"),
    [
        (FIVE, "400.00", "20.00"),
        (FIVE, "0.10", "0.01"),
        (FIVE, "-200.00", "-10.00"),
        (LevyRule(Decimal("0.05"), None, frozenset(), of_margin=True), "-200.00", "0.00"),
        (LevyRule(Decimal("0.05"), None, frozenset(), of_margin=True), "200.00", "10.00"),
        (FLAT, "1.00", "15.00"),
        (FLAT, "0.00", "0.00"),
        (LevyRule(ZERO, Decimal("15.00"), frozenset(), by_month=True), "0.00", "15.00"),
    ],
)
def test_what_a_window_owes(rule: LevyRule, base: str, due: str) -> None:
    assert due_on(rule, Decimal(base)) == Decimal(due)


@given(st.lists(st.decimals(min_value=-9000, max_value=9000, places=2), min_size=1, max_size=8))
def test_the_takings_of_a_window_add_up_to_what_it_owes_whatever_their_order(nets: list[Decimal]) -> None:
    base = given_ = ZERO
    for net in nets:
        taken = step(FIVE, net, Window(base, given_))
        base, given_ = taken.window_base, given_ + taken.amount
    assert given_ == cents(Decimal("0.05") * sum(nets, ZERO))


def test_an_undoing_gives_back_and_leaves_the_window_as_it_was() -> None:
    taken = step(FIVE, Decimal("400.00"), Window(Decimal("100.00"), Decimal("5.00"), 1))
    assert (taken.amount, taken.window_base, taken.says_something) == (Decimal("20.00"), Decimal(500), True)
    back = undone(Window(Decimal("500.00"), Decimal("25.00"), 2), taken.base, taken.amount)
    assert (back.amount, back.window_base, back.due) == (Decimal("-20.00"), Decimal(100), Decimal("5.00"))
    assert not step(FIVE, ZERO, Window()).says_something
    assert returned(Decimal("20.00")).amount == Decimal("-20.00")


def test_sales_of_other_categories_are_left_out() -> None:
    sales = {"ordinary": Decimal("100.00"), "internal": Decimal("50.00")}
    assert counted(sales, {"ordinary"}) == Decimal("100.00")


def test_what_is_held_comes_back_in_the_month_its_time_ends() -> None:
    assert not ends_in(date(2026, 1, 31), 1, Month(2026, 1))
    assert ends_in(date(2026, 1, 31), 1, Month(2026, 2))
    assert ends_in(date(2026, 1, 31), 1, Month(2026, 9))


def test_the_entry_balances_in_both_sections_and_swaps_its_sides() -> None:
    route = Route(1, 2, "186200", "181000", "187200")
    draft = levy_entry(Decimal("20.00"), route, label="Assurance F-1", piece="F-1", on=date(2026, 3, 6))
    assert [(line.account, line.analytic_id, line.signed) for line in draft.lines] == [
        ("186200", 1, Decimal("20.00")),
        ("181000", 1, Decimal("-20.00")),
        ("181000", 2, Decimal("20.00")),
        ("187200", 2, Decimal("-20.00")),
    ]
    back = levy_entry(Decimal("-20.00"), route, label="", piece="", on=date(2026, 3, 6))
    assert [line.signed for line in back.lines] == [-line.signed for line in draft.lines]
