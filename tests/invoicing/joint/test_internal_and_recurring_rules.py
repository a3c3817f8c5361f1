"""Internal sales mirror each other (INV-31); recurring ones come on their day and price (INV-25)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounting.calculations.entries import gaps
from cae.core.money import CENT, ZERO
from invoicing.calculations.internal_sales import internal_entry, left_to_credit
from invoicing.calculations.recurrence import PriceIndex, Rhythm, after_months, carried

D = Decimal
CASES = Path(__file__).parents[2] / "data" / "ledger_cases.json"
SELLER, BUYER = (1, "A1"), (2, "B2")
DAY = date(2026, 3, 15)
# The case books on 186 and 187 themselves, where the contribution stands; here what activities sell to each
# other has accounts of its own under them, so that neither hides the other.
UNDER = {"internal_charge": "inside_charge", "internal_income": "inside_income"}


def test_the_worked_case_of_an_internal_invoice() -> None:
    case = next(one for one in json.loads(CASES.read_text())["cases"] if one["id"] == "LG11")
    said = case["input"]
    entry = internal_entry(
        said["number"], D(said["net"]), seller=SELLER, buyer=BUYER, on=date.fromisoformat(said["on"])
    )
    sections = {1: "A1", 2: "B2"}
    told = {
        "journal": entry.journal,
        "on": entry.on.isoformat(),
        "label": entry.label,
        "lines": [
            {
                "account": line.account,
                "analytic": sections[line.analytic_id],
                "debit": str(line.debit),
                "credit": str(line.credit),
            }
            for line in entry.lines
        ],
    }
    expected = case["expected"]["entries"]
    for line in expected[0]["lines"]:
        line["account"] = UNDER.get(line["account"], line["account"])
    assert [told] == expected


@given(st.integers(1, 10**9).map(lambda units: units * CENT))
def test_a_credit_note_undoes_the_internal_invoice(amount: Decimal) -> None:
    made = internal_entry("INT2026-0001", amount, seller=SELLER, buyer=BUYER, on=DAY)
    undone = internal_entry("INTA2026-0001", -amount, seller=SELLER, buyer=BUYER, on=DAY)
    assert not gaps(made.lines)
    assert [line.swapped() for line in made.lines] == list(undone.lines)
    assert sum(line.signed for line in made.lines if line.account == "internal_link") == ZERO


def test_an_activity_sells_something_to_another() -> None:
    with pytest.raises(ValueError, match="itself"):
        internal_entry("INT2026-0001", D(10), seller=SELLER, buyer=(1, "A1"), on=DAY)
    with pytest.raises(ValueError, match="worth"):
        internal_entry("INT2026-0001", ZERO, seller=SELLER, buyer=BUYER, on=DAY)


def test_a_credit_note_takes_what_is_left() -> None:
    assert left_to_credit(D("100.00"), D("30.00")) == D("70.00")
    assert left_to_credit(D("100.00"), D("100.01")) == ZERO


def test_a_plan_of_the_last_day_comes_back_to_it() -> None:
    rhythm = Rhythm(date(2027, 12, 31), 1)
    assert rhythm.following(date(2027, 12, 31), many=3) == [
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 31),
    ]
    assert after_months(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_a_day_that_the_model_names_follows_its_document() -> None:
    delivery = date(2026, 3, 31)
    assert carried(delivery, dated=date(2026, 1, 20), on=date(2027, 1, 1)) == date(2027, 3, 31)
    assert carried(delivery, dated=date(2026, 1, 20), on=date(2026, 12, 1)) == date(2027, 2, 28)


def test_what_is_due_is_made_from_the_last_one_until_the_end() -> None:
    rhythm = Rhythm(date(2026, 1, 15), 3, until=date(2026, 10, 15))
    assert rhythm.due(after=None, today=date(2026, 1, 14)) == []
    assert rhythm.due(after=None, today=date(2026, 4, 15)) == [date(2026, 1, 15), date(2026, 4, 15)]
    assert rhythm.due(after=date(2026, 4, 15), today=date(2027, 6, 1)) == [
        date(2026, 7, 15),
        date(2026, 10, 15),
    ]
    assert rhythm.following(date(2026, 7, 15), many=3) == [date(2026, 10, 15)]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from((1, 3, 6, 12)), st.integers(1, 40))
def test_each_period_has_one_date(start: date, months: int, many: int) -> None:
    days = [start, *Rhythm(start, months).following(start, many=many)]
    turns = [day.year * 12 + day.month for day in days]
    assert turns == [turns[0] + months * turn for turn in range(many + 1)]
    assert all(day.day == start.day or after_months(day, 1).day >= day.day for day in days)


def test_prices_rise_on_each_anniversary() -> None:
    index = PriceIndex(D("0.021"), date(2024, 2, 29))
    price = D("100.0000")
    assert index.price(price, date(2023, 1, 1)) == price
    assert index.price(price, date(2025, 2, 27)) == price
    assert index.price(price, date(2025, 2, 28)) == D("102.1000")
    assert index.price(price, date(2026, 3, 1)) == D("104.2441")
    assert PriceIndex(D(0), date(2024, 1, 1)).price(price, date(2030, 1, 1)) == price
