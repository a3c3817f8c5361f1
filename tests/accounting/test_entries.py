"""Double entry, as formulas: merging, balance, reversal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.entries import (
    EntryDraft,
    LineDraft,
    credit,
    debit,
    gaps,
    has_valid_amounts,
    merged,
    reversal,
    total,
)
from cae.core.money import ZERO
from tests.factories.accounting import cases

amounts = st.decimals(min_value="0.01", max_value="99999.99", places=2)
accounts = st.sampled_from(["customer", "revenue_services", "vat_collected", "411000"])
lines = st.lists(
    st.builds(
        lambda account, section, amount, side: (debit if side else credit)(account, section, amount),
        accounts,
        st.integers(1, 3),
        amounts,
        st.booleans(),
    ),
    max_size=12,
)


def euros(text: str) -> Decimal:
    return Decimal(text)


def test_two_lines_of_one_account_and_rate_are_added() -> None:
    rows = merged(
        [
            credit("revenue_services", 1, euros("110.00"), vat_rate=euros("20.00")),
            credit("revenue_services", 1, euros("90.00"), vat_rate=euros("20.00")),
        ]
    )
    assert rows == (LineDraft("revenue_services", 1, credit=euros("200.00"), vat_rate=euros("20.00")),)


@pytest.mark.parametrize(
    "other",
    [
        credit("revenue_goods", 1, euros("5.00"), vat_rate=euros("20.00")),
        credit("revenue_services", 2, euros("5.00"), vat_rate=euros("20.00")),
        credit("revenue_services", 1, euros("5.00"), vat_rate=euros("5.50")),
        credit("revenue_services", 1, euros("5.00"), vat_rate=euros("20.00"), party="B"),
        credit("revenue_services", 1, euros("5.00"), vat_rate=euros("20.00"), due_on=date(2026, 1, 1)),
    ],
)
def test_lines_that_differ_are_kept_apart(other: LineDraft) -> None:
    assert len(merged([credit("revenue_services", 1, euros("5.00"), vat_rate=euros("20.00")), other])) == 2


def test_a_line_of_nothing_disappears() -> None:
    assert merged([credit("vat_collected", 1, ZERO), debit("customer", 1, euros("1.00"))]) == (
        debit("customer", 1, euros("1.00")),
    )


def test_a_negative_amount_goes_to_the_other_side() -> None:
    assert debit("customer", 1, euros("-5.00")) == credit("customer", 1, euros("5.00"))


@pytest.mark.parametrize(
    ("line", "valid"),
    [
        (LineDraft("customer", 1, debit=euros("1.00")), True),
        (LineDraft("customer", 1, credit=euros("1.00")), True),
        (LineDraft("customer", 1), False),
        (LineDraft("customer", 1, debit=euros("1.00"), credit=euros("1.00")), False),
        (LineDraft("customer", 1, debit=euros("-1.00")), False),
        (LineDraft("customer", 1, debit=euros("1.00"), credit=euros("-1.00")), False),
        (LineDraft("customer", 1, debit=euros("1.005")), False),
        (LineDraft("customer", 1, credit=euros("1.005")), False),
    ],
)
def test_amounts_of_a_line(line: LineDraft, valid: bool) -> None:
    assert has_valid_amounts(line) is valid


def test_gaps_are_counted_inside_each_section() -> None:
    rows = [debit("customer", 1, euros("10.00")), credit("bank", 2, euros("10.00"))]
    assert gaps(rows) == {1: euros("10.00"), 2: euros("-10.00")}


def test_every_worked_case_balances_in_each_section() -> None:
    names: dict[str, int] = {}
    for row in cases("invoice", "deposit_invoice", "credit_note", "contribution", "payment"):
        for entry in row["expected"]["entries"]:
            drafts = [
                LineDraft(
                    line["account"],
                    names.setdefault(line["analytic"], len(names)),
                    debit=euros(line["debit"]),
                    credit=euros(line["credit"]),
                )
                for line in entry["lines"]
            ]
            assert gaps(drafts) == {}, row["id"]
            assert all(has_valid_amounts(line) for line in drafts), row["id"]


@given(lines)
def test_merging_keeps_the_balance_of_each_section(rows: list[LineDraft]) -> None:
    assert gaps(merged(rows)) == gaps(rows)
    assert all(has_valid_amounts(line) for line in merged(rows))


@given(lines)
def test_merging_twice_changes_nothing(rows: list[LineDraft]) -> None:
    assert merged(merged(rows)) == merged(rows)


@given(lines)
def test_a_reversal_cancels_its_entry(rows: list[LineDraft]) -> None:
    draft = EntryDraft("VE", date(2026, 1, 1), "A", tuple(rows))
    back = reversal(draft, on=date(2026, 2, 1), label="B")
    assert merged(draft.lines + back.lines) == ()
    assert (back.on, back.label, back.journal) == (date(2026, 2, 1), "B", "VE")


@given(lines)
def test_the_total_is_the_sum_of_debits(rows: list[LineDraft]) -> None:
    assert total(rows) == sum((row.debit for row in rows), ZERO)
