"""What a fund may pay, what it leaves, its entries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounting.calculations.funds import (
    Cost,
    Terms,
    Unfit,
    award_entry,
    deferral_entry,
    receipt_entry,
    to_defer,
    unfit,
)

TERMS = Terms(True, 1, {"goods"}, date(2026, 1, 1), date(2026, 12, 31), Decimal("100.00"))
COST = Cost(1, "goods", date(2026, 3, 1), Decimal("80.00"))
ON = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("terms", "cost", "amount", "fault"),
    [
        ({}, {}, "80.00", None),
        ({}, {}, "30.00", None),
        ({"is_running": False}, {}, "80.00", Unfit.NOT_RUNNING),
        ({}, {"section": 2}, "80.00", Unfit.SECTION),
        ({}, {"kind": "insurance"}, "80.00", Unfit.KIND),
        ({}, {"on": date(2025, 12, 31)}, "80.00", Unfit.DATE),
        ({}, {"on": date(2027, 1, 1)}, "80.00", Unfit.DATE),
        ({}, {}, "80.01", Unfit.LINE),
        ({}, {}, "0.00", Unfit.LINE),
        ({}, {}, "0.001", Unfit.LINE),
        ({}, {}, "-10.00", Unfit.LINE),
        ({"left": Decimal("79.99")}, {}, "80.00", Unfit.BEYOND),
        # A credit note gives back, whatever is left.
        ({"left": Decimal("0.00")}, {"free": Decimal("-80.00")}, "-80.00", None),
    ],
)
def test_what_a_fund_may_pay(
    terms: dict[str, object], cost: dict[str, object], amount: str, fault: Unfit | None
) -> None:
    found = unfit(replace(TERMS, **terms), replace(COST, **cost), Decimal(amount))  # type: ignore[arg-type]
    assert found == fault


def test_only_what_was_not_used_is_put_off() -> None:
    assert to_defer(Decimal("100.00"), Decimal("30.00")) == Decimal("70.00")
    assert to_defer(Decimal("30.00"), Decimal("100.00")) == Decimal("0.00")


def test_entries_of_an_award_of_money_and_of_a_year_end() -> None:
    words = {"label": "Erasmus+", "piece": "2026-1", "on": ON}
    award = award_entry(Decimal("100.00"), 1, funder="Agence", **words)  # type: ignore[arg-type]
    owed = receipt_entry(Decimal("60.00"), 1, owed=True, funder="Agence", **words)  # type: ignore[arg-type]
    plain = receipt_entry(Decimal("60.00"), 1, owed=False, funder="Agence", **words)  # type: ignore[arg-type]
    off = deferral_entry(Decimal("70.00"), 1, **words)  # type: ignore[arg-type]
    back = deferral_entry(Decimal("-70.00"), 1, **words)  # type: ignore[arg-type]
    told = [[(line.account, line.signed) for line in one.lines] for one in (award, owed, plain, off, back)]
    assert told == [
        [("grant_due", Decimal("100.00")), ("grant_income", Decimal("-100.00"))],
        [("bank", Decimal("60.00")), ("grant_due", Decimal("-60.00"))],
        [("bank", Decimal("60.00")), ("grant_income", Decimal("-60.00"))],
        [("grant_income", Decimal("70.00")), ("deferred_income", Decimal("-70.00"))],
        [("grant_income", Decimal("-70.00")), ("deferred_income", Decimal("70.00"))],
    ]
