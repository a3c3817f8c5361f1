"""The discount on a whole document: cut between the rates, never more than what is sold, never lost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given as any_of
from hypothesis import strategies as st

from cae.core.money import ZERO
from invoicing.calculations.discounts import given, part_of, sale_totals, spread
from invoicing.calculations.totals import Adjustment, PricedLine, document_totals

D = Decimal
RATES = (("S", D("0.2000")), ("S", D("0.1000")), ("S", D("0.0550")), ("E", D("0.0000")))


def line(net: str, rate: str = "0.2000", category: str = "S", **details: object) -> PricedLine:
    return PricedLine(D(1), D(net), category, D(rate), **details)  # type: ignore[arg-type]


lines = st.lists(
    st.builds(
        lambda cents, group, optional: PricedLine(D(1), D(cents) / 100, *group, optional=optional),
        st.integers(1, 10_000_000),
        st.sampled_from(RATES),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


def test_a_share_of_the_total_is_cut_between_rates() -> None:
    found = spread([line("100"), line("50", "0.1000")], rate=D("0.1000"))
    assert found == (Adjustment(D("10.00"), "S", D("0.2000")), Adjustment(D("5.00"), "S", D("0.1000")))


def test_an_amount_keeps_its_last_cent() -> None:
    found = spread([line("10"), line("10", "0.1000"), line("10", "0.0550")], amount=D("10.00"))
    assert [off.net for off in found] == [D("3.34"), D("3.33"), D("3.33")]


def test_a_rate_taken_back_bears_no_part() -> None:
    found = spread([line("100"), PricedLine(D(-1), D(20), "S", D("0.1000"))], rate=D("0.5000"))
    assert found == (Adjustment(D("40.00"), "S", D("0.2000")),)


def test_an_option_is_worth_its_net_and_counts_in_nothing() -> None:
    totals = sale_totals([line("100"), line("900", optional=True)], rate=D("0.1000"))
    assert totals.line_nets == (D("100.00"), D("900.00"))
    assert (totals.net, totals.tax) == (D("90.00"), D("18.00"))


@pytest.mark.parametrize(
    "discount",
    [
        {"rate": D("1.01")},
        {"rate": D("-0.01")},
        {"amount": D("100.01")},
        {"amount": D("-0.01")},
        {"rate": D("0.1"), "amount": D(1)},
    ],
)
def test_a_discount_stays_between_nothing_and_the_document(discount: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="discount"):
        spread([line("100")], **discount)


def test_a_document_taken_back_has_no_discount() -> None:
    with pytest.raises(ValueError, match="exceeds"):
        spread([PricedLine(D(-1), D(20), "S", D("0.2"))], rate=D("0.1"))


def test_nothing_is_taken_off_an_empty_document() -> None:
    assert spread([], rate=D("0.1000")) == ()
    assert spread([line("100")]) == ()


@any_of(lines, st.integers(0, 10_000))
def test_the_parts_add_up_and_no_rate_goes_below_nothing(sold: list[PricedLine], per_myriad: int) -> None:
    rate = D(per_myriad) / 10_000
    before, totals = document_totals(sold), sale_totals(sold, rate=rate)
    taken = sum((off.net for off in spread(sold, rate=rate)), ZERO)
    assert totals.net == before.net - taken
    assert abs(taken - before.net * rate) <= D("0.005")
    assert all(group.net >= 0 for group in totals.breakdown)


@any_of(lines, st.integers(0, 100))
def test_what_was_given_is_read_back_from_what_is_stored(sold: list[PricedLine], percent: int) -> None:
    rate = D(percent) / 100
    totals = sale_totals(sold, rate=rate)
    rows = zip(sold, totals.line_nets, strict=True)
    nets = [(row.category, row.rate, net) for row, net in rows if not row.optional]
    assert set(given(nets, totals.breakdown)) == set(spread(sold, rate=rate))


def test_the_part_of_some_lines() -> None:
    assert part_of(D("10.00"), lines=D("30.00"), chosen=D("10.00")) == D("3.33")
    assert part_of(D("10.00"), lines=D("30.00"), chosen=D("30.00")) == D("10.00")
    assert part_of(D("10.00"), lines=ZERO, chosen=ZERO) == ZERO
