"""Work invoiced as it goes: cumulative less before, deposit at the same pace, retention on the gross."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cae.core.money import ZERO
from invoicing.calculations.progress import WorkLine, held, recovered, worth_of
from invoicing.calculations.totals import Adjustment

D = Decimal
TWENTY, TEN = ("S", D("0.2000")), ("S", D("0.1000"))


def test_a_line_is_invoiced_from_what_was_to_what_is() -> None:
    line = WorkLine(1, TWENTY, D("333.33"), D("100.00"))
    assert line.reached == D("0.3000")
    assert line.to(D("0.6000")) == D("100.00")
    assert line.to(D("0.1000")) == D("-66.67")
    assert line.to(D(1)) == D("233.33")
    assert WorkLine(2, TWENTY, ZERO).reached == 0


# A busy machine draws slowly; what is drawn is small.
@given(
    st.decimals(D("0.01"), D("99999.99"), places=2),
    st.lists(st.decimals(0, 1, places=4), min_size=1, max_size=8),
)
def test_whatever_the_steps_the_line_adds_up(amount: Decimal, steps: list[Decimal]) -> None:
    invoiced = ZERO
    for reached in [*steps, D(1)]:
        invoiced += WorkLine(1, TWENTY, amount, invoiced).to(reached)
    assert invoiced == amount


def test_the_discount_on_the_whole_goes_to_the_lines_of_its_rate() -> None:
    lines = [(1, TWENTY, D("100.00")), (2, TWENTY, D("50.00")), (3, TEN, D("30.00"))]
    offs = [Adjustment(D("10.00"), *TWENTY), Adjustment(D("3.00"), *TEN)]
    assert worth_of(lines, offs) == {1: D("93.33"), 2: D("46.67"), 3: D("27.00")}
    assert worth_of(lines, []) == {1: D("100.00"), 2: D("50.00"), 3: D("30.00")}


@pytest.mark.parametrize(
    ("before", "done", "total", "taken"),
    [
        ("0.00", "250.00", "1000.00", "75.00"),
        ("75.00", "500.00", "1000.00", "75.00"),
        ("150.00", "400.00", "1000.00", "0.00"),  # the work came down: nothing is given back
        ("150.00", "1000.00", "1000.00", "150.00"),
        ("310.00", "900.00", "1000.00", "0.00"),  # a credit note took some of the deposit meanwhile
        ("0.00", "-5.00", "1000.00", "0.00"),
    ],
)
def test_the_deposit_comes_back_with_the_work(before: str, done: str, total: str, taken: str) -> None:
    assert recovered(D("300.00"), before=D(before), done=D(done), total=D(total)) == D(taken)


def test_what_the_customer_keeps() -> None:
    assert held(D("240.00"), D("0.0500")) == D("12.00")
    assert held(D("240.00"), None) == held(D("-10.00"), D("0.0500")) == ZERO
