"""Totals, settlement, credit notes and VAT of payments give the expected figures, to the cent."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cae.core.money import ZERO, cents
from invoicing.calculations.credit import credit_of_lines, credit_of_rest, remaining
from invoicing.calculations.payment_vat import change, tax_due
from invoicing.calculations.settlement import settlement
from invoicing.calculations.terms import due_on
from invoicing.calculations.totals import (
    Adjustment,
    PricedLine,
    TaxGroup,
    document_totals,
    line_net,
    percent,
    totals_of_groups,
)

CASES = json.loads((Path(__file__).parent.parent / "data" / "document_totals.json").read_text())["cases"]


def cases(kind: str) -> Any:
    found = [case for case in CASES if case["type"] == kind]
    assert found
    return pytest.mark.parametrize("case", found, ids=[case["id"] for case in found])


def rate(text: str) -> Decimal:
    return Decimal(text) / 100


def groups(rows: list[dict[str, str]]) -> list[TaxGroup]:
    return [
        TaxGroup(row.get("category", "S"), rate(row["vat"]), Decimal(row["net"]), Decimal(row["tax"]))
        for row in rows
    ]


def shown(group: TaxGroup) -> dict[str, str]:
    return {
        "category": group.category,
        "vat": str(percent(group.rate)),
        "net": str(group.net),
        "tax": str(group.tax),
    }


@cases("totals")
def test_totals(case: dict[str, Any]) -> None:
    given_, expected = case["input"], case["expected"]
    lines = [
        PricedLine(
            Decimal(line["quantity"]), Decimal(line["unit_price"]), line["category"], rate(line["vat"])
        )
        for line in given_["lines"]
    ]
    adjustments = {
        name: [
            Adjustment(Decimal(row["net"]), row["category"], rate(row["vat"])) for row in given_.get(name, [])
        ]
        for name in ("discounts", "fees")
    }
    disbursements = [Decimal(row["gross"]) for row in given_.get("disbursements", [])]
    totals = document_totals(lines, **adjustments, disbursements=disbursements)
    found = {
        "line_nets": [str(net) for net in totals.line_nets],
        "breakdown": [shown(group) for group in totals.breakdown],
        "net": str(totals.net),
        "tax": str(totals.tax),
        "gross": str(totals.gross),
        "to_pay": str(totals.to_pay),
    }
    order = [(row["category"], row["vat"]) for row in expected["breakdown"]]
    found["breakdown"].sort(key=lambda row: order.index((row["category"], row["vat"])))  # type: ignore[attr-defined]
    assert {key: found[key] for key in expected} == expected


@cases("settlement")
def test_settlement(case: dict[str, Any]) -> None:
    given_ = case["input"]
    figures = settlement(
        Decimal(given_["gross"]),
        [Decimal(amount) for amount in given_.get("payments", [])],
        [Decimal(amount) for amount in given_.get("credit_notes", [])],
    )
    assert {key: str(getattr(figures, key)) for key in case["expected"]} == case["expected"]


def test_nothing_received_yet() -> None:
    assert settlement(Decimal(60), [], []).state == "to_pay"
    # A payment taken back is a negative payment.
    assert settlement(Decimal(60), [Decimal(60), Decimal(-60)], []).state == "to_pay"


@cases("credit_of_rest")
def test_credit_of_rest(case: dict[str, Any]) -> None:
    given_, expected = case["input"], case["expected"]
    totals = credit_of_rest(groups(given_["breakdown"]), sum(map(Decimal, given_["payments"]), ZERO))
    assert [shown(group) for group in totals.breakdown] == expected["breakdown"]
    assert [str(totals.net), str(totals.tax), str(totals.gross)] == [
        expected["net"],
        expected["tax"],
        expected["gross"],
    ]


@cases("payment_vat")
def test_payment_vat(case: dict[str, Any]) -> None:
    breakdown = groups(case["input"]["breakdown"])
    paid = ZERO
    for payment, expected in zip(case["input"]["payments"], case["expected"]["payments"], strict=True):
        before = tax_due(breakdown, paid)
        paid += Decimal(payment)
        released = change(before, tax_due(breakdown, paid))
        assert [{"vat": str(percent(r.rate)), "tax": str(r.tax)} for r in released] == expected[
            "tax_released"
        ]
        assert str(sum((r.tax for r in released), ZERO)) == expected["tax"]


@pytest.mark.parametrize(
    ("discount", "net"),
    [
        ({}, "300.00"),
        ({"discount_rate": Decimal("0.1")}, "270.00"),
        ({"discount_amount": Decimal("33.33")}, "266.67"),
    ],
)
def test_line_discount(discount: dict[str, Decimal], net: str) -> None:
    line = PricedLine(Decimal(3), Decimal(100), "S", Decimal("0.2"), **discount)
    assert line_net(line) == Decimal(net)


@pytest.mark.parametrize(
    "discount",
    [
        {"discount_rate": Decimal("1.01")},
        {"discount_rate": Decimal("-0.01")},
        {"discount_amount": Decimal("300.01")},
        {"discount_amount": Decimal(-1)},
        {"discount_rate": Decimal("0.1"), "discount_amount": Decimal(1)},
    ],
)
def test_line_discount_refused(discount: dict[str, Decimal]) -> None:
    with pytest.raises(ValueError, match="discount"):
        line_net(PricedLine(Decimal(3), Decimal(100), "S", Decimal("0.2"), **discount))


def test_line_taken_back_has_no_discount() -> None:
    with pytest.raises(ValueError, match="taken back"):
        line_net(PricedLine(Decimal(-1), Decimal(100), "S", Decimal("0.2"), discount_rate=Decimal("0.1")))


RATES = st.sampled_from([Decimal("0.2000"), Decimal("0.1000"), Decimal("0.0550"), Decimal("0.0210")])
LINES = st.lists(
    st.builds(
        PricedLine,
        quantity=st.decimals("0.0001", "999", places=4),
        unit_price=st.decimals("0", "9999", places=4),
        category=st.just("S"),
        rate=RATES,
        discount_rate=st.one_of(st.none(), st.decimals("0", "1", places=4)),
    ),
    min_size=1,
    max_size=12,
)


@given(lines=LINES)
def test_totals_are_the_sums_of_what_is_printed(lines: list[PricedLine]) -> None:
    totals = document_totals(lines)
    assert totals.net == sum(totals.line_nets, ZERO) == sum((g.net for g in totals.breakdown), ZERO)
    assert totals.gross == totals.net + totals.tax
    assert all(group.tax == cents(group.net * group.rate) for group in totals.breakdown)
    assert len({(g.category, g.rate) for g in totals.breakdown}) == len(totals.breakdown)


@given(lines=LINES, seed=st.randoms())
def test_order_of_lines_changes_nothing(lines: list[PricedLine], seed: Any) -> None:
    shuffled = list(lines)
    seed.shuffle(shuffled)
    assert document_totals(shuffled).breakdown == document_totals(lines).breakdown


@given(lines=LINES)
def test_a_line_taken_back_cancels_itself(lines: list[PricedLine]) -> None:
    plain = [PricedLine(line.quantity, line.unit_price, line.category, line.rate) for line in lines]
    back = [PricedLine(-line.quantity, line.unit_price, line.category, line.rate) for line in lines]
    totals = document_totals(plain + back)
    assert (totals.net, totals.tax, totals.gross) == (ZERO, ZERO, ZERO)


@given(lines=LINES, parts=st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_payments_release_the_whole_tax(lines: list[PricedLine], parts: list[int]) -> None:
    totals = document_totals(lines)
    assume(totals.gross > 0)
    released = {(g.category, g.rate): ZERO for g in totals.breakdown}
    paid = ZERO
    for index, part in enumerate(parts):
        before = tax_due(totals.breakdown, paid)
        last = index == len(parts) - 1
        paid = totals.gross if last else min(paid + cents(totals.gross * part / 100), totals.gross)
        for release in change(before, tax_due(totals.breakdown, paid)):
            assert release.tax > 0
            released[release.category, release.rate] += release.tax
    assert released == {(g.category, g.rate): g.tax for g in totals.breakdown}


@given(lines=LINES, share=st.integers(0, 99))
def test_credit_of_the_rest_is_what_stays_due(lines: list[PricedLine], share: int) -> None:
    totals = document_totals(lines)
    assume(totals.gross > 0)
    paid = cents(totals.gross * share / 100)
    assume(paid < totals.gross)
    credit = credit_of_rest(totals.breakdown, paid)
    assert credit.gross == totals.gross - paid
    left = remaining(totals.breakdown, credit.breakdown)
    assert sum((g.gross for g in left), ZERO) == paid
    # Nothing waits any more: what was released is what is left.
    assert change(tax_due(totals.breakdown, paid), tax_due(left, paid)) == ()


def test_credit_of_the_rest_needs_a_rest() -> None:
    group = TaxGroup("S", Decimal("0.2"), Decimal(100), Decimal(20))
    with pytest.raises(ValueError, match="unpaid"):
        credit_of_rest([group], Decimal(120))


def test_credit_of_lines_gives_the_last_cent_of_tax() -> None:
    """Three thirds of a tax that does not divide: 0.67 + 0.67 + 0.66."""
    left: tuple[TaxGroup, ...] = (TaxGroup("S", Decimal("0.2"), Decimal("9.99"), Decimal("2.00")),)
    taxes = []
    for _ in range(3):
        credit = credit_of_lines(left, [("S", Decimal("0.2"), Decimal("3.33"))])
        taxes.append(credit.tax)
        left = remaining(left, credit.breakdown)
    assert taxes == [Decimal("0.67"), Decimal("0.67"), Decimal("0.66")]
    assert left == ()


@pytest.mark.parametrize(
    "net",
    [
        ("S", Decimal("0.2"), Decimal("10.01")),
        ("S", Decimal("0.1"), Decimal(1)),
        ("S", Decimal("0.2"), Decimal(-1)),
    ],
)
def test_credit_of_lines_never_above_what_is_left(net: tuple[str, Decimal, Decimal]) -> None:
    left = (TaxGroup("S", Decimal("0.2"), Decimal(10), Decimal(2)),)
    with pytest.raises(ValueError, match="left"):
        credit_of_lines(left, [net])


def test_credit_of_a_line_taken_back() -> None:
    left = (TaxGroup("S", Decimal("0.2"), Decimal("-10.00"), Decimal("-2.00")),)
    credit = credit_of_lines(left, [("S", Decimal("0.2"), Decimal("-4.00"))])
    assert (credit.net, credit.tax) == (Decimal("-4.00"), Decimal("-0.80"))


def test_totals_of_groups_put_the_highest_rate_first() -> None:
    low, high = TaxGroup("S", Decimal("0.1"), ZERO, ZERO), TaxGroup("S", Decimal("0.2"), ZERO, ZERO)
    assert totals_of_groups([low, high]).breakdown == (high, low)


@pytest.mark.parametrize(
    ("issued", "days", "end_of_month", "due"),
    [
        ("2026-01-15", 30, False, "2026-02-14"),
        ("2026-01-15", 0, False, "2026-01-15"),
        ("2026-01-15", 30, True, "2026-02-28"),
        ("2026-01-15", 45, True, "2026-03-31"),
        ("2028-01-31", 0, True, "2028-01-31"),
        ("2028-01-30", 30, True, "2028-02-29"),
        ("2028-02-29", 0, True, "2028-02-29"),
        ("2028-02-29", 30, False, "2028-03-30"),
        ("2027-01-31", 30, True, "2027-03-31"),
        ("2026-12-31", 60, False, "2027-03-01"),
        ("2026-11-20", 45, True, "2027-01-31"),
    ],
)
def test_when_a_customer_pays(issued: str, days: int, end_of_month: bool, due: str) -> None:
    found = due_on(date.fromisoformat(issued), days=days, end_of_month=end_of_month)
    assert found == date.fromisoformat(due)
