"""What reads expenses and income says the same once a year is taken to its result."""

from __future__ import annotations

from datetime import date

import pytest

from accounting.models import FiscalYear
from accounting.selectors.accounts import section_of
from accounting.selectors.pay_years import years_of_people
from accounting.selectors.periods import fiscal_year_of
from accounting.selectors.sharing import result_lines
from accounting.services.periods import ensure_year
from accounting.services.year_end import carry_result
from cae.core.money import ZERO
from tests.factories.accounting_pay_years import YEAR, a_year

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_the_balance_of_pay_and_the_result_to_share_outlive_the_closing_entries() -> None:
    a_year()
    [one] = years_of_people(YEAR)
    section = section_of(one.activity)
    lines = set(result_lines(section, YEAR.starts_on, YEAR.ends_on))
    assert lines
    assert one.figures.balance > ZERO
    year: FiscalYear = ensure_year(date(2025, 12, 31), actor=None)
    assert fiscal_year_of(YEAR.starts_on) == year

    assert {line.analytic for entry in carry_result(year, actor=None) for line in entry.lines.all()} >= {
        section
    }

    assert years_of_people(YEAR) == [one]
    assert set(result_lines(section, YEAR.starts_on, YEAR.ends_on)) == lines
