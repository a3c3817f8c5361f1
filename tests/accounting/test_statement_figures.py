"""The figures of an activity, from sums by account."""

from __future__ import annotations

from decimal import Decimal

from accounting.calculations.statement import (
    AccountSum,
    MonthSum,
    flows_told,
    sales_of_months,
    statement,
    statement_at,
)
from cae.core.periods import Month


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


def test_what_goes_between_activities_is_neither_a_sale_nor_a_contribution() -> None:
    inside = [
        row("186100", "expense", "inside_charge", "30.00", "30.00", "30.00"),
        row("187100", "income", "inside_income", "-100.00", "-150.00", "-150.00"),
    ]
    found, without = statement([*ROWS, *inside]), statement(ROWS)
    assert (found.sales, found.costs) == (without.sales, without.costs)
    assert found.contribution == without.contribution
    assert (found.inside.month, found.inside.year) == (Decimal("70.00"), Decimal("120.00"))
    assert found.result.month == without.result.month + Decimal("70.00")
    assert "inside" in flows_told(found)
    assert "inside" not in flows_told(without)


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


def _sum(number: str, kind: str, month: Month | None, amount: str, role: str = "") -> MonthSum:
    return MonthSum(number, kind, role, month, Decimal(amount))


def test_a_month_counts_its_own_lines_its_year_and_all_before() -> None:
    sums = [
        _sum("706", "income", None, "-1000"),
        _sum("706", "income", Month(2025, 12), "-40"),
        _sum("706", "income", Month(2026, 1), "-20"),
        _sum("706", "income", Month(2026, 2), "-7"),
        _sum("706", "income", Month(2026, 3), "-500"),
        _sum("512", "asset", None, "900"),
        _sum("512", "asset", Month(2026, 3), "1"),
    ]
    found = statement_at(sums, Month(2026, 2))
    assert (found.sales.month, found.sales.year) == (Decimal(7), Decimal(27))
    assert found.cash == Decimal(900)
    assert statement_at(sums, Month(2026, 3)).cash == Decimal(901)
    assert statement_at(sums, Month(2025, 12)).sales.year == Decimal(40)


def test_sales_of_each_month_leave_what_is_no_sale() -> None:
    sums = [
        _sum("706", "income", Month(2026, 1), "-20"),
        _sum("707", "income", Month(2026, 1), "-5"),
        _sum("791", "income", Month(2026, 1), "-99", role="internal_income"),
        _sum("706", "income", None, "-1000"),
        _sum("706", "income", Month(2026, 4), "-8"),
    ]
    months = [Month(2026, rank) for rank in (1, 2, 3)]
    assert sales_of_months(sums, months) == [Decimal(25), Decimal(0), Decimal(0)]
