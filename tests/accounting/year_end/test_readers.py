"""What reads expenses and income says the same once a year is taken to its result."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Sum

from accounting.models import FiscalYear
from accounting.selectors.accounts import section_of
from accounting.selectors.balances import activity_balances
from accounting.selectors.contribution_controls import contribution_faults
from accounting.selectors.ledger import (
    cash_of,
    contribution_of_month,
    margin_of_month,
    sales_of_month,
    sales_of_year,
)
from accounting.selectors.pay_years import years_of_people
from accounting.selectors.periods import fiscal_year_of
from accounting.selectors.sharing import result_lines
from accounting.services.periods import ensure_year
from accounting.services.year_end import carry_result
from cae.core.money import ZERO
from people.states import RoleKind
from tests.factories.accounting_pay_years import YEAR, a_year
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_the_balance_of_pay_and_the_result_to_share_outlive_the_closing_entries() -> None:
    a_year()
    [one] = years_of_people(YEAR)
    section = section_of(one.activity)
    reader = make_user(RoleKind.ACCOUNTANT)

    def told() -> list[Any]:
        ends = (None, date(2025, 12, 31), date(2025, 12, 15), date(2026, 1, 2))
        rows = [activity_balances(reader, end=end).order_by("-result", "code") for end in ends]
        names = ("sales", "costs", "contribution", "result", "receivables", "cash")
        days = [date(2025, 12, 31), date(2026, 1, 2)]
        questions = (sales_of_year, sales_of_month, margin_of_month, contribution_of_month, cash_of)
        return [
            [[row.code, *(getattr(row, name) for name in names)] for one in rows for row in one],
            [one.aggregate(total=Sum("result"))["total"] for one in rows],
            [question([section.activity_id], day) for question in questions for day in days],
        ]

    before, faults = told(), list(contribution_faults())
    assert any(amount for _code, *sums in before[0] for amount in sums)
    lines = set(result_lines(section, YEAR.starts_on, YEAR.ends_on))
    assert lines
    assert one.figures.balance > ZERO
    year: FiscalYear = ensure_year(date(2025, 12, 31), actor=None)
    assert fiscal_year_of(YEAR.starts_on) == year

    assert {line.analytic for entry in carry_result(year, actor=None) for line in entry.lines.all()} >= {
        section
    }

    assert told() == before
    assert years_of_people(YEAR) == [one]
    assert set(result_lines(section, YEAR.starts_on, YEAR.ends_on)) == lines
    assert list(contribution_faults()) == faults
