"""What an expense comes to, and what is said of it: pure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cae.core.money import ZERO
from invoicing.calculations.expense_flags import ExpenseFacts, ExpenseFlag, excess, flags_of
from invoicing.calculations.expenses import (
    Counted,
    Spent,
    above_limit,
    claim_totals,
    flat_gross,
    gross_of,
    refund_of,
    spent_within,
    tax_within,
    worth,
)

D = Decimal
FILE = Path(__file__).parents[2] / "data" / "document_totals.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text())["cases"]}
LINES = [case for case in CASES.values() if case["type"] == "expense_line"]
SHEETS = [case for case in CASES.values() if case["type"] == "expense_sheet"]
DAY = date(2026, 11, 12)
PLAIN = ExpenseFacts(on=DAY, month=date(2026, 11, 1), amount=D("24.00"), tax=D("4.00"), recovery=D(1))


def found(line: dict[str, str]) -> dict[str, str]:
    """A line of the cases: kilometres are a flat amount each, receipts have net, tax and a share."""
    if "km" in line:
        return {"amount": str(flat_gross(D(line["km"]), D(line["rate"])))}
    net, tax = D(line["net"]), D(line["tax"])
    share = D(line.get("business_share", "100")) / 100
    made = worth(net + tax, tax, business_share=share, recovery=D(1))
    return {"net": str(made.net), "tax": str(made.tax), "amount": str(made.amount)}


@pytest.mark.parametrize("case", LINES, ids=lambda case: case["id"])
def test_the_lines_of_the_file(case: dict[str, Any]) -> None:
    assert found(case["input"]) == case["expected"]


@pytest.mark.parametrize("case", SHEETS, ids=lambda case: case["id"])
def test_the_sheets_of_the_file(case: dict[str, Any]) -> None:
    given, expected = case["input"], case["expected"]
    amounts = [found(line)["amount"] for line in given["lines"]]
    assert amounts == expected["lines"]
    total = claim_totals(Counted(D(amount)) for amount in amounts).total
    refund = refund_of(total, [D(one) for one in given.get("payments", ())])
    said = {"total": total, "paid": refund.paid, "due": refund.due}
    assert {name: str(value) for name, value in said.items()} == {
        name: expected[name] for name in ("total", "paid", "due")
    }
    assert refund.state == expected["state"]


def test_the_file_has_its_cases() -> None:
    assert (len(LINES), len(SHEETS)) == (2, 2)


def test_a_claim_paid_whole_is_paid() -> None:
    assert refund_of(D("10.00"), [D("10.00")]).state == "paid"


@pytest.mark.parametrize(
    ("recovery", "share", "deductible"),
    [
        ("1", "1", "4.17"),
        ("0.8", "1", "3.34"),
        ("0", "1", "0.00"),
        ("0.8", "0.5", "1.67"),
        ("1", "0.5", "2.09"),
    ],
)
def test_vat_is_given_back_by_the_rule_and_the_share_rounded_once(
    recovery: str, share: str, deductible: str
) -> None:
    made = worth(D("25.00"), D("4.17"), business_share=D(share), recovery=D(recovery))
    assert made.deductible == D(deductible)
    assert made.net + made.tax == made.amount


def test_tax_inside_and_on_top_of_an_amount() -> None:
    assert tax_within(D("24.00"), D("0.2")) == D("4.00")
    assert tax_within(D("25.00"), D("0.1")) == D("2.27")
    assert tax_within(D("25.00"), D(0)) == ZERO
    assert gross_of(D("20.00"), D("0.055")) == D("21.10")


def test_what_others_paid_is_not_refunded_and_what_is_refused_counts_for_nothing() -> None:
    totals = claim_totals(
        [Counted(D("10.00")), Counted(D("20.00"), is_own=False), Counted(D("40.00"), refused=True)]
    )
    assert (totals.total, totals.to_refund, totals.paid_by_others) == (D("30.00"), D("10.00"), D("20.00"))


@pytest.mark.parametrize(
    ("per", "spent"), [("line", "0.00"), ("day", "1.00"), ("month", "11.00"), ("year", "111.00")]
)
def test_a_limit_is_counted_over_its_span(per: str, spent: str) -> None:
    others = [
        Spent(DAY, D("1.00")),
        Spent(DAY.replace(day=1), D("10.00")),
        Spent(date(2026, 1, 12), D("100.00")),
        Spent(date(2025, 11, 12), D("1000.00")),
    ]
    assert spent_within(per, DAY, others) == D(spent)


def test_above_a_limit() -> None:
    assert above_limit(D("20.00"), D("25.00"), ZERO) == D("5.00")
    assert above_limit(D("20.00"), D("15.00"), D("10.00")) == D("5.00")
    assert above_limit(D("20.00"), D("20.00"), ZERO) == ZERO


@pytest.mark.parametrize(
    ("facts", "flags"),
    [
        (PLAIN, []),
        (replace(PLAIN, needs_voucher=True), [ExpenseFlag.NO_VOUCHER]),
        (replace(PLAIN, needs_voucher=True, has_voucher=True), []),
        (replace(PLAIN, needs_guests=True), [ExpenseFlag.NO_GUESTS]),
        (replace(PLAIN, needs_guests=True, has_guests=True), []),
        (replace(PLAIN, has_twin=True, has_same_file=True), [ExpenseFlag.SAME_FILE, ExpenseFlag.TWIN]),
        (replace(PLAIN, limit=D("24.00")), []),
        (replace(PLAIN, limit=D("24.00"), spent=D("0.01")), [ExpenseFlag.OVER_LIMIT]),
        (replace(PLAIN, recovery=D("0.8")), [ExpenseFlag.NO_VAT]),
        (replace(PLAIN, recovery=D(0), tax=ZERO), []),
        (replace(PLAIN, on=date(2026, 10, 31)), [ExpenseFlag.OTHER_MONTH]),
        (replace(PLAIN, on=date(2025, 11, 12)), [ExpenseFlag.OTHER_MONTH]),
    ],
)
def test_what_is_said_of_an_expense(facts: ExpenseFacts, flags: list[ExpenseFlag]) -> None:
    assert flags_of(facts) == flags


def test_by_how_much_it_goes_over() -> None:
    assert excess(PLAIN) == ZERO
    assert excess(replace(PLAIN, limit=D("20.00"), spent=D("10.00"))) == D("14.00")
