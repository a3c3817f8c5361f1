"""From what is owed, promised and usual to dated flows (ACC-31): pure."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.treasury.forecast import Flow, FlowKind, Sureness
from accounting.calculations.treasury.habits import PastCost
from accounting.calculations.treasury.planning import (
    PastPay,
    contribution_on,
    dates_within,
    owed_once,
    pay_flows,
    tax_of,
    usual_flows,
    with_pending_tax,
)
from cae.core.money import ZERO
from cae.core.periods import Month

D = Decimal
TODAY = date(2026, 11, 10)
MONTHS = list(Month(2026, 11).until(Month(2027, 4)))


def flow(amount: str, on: str = "2026-11-20", subject: str = "a", **details: Any) -> Flow:
    facts = {"kind": FlowKind.CUSTOMER} | details
    return Flow(date.fromisoformat(on), D(amount), subject=subject, **facts)


def told(rows: list[Flow]) -> list[tuple[str, Decimal]]:
    return [(row.on.isoformat(), row.amount) for row in rows]


def test_money_that_answers_no_document_is_taken_off_the_oldest() -> None:
    rows = [
        flow("300.00", "2026-12-01", "b", net=D("250.00")),
        flow("100.00", "2026-10-01", "a"),
        flow("-160.00", "2026-11-02", "money"),
    ]
    left = owed_once(rows)
    assert told(left) == [("2026-12-01", D("240.00"))]
    assert left[0].net == D("200.00")
    # Suppliers the other way round; what was paid in advance of nothing is nothing to come.
    owed = [flow(one, kind=FlowKind.SUPPLIER, subject=one) for one in ("-50.00", "80.00", "-40.00")]
    assert told(owed_once(owed)) == [("2026-11-20", D("-10.00"))]
    assert owed_once([flow("-9.00")]) == owed_once([]) == []


def test_the_tax_that_waits_leaves_when_customers_pay() -> None:
    rows = with_pending_tax(D("30.00"), [flow("120.00"), flow("60.00", "2026-12-05")])
    assert [row.net for row in rows] == [D("100.00"), D("50.00")]
    taxes = tax_of([*rows, flow("1.00")], lambda on: Month.of(on).next().first, "vat")
    assert told(taxes) == [("2026-12-01", D("-20.00")), ("2027-01-01", D("-10.00"))]
    assert {row.kind for row in taxes} == {FlowKind.TAX}
    assert tax_of([flow("5.00", net=D("5.00"))], lambda on: on, "vat") == []
    assert [row.net for row in with_pending_tax(ZERO, [flow("5.00")])] == [None]
    assert with_pending_tax(D("3.00"), []) == []


def test_what_sales_to_come_give_leaves_at_the_end_of_their_month() -> None:
    rows = [flow("120.00", net=D("100.00")), flow("50.00"), flow("12.00", "2026-12-05", net=D("10.00"))]
    given = contribution_on(rows, D("0.1"), "contribution")
    assert told(given) == [("2026-11-30", D("-15.00")), ("2026-12-31", D("-1.00"))]
    assert contribution_on(rows, ZERO, "contribution") == []


OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def test_pay_is_what_is_owed_then_proposed_then_as_it_was_last() -> None:
    past = PastPay({OCTOBER: D("900.00"), Month(2026, 9): D("700.00")}, {NOVEMBER: D("950.00")})
    rows = pay_flows(past, D("-600.00"), MONTHS[:3], TODAY)
    assert [(row.on.isoformat(), row.amount, row.kind, row.sureness) for row in rows] == [
        # Of October: no scenario changes it.
        ("2026-11-10", D("-600.00"), FlowKind.OTHER, Sureness.BOOKED),
        ("2026-11-30", D("-950.00"), FlowKind.PAY, Sureness.PLANNED),
        ("2026-12-31", D("-950.00"), FlowKind.PAY, Sureness.USUAL),
        ("2027-01-31", D("-950.00"), FlowKind.PAY, Sureness.USUAL),
    ]


def test_the_pay_of_a_month_in_the_books_is_not_expected_again() -> None:
    past = PastPay({NOVEMBER: D("900.00")}, {NOVEMBER: D("950.00"), OCTOBER: D("800.00")})
    rows = pay_flows(past, D("-600.00"), MONTHS[:2], TODAY)
    assert [(row.on.isoformat(), row.amount, row.kind) for row in rows] == [
        ("2026-11-10", D("-600.00"), FlowKind.PAY),
        ("2026-11-10", D("-800.00"), FlowKind.OTHER),
        ("2026-12-31", D("-900.00"), FlowKind.PAY),
    ]


@pytest.mark.parametrize(
    "past",
    [
        PastPay({}, {}),
        # Nobody was paid for three months; a reversal; a proposal of nothing.
        PastPay({Month(2026, 8): D("900.00")}, {}),
        PastPay({OCTOBER: D("-900.00")}, {}),
        PastPay({}, {NOVEMBER: ZERO}),
    ],
)
def test_who_is_not_paid_any_more_is_not_expected_to_be(past: PastPay) -> None:
    assert pay_flows(past, ZERO, MONTHS, TODAY) == []


def cost(key: str, on: str, amount: str) -> PastCost:
    return PastCost(key, date.fromisoformat(on), D(amount))


LONG_AGO = date(2020, 1, 1)
RENT = [cost("Bailleur", f"2026-{month:02}-05", "100.00") for month in (8, 9, 10)]


def test_what_comes_back_comes_on_its_day_and_the_rest_on_average() -> None:
    odd = [cost("Imprimeur", "2026-05-20", "60.00"), cost("Imprimeur", "2026-06-20", "300.00")]
    rows = usual_flows([*RENT, *odd], MONTHS[:2], TODAY, LONG_AGO)
    assert [(row.on.isoformat(), row.amount, row.party) for row in rows] == [
        # The fifth of this month is over and nothing came: today.
        ("2026-11-10", D("-100.00"), "Bailleur"),
        ("2026-12-05", D("-100.00"), "Bailleur"),
        # 360 over the six months from May to October.
        ("2026-11-30", D("-60.00"), ""),
        ("2026-12-31", D("-60.00"), ""),
    ]


def test_what_this_month_has_had_already_is_not_expected_again() -> None:
    odd = [cost("Imprimeur", "2026-09-20", "300.00"), cost("Imprimeur", "2026-11-02", "250.00")]
    costs = [*RENT, cost("Bailleur", "2026-11-05", "100.00"), *odd]
    rows = usual_flows(costs, MONTHS[:2], TODAY, date(2026, 8, 1))
    assert [(row.on.isoformat(), row.amount) for row in rows] == [
        ("2026-12-05", D("-100.00")),
        # 300 over the three months since it began: November has had more.
        ("2026-12-31", D("-100.00")),
    ]
    for known in ([], [cost("a", "2026-11-02", "5.00")]):
        assert usual_flows(known, MONTHS, TODAY, LONG_AGO) == []


@pytest.mark.parametrize(
    ("ends", "step", "days"),
    [
        (None, None, ["2026-11-30"]),
        (None, 1, ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28"]),
        (date(2027, 1, 15), 1, ["2026-11-30", "2026-12-31"]),
        (None, 3, ["2026-11-30", "2027-02-28"]),
    ],
)
def test_a_plan_comes_on_its_days_and_the_31st_stays_the_31st(
    ends: date | None, step: int | None, days: list[str]
) -> None:
    starts = date(2026, 8, 31) if step else date(2026, 11, 30)
    found = dates_within(starts, ends, step, TODAY, date(2027, 3, 30))
    assert [day.isoformat() for day in found] == days
    assert dates_within(date(2026, 9, 1), None, None, TODAY, date(2027, 3, 30)) == []
