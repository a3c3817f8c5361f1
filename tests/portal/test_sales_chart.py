"""An activity on the first page: three figures and the chart of six months that end with this one."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounting.calculations.statement import MonthSum, sales_of_months, statement_at
from cae.core.periods import Month
from cae.portal import selectors
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db


def sold(monkeypatch: pytest.MonkeyPatch, amounts: dict[tuple[int, int], str]) -> None:
    sums = [
        MonthSum("706", "income", "", Month(*month), -Decimal(amount)) for month, amount in amounts.items()
    ]

    def figures_today(_activity: Any, today: date, months: Sequence[Month]) -> Any:
        return statement_at(sums, Month.of(today)), sales_of_months(sums, months)

    monkeypatch.setattr(selectors, "figures_today", figures_today)


def test_six_months_cross_the_new_year(monkeypatch: pytest.MonkeyPatch) -> None:
    sold(monkeypatch, {(2025, 11): "10", (2026, 2): "20", (2026, 3): "99", (2025, 2): "77"})
    rows = selectors.activity_shown(make_activity(), date(2026, 2, 14)).sales
    assert [amount for _label, amount in rows] == [0, 0, 10, 0, 0, 20]
    assert rows[0][0].lower().startswith("sep")
    assert len({label for label, _amount in rows}) == 6


def test_nothing_is_drawn_before_the_first_sale() -> None:
    assert selectors.activity_shown(make_activity(), date(2026, 2, 14)).sales == ()


def test_figures_stand_as_today(django_assert_num_queries: Any) -> None:
    books.scale()
    activity = make_activity(code="A1")
    books.sale(activity, "100.00", on=date(2026, 2, 10), number="F-1")
    books.sale(activity, "50.00", on=date(2026, 2, 20), number="F-2")
    books.take(activity, "100.00", on=date(2026, 2, 10), number="F-1")
    with django_assert_num_queries(1):
        shown = selectors.activity_shown(activity, date(2026, 2, 14))
    assert [figure.value for figure in shown.figures] == [Decimal(120), Decimal(0), Decimal(10)]
    assert [amount for _label, amount in shown.sales][-1] == Decimal(100)
