"""The figures of an activity, from sums by account."""

from __future__ import annotations

from decimal import Decimal

from accounting.calculations.statement import AccountSum, statement


def row(number: str, kind: str, role: str, *sums: str) -> AccountSum:
    return AccountSum(number, kind, role, *(Decimal(text) for text in sums))


ROWS = [
    row("706000", "income", "revenue_services", "-200.00", "-500.00", "-900.00"),
    row("709000", "income", "discount_granted", "20.00", "20.00", "20.00"),
    row("625700", "expense", "expense_meals", "10.00", "30.00", "30.00"),
    row("186000", "expense", "internal_charge", "20.00", "50.00", "90.00"),
    row("187000", "income", "internal_income", "0.00", "0.00", "0.00"),
    row("181000", "balance", "internal_link", "-20.00", "-50.00", "-90.00"),
    row("445710", "balance", "vat_collected", "-40.00", "-60.00", "-60.00"),
    row("445740", "balance", "vat_pending", "0.00", "-40.00", "-40.00"),
    row("411000", "balance", "customer", "0.00", "0.00", "240.00"),
    row("419100", "balance", "customer_advance", "0.00", "0.00", "-40.00"),
    row("512000", "balance", "bank", "0.00", "0.00", "700.00"),
    row("530000", "balance", "", "0.00", "0.00", "5.00"),
]


def test_flows_are_counted_over_the_month_and_the_year() -> None:
    found = statement(ROWS)
    assert (found.sales.month, found.sales.year) == (Decimal("180.00"), Decimal("480.00"))
    assert (found.costs.month, found.costs.year) == (Decimal("10.00"), Decimal("30.00"))
    assert (found.contribution.month, found.contribution.year) == (Decimal("20.00"), Decimal("50.00"))


def test_the_result_is_sales_less_costs_less_contribution() -> None:
    found = statement(ROWS)
    assert found.result.month == found.sales.month - found.costs.month - found.contribution.month
    assert found.result.year == found.sales.year - found.costs.year - found.contribution.year


def test_balances_are_taken_since_the_beginning() -> None:
    found = statement(ROWS)
    assert found.vat_collected == Decimal("60.00")
    assert found.vat_waiting == Decimal("40.00")
    assert found.receivables == Decimal("200.00")
    assert found.cash == Decimal("705.00")


def test_the_shared_services_show_their_income_as_contribution() -> None:
    """Seen from the section that receives, the figure has the other sign: the whole is nothing."""
    shared = statement([row("187000", "income", "internal_income", "-20.00", "-50.00", "-90.00")])
    assert shared.contribution.month == Decimal("-20.00")
    assert shared.sales.month == 0


def test_nothing_gives_zeros() -> None:
    found = statement([])
    assert found.cash == found.result.year == Decimal("0.00")
