"""Penalties day by day and the flat indemnity: rates, years, payments, rounding once (INV-42)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from invoicing.calculations.late_fees import NO_FEES, half_year_of, half_years, late_fees

DUE = date(2026, 4, 1)
RATE = {date(2026, 1, 1): Decimal("0.1215"), date(2026, 7, 1): Decimal("0.1200")}
FORTY = Decimal(40)


def fees(owed: str, *payments: tuple[date, str], on: date, indemnity: Decimal = FORTY) -> object:
    told = [(day, Decimal(amount)) for day, amount in payments]
    return late_fees(Decimal(owed), told, due_on=DUE, on=on, rates=RATE, indemnity=indemnity)


def test_nothing_until_the_day_after_the_due_date() -> None:
    assert fees("1000", on=DUE) == NO_FEES
    found = fees("1000", on=date(2026, 4, 2))
    assert (found.penalty, found.indemnity) == (Decimal("0.33"), FORTY)  # 1000 × 12.15 % / 365


def test_thirty_days_at_one_rate() -> None:
    # 1000 × 0.1215 × 30 / 365 = 9.986…
    found = fees("1000", on=date(2026, 5, 1))
    assert found.penalty == Decimal("9.99")
    assert found.total == Decimal("49.99")
    assert [span.days for span in found.spans] == [30]


def test_a_payment_stops_the_days_after_its_own() -> None:
    # 1000 for 9 days (2 to 10 April), then 400 for 21 days.
    found = fees("1000", (date(2026, 4, 10), "600"), on=date(2026, 5, 1))
    assert [(span.days, span.amount) for span in found.spans] == [(9, Decimal(1000)), (21, Decimal(400))]
    assert found.penalty == Decimal("5.79")  # (9000 + 8400) × 0.1215 / 365 = 5.792


def test_money_taken_back_counts_again() -> None:
    found = fees("1000", (date(2026, 3, 1), "1000"), (date(2026, 4, 10), "-1000"), on=date(2026, 4, 12))
    assert [(span.first, span.amount) for span in found.spans] == [(date(2026, 4, 11), Decimal(1000))]


def test_paid_in_time_owes_nothing_not_even_the_indemnity() -> None:
    assert fees("1000", (date(2026, 4, 1), "1000"), on=date(2026, 5, 1)) == NO_FEES


def test_paid_late_owes_its_days_and_the_indemnity() -> None:
    found = fees("1000", (date(2026, 4, 3), "1000"), on=date(2026, 5, 1))
    assert found.penalty == Decimal("0.67")
    assert found.indemnity == FORTY


def test_each_half_year_has_its_rate() -> None:
    found = fees("1000", on=date(2026, 7, 10))
    assert [(span.days, span.rate) for span in found.spans] == [
        (90, Decimal("0.1215")),
        (10, Decimal("0.1200")),
    ]
    # 1000 × (0.1215 × 90 + 0.12 × 10) / 365 = 33.246…
    assert found.penalty == Decimal("33.25")


def test_a_leap_year_has_366_days() -> None:
    rates = {date(2027, 7, 1): Decimal("0.10"), date(2028, 1, 1): Decimal("0.10")}
    found = late_fees(Decimal(36600), (), due_on=date(2027, 12, 31), on=date(2028, 1, 10), rates=rates)
    assert found.penalty == Decimal("100.00")
    both = late_fees(Decimal(36500), (), due_on=date(2027, 12, 30), on=date(2028, 1, 1), rates=rates)
    assert both.penalty == Decimal("19.97")  # 10 for the day of 2027, 9.972… for that of 2028


def test_rounding_happens_once() -> None:
    """Three spans of a third of a cent each make one cent, not none."""
    rates = {date(2026, 1, 1): Decimal("0.0365")}
    payments = [(date(2026, 4, day), Decimal("0.00")) for day in (2, 3)]
    found = late_fees(Decimal("33.40"), payments, due_on=DUE, on=date(2026, 4, 4), rates=rates)
    assert len(found.spans) == 3
    assert found.penalty == Decimal("0.01")


def test_half_years() -> None:
    assert half_year_of(date(2026, 6, 30)) == date(2026, 1, 1)
    assert half_year_of(date(2026, 7, 1)) == date(2026, 7, 1)
    assert half_years(date(2026, 5, 2), date(2027, 1, 1)) == [
        date(2026, 1, 1),
        date(2026, 7, 1),
        date(2027, 1, 1),
    ]
