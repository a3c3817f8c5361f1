"""What threatens the cash of the cooperative most, in one measure (ACC-32): pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accounting.calculations.treasury.forecast import Flow, FlowKind, forecast
from accounting.calculations.treasury.risks import Risk, RiskKind, going_under, largest, late_payers
from cae.core.money import ZERO
from cae.core.periods import Month

D = Decimal
TODAY = date(2026, 11, 10)
MONTHS = list(Month(2026, 11).until(Month(2027, 4)))


def flow(amount: str, due: str | None, **details: Any) -> Flow:
    due_on = None if due is None else date.fromisoformat(due)
    facts: dict[str, Any] = {"kind": FlowKind.CUSTOMER, "subject": (amount, due), "party": "Zora"} | details
    return Flow(max(due_on or TODAY, TODAY), D(amount), due_on=due_on, **facts)


def test_late_customers_and_funders_weigh_what_they_owe_times_their_delay() -> None:
    rows = [
        flow("100.00", "2026-11-05"),
        flow("50.00", "2026-10-31"),
        flow("900.00", "2026-11-10"),
        flow("900.00", None),
        flow("30.00", "2026-10-11", kind=FlowKind.GRANT, party="Région"),
        flow("-70.00", "2026-10-11", kind=FlowKind.SUPPLIER),
    ]
    late = list(late_payers(7, rows, TODAY))
    assert late == [
        Risk(RiskKind.CUSTOMER, "Zora", D("150.00"), date(2026, 10, 31), D("1000.00"), 7),
        Risk(RiskKind.GRANT, "Région", D("30.00"), date(2026, 10, 11), D("900.00"), 7),
    ]


def test_an_activity_that_goes_under_weighs_what_misses_over_the_days() -> None:
    out = [Flow(date(2026, 12, 3), D("-150.00"), FlowKind.SUPPLIER, "a")]
    back = [Flow(date(2027, 2, 3), D("40.00"), FlowKind.CUSTOMER, "b")]
    found = forecast(D("100.00"), [*out, *back], MONTHS)
    # Down to −50 in December and January, −10 afterwards.
    weight = 50 * (31 + 31) + 10 * (28 + 31 + 30)
    assert going_under(7, "Bois", found, ZERO) == Risk(
        RiskKind.UNDER, "Bois", D("50.00"), date(2026, 12, 1), D(weight), 7
    )
    # What somebody allowed below zero is still below zero.
    assert going_under(7, "Bois", found, D("-500.00")) == going_under(7, "Bois", found, ZERO)
    held = going_under(7, "Bois", found, D("60.00"))
    assert held is not None
    assert held.amount == D("110.00")
    assert going_under(7, "Bois", forecast(D("100.00"), back, MONTHS), D("100.00")) is None


def test_the_ten_heaviest_come_first_and_equals_by_name() -> None:
    risks = [Risk(RiskKind.CUSTOMER, name, D("1.00"), TODAY, D(3), 1) for name in ("Zora", "Bois")]
    risks += [Risk(RiskKind.GRANT, "Région", D("1.00"), TODAY, D(weight), 1) for weight in range(4, 12)]
    risks.append(Risk(RiskKind.UNDER, "Bois", D("1.00"), TODAY, D(2), 1))
    kept = largest(risks)
    assert [(one.name, one.weight) for one in kept[-3:]] == [("Région", D(4)), ("Bois", D(3)), ("Zora", D(3))]
    assert (len(kept), kept[0].weight) == (10, D(11))
    assert largest(risks, 2) == kept[:2]
