"""What each section bears of a purchase, to the cent, whatever the lines and the weights."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.entries import gaps as entry_gaps
from cae.core.money import ZERO
from invoicing.calculations.purchase_entries import (
    OWED_TO_PERSON,
    PurchasePiece,
    direct_payment_entry,
    left_to_pay,
    purchase_entry,
)
from invoicing.calculations.purchase_split import (
    CostLine,
    Printed,
    RateWithoutLine,
    borne_by_section,
    computed_taxes,
    in_proportion,
    split,
    with_printed_tax,
)
from tests.invoicing.purchases.days import DUE, TODAY

D = Decimal

PIECE = PurchasePiece("FA-12", TODAY, "Imprimerie", "Imprimerie", due_on=DUE)

_money = st.decimals(min_value=D("0.01"), max_value=D("50000"), places=2)
_signed = st.decimals(min_value=D("-500"), max_value=D("5000"), places=2)
_lines = st.lists(
    st.builds(
        CostLine,
        account=st.sampled_from(["601000", "604000", "613200"]),
        net=_signed,
        rate=st.sampled_from([D("0.2000"), D("0.1000"), D("0.0550"), D("0.0000")]),
        recovery=st.sampled_from([D(1), D("0.8"), D(0)]),
        section_id=st.sampled_from([None, 1, 2]),
    ),
    min_size=1,
    max_size=12,
)
_weights = st.dictionaries(
    st.integers(1, 6), st.decimals(min_value=D("0.0001"), max_value=D("900"), places=4), min_size=1
)


@given(lines=_lines, weights=_weights, cents_off=st.integers(-2, 2))
def test_any_split_adds_up_in_net_in_tax_of_each_rate_and_in_total(
    lines: list[CostLine], weights: dict[int, D], cents_off: int
) -> None:
    printed = {one.rate: one.tax for one in computed_taxes([(line.net, line.rate) for line in lines])}
    rate = next(iter(printed))
    printed[rate] += D(cents_off) / 100
    cells = split(lines, printed, weights)
    assert sum((cell.net for cell in cells), ZERO) == sum((line.net for line in lines), ZERO)
    for rate, tax in printed.items():
        assert sum((cell.tax for cell in cells if cell.rate == rate), ZERO) == tax
    borne = borne_by_section(cells)
    assert sum((one.gross for one in borne.values()), ZERO) == sum((line.net for line in lines), ZERO) + sum(
        printed.values(), ZERO
    )
    assert set(borne) <= set(weights) | {1, 2}


@given(lines=_lines, weights=_weights)
def test_the_entry_of_any_split_balances_in_each_section(
    lines: list[CostLine], weights: dict[int, D]
) -> None:
    printed = {one.rate: one.tax for one in computed_taxes([(line.net, line.rate) for line in lines])}
    cells = split(lines, printed, weights)
    assert not entry_gaps(purchase_entry(PIECE, cells).lines)


@given(total=_signed, weights=st.lists(_signed, min_size=1, max_size=8))
def test_any_amount_is_cut_without_losing_a_cent(total: D, weights: list[D]) -> None:
    parts = in_proportion(total, weights)
    assert sum(parts, ZERO) == total
    assert len(parts) == len(weights)


def test_a_common_invoice_goes_by_weights_and_a_line_of_one_section_to_it() -> None:
    lines = [
        CostLine("613200", D("1000.00"), D("0.2000")),
        CostLine("606100", D("50.00"), D("0.2000"), section_id=3),
    ]
    cells = split(lines, {D("0.2000"): D("210.00")}, {1: D(1), 2: D(2)})
    borne = borne_by_section(cells)
    assert {key: (one.net, one.tax) for key, one in borne.items()} == {
        1: (D("333.33"), D("66.67")),
        2: (D("666.67"), D("133.33")),
        3: (D("50.00"), D("10.00")),
    }


def test_vat_that_is_not_recovered_joins_the_cost() -> None:
    (cell,) = split(
        [CostLine("606100", D("80.00"), D("0.2000"), D("0.8"))], {D("0.2000"): D("16.00")}, {1: D(1)}
    )
    assert (cell.deductible, cell.cost) == (D("12.80"), D("83.20"))


def test_the_entry_says_accounts_vat_and_what_is_owed() -> None:
    cells = split([CostLine("604000", D("100.00"), D("0.2000"))], {D("0.2000"): D("20.00")}, {7: D(1)})
    entry = purchase_entry(PIECE, cells)
    assert (entry.journal, entry.piece, entry.label) == ("AC", "FA-12", "Imprimerie FA-12")
    assert [
        (line.account, line.analytic_id, line.debit, line.credit, line.due_on) for line in entry.lines
    ] == [
        ("604000", 7, D("100.00"), ZERO, None),
        ("vat_deductible", 7, D("20.00"), ZERO, None),
        ("supplier", 7, ZERO, D("120.00"), DUE),
    ]


def test_a_credit_note_swaps_the_sides_and_has_no_due_date() -> None:
    cells = split([CostLine("604000", D("100.00"), D("0.2000"))], {D("0.2000"): D("20.00")}, {7: D(1)})
    piece = PurchasePiece("AV-1", TODAY, "Imprimerie", "Imprimerie", due_on=DUE, is_credit_note=True)
    lines = purchase_entry(piece, cells).lines
    assert [(line.account, line.debit, line.credit, line.due_on) for line in lines] == [
        ("604000", ZERO, D("100.00"), None),
        ("vat_deductible", ZERO, D("20.00"), None),
        ("supplier", D("120.00"), ZERO, None),
    ]


def test_what_a_person_advanced_is_owed_to_them() -> None:
    cells = split([CostLine("604000", D("100.00"), D("0.0000"))], {}, {7: D(1)})
    piece = PurchasePiece("FA-12", TODAY, "Imprimerie", "Zoé Martin", owed=OWED_TO_PERSON)
    owed = purchase_entry(piece, cells).lines[-1]
    assert (owed.account, owed.party, owed.credit) == ("claimant", "Zoé Martin", D("100.00"))


def test_a_direct_payment_settles_each_section_and_a_refund_comes_back() -> None:
    entry = direct_payment_entry(PIECE, {1: D("30.00"), 2: D("70.00")})
    assert entry is not None
    assert [(line.account, line.analytic_id, line.signed) for line in entry.lines] == [
        ("supplier", 1, D("30.00")),
        ("bank", 1, D("-30.00")),
        ("supplier", 2, D("70.00")),
        ("bank", 2, D("-70.00")),
    ]
    back = direct_payment_entry(
        PurchasePiece("AV-1", TODAY, "Imprimerie", "Imprimerie", is_credit_note=True), {1: D("30.00")}
    )
    assert back is not None
    assert [(line.account, line.signed) for line in back.lines] == [
        ("supplier", D("-30.00")),
        ("bank", D("30.00")),
    ]
    assert direct_payment_entry(PIECE, {1: ZERO}) is None


def test_credit_notes_lower_what_each_section_pays() -> None:
    left = left_to_pay({1: D("100.00"), 2: D("50.00")}, [{1: D("30.00")}, {1: D("10.00"), 3: D("5.00")}])
    assert left == {1: D("60.00"), 2: D("50.00"), 3: D("-5.00")}


def test_vat_printed_at_a_rate_without_line_is_told() -> None:
    with pytest.raises(RateWithoutLine) as told:
        split([CostLine("604000", D("100.00"), D("0.2000"))], {D("0.0550"): D("5.50")}, {1: D(1)})
    assert told.value.rate == D("0.0550")
    # Nothing printed at such a rate is nothing to bear.
    split([CostLine("604000", D("100.00"), D("0.2000"))], {D("0.0550"): ZERO}, {1: D(1)})


def test_a_line_that_nobody_bears_is_no_purchase() -> None:
    with pytest.raises(ValueError, match="positive"):
        split([CostLine("604000", D("100.00"), D("0.2000"))], {}, {})


def test_amounts_that_cancel_leave_the_whole_to_the_first() -> None:
    assert in_proportion(D("1.00"), [D("5.00"), D("-5.00")]) == [D("1.00"), ZERO]


def test_a_supplier_who_rounds_each_line_is_followed_within_a_cent_a_line() -> None:
    lines = [(D("0.33"), D("0.2000")), (D("0.33"), D("0.2000")), (D("10.00"), D("0.0550"))]
    found = computed_taxes(lines)
    assert found == [Printed(D("0.2000"), D("0.66"), D("0.13")), Printed(D("0.0550"), D("10.00"), D("0.55"))]
    followed = with_printed_tax(found, D("0.69"), lines=3)
    assert followed == [found[0], Printed(D("0.0550"), D("10.00"), D("0.56"))]
    assert with_printed_tax(found, D("0.68"), lines=3) == found
    assert with_printed_tax(found, D("0.80"), lines=3) is None
    untaxed = computed_taxes([(D("10.00"), ZERO)])
    assert with_printed_tax(untaxed, D("0.01"), lines=1) is None
