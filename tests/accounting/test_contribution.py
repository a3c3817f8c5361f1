"""Contribution at a flat rate on a document: the formula, and the worked cases LG08 and LG09."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.contribution import Working, contribution_entry, flat
from accounting.calculations.entries import gaps, merged
from tests.factories.accounting import cases

bases = st.decimals(min_value="-99999.99", max_value="99999.99", places=2)
rates = st.decimals(min_value="0", max_value="1", places=4)


@pytest.mark.parametrize("case", cases("contribution"), ids=lambda case: case["id"])
def test_worked_case(case: dict) -> None:
    given_, expected = case["input"], case["expected"]["entries"][0]
    working = flat(given_["document"], Decimal(given_["base"]), Decimal(given_["rate"]))
    draft = contribution_entry(working, on=date.fromisoformat(given_["on"]), activity_id=1, shared_id=2)
    names = {1: given_["activity"], 2: "SHARED"}
    found = [
        (line.account, names[line.analytic_id], str(line.debit), str(line.credit)) for line in draft.lines
    ]
    wanted = [
        (line["account"], line["analytic"], line["debit"], line["credit"]) for line in expected["lines"]
    ]
    assert sorted(found) == sorted(wanted)
    assert (draft.journal, draft.on.isoformat(), draft.label) == (
        expected["journal"],
        expected["on"],
        expected["label"],
    )


@pytest.mark.parametrize(
    ("base", "due"),
    [("0.05", "0.01"), ("-0.05", "-0.01"), ("0.04", "0.00"), ("33.35", "3.34"), ("1000.00", "100.00")],
)
def test_half_a_cent_goes_away_from_zero(base: str, due: str) -> None:
    assert flat("F-1", Decimal(base), Decimal("0.1000")).due == Decimal(due)


def test_the_working_says_base_times_rate() -> None:
    assert flat("F-1", Decimal("200.00"), Decimal("0.1025")) == Working(
        document="F-1", base=Decimal("200.00"), rate=Decimal("0.1025"), due=Decimal("20.50")
    )


@given(bases, rates)
def test_invoice_and_credit_note_cancel_out_exactly(base: Decimal, rate: Decimal) -> None:
    assert flat("F", base, rate).due + flat("A", -base, rate).due == 0


@given(bases, rates)
def test_each_section_balances_and_the_link_is_back_to_zero(base: Decimal, rate: Decimal) -> None:
    draft = contribution_entry(flat("F", base, rate), on=date(2026, 1, 1), activity_id=1, shared_id=2)
    assert gaps(draft.lines) == {}
    links = [line.signed for line in draft.lines if line.account == "internal_link"]
    assert sum(links) == 0
    assert len(merged(draft.lines)) in (0, 4)
