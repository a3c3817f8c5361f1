"""The chart of the first page: six months that end with this one, of the activity in use."""

from datetime import date
from decimal import Decimal

import pytest

from accounting.models import AnalyticAccount
from cae.portal import selectors
from tests.factories.entrepreneurs import make_activity

pytestmark = pytest.mark.django_db


def sold(monkeypatch: pytest.MonkeyPatch, amounts: dict[tuple[int, int], str]) -> None:
    def sales_by_month(_section: AnalyticAccount, year: int) -> list[Decimal]:
        return [Decimal(amounts.get((year, month), "0")) for month in range(1, 13)]

    monkeypatch.setattr(selectors, "sales_by_month", sales_by_month)


def test_six_months_cross_the_new_year(monkeypatch: pytest.MonkeyPatch) -> None:
    sold(monkeypatch, {(2025, 11): "10", (2026, 2): "20", (2026, 3): "99", (2025, 2): "77"})
    rows = selectors.sales_of_six_months(make_activity(), date(2026, 2, 14))
    assert [amount for _label, amount in rows] == [0, 0, 10, 0, 0, 20]
    assert rows[0][0].lower().startswith("sep")
    assert len({label for label, _amount in rows}) == 6


def test_nothing_is_drawn_without_activity_or_sale(monkeypatch: pytest.MonkeyPatch) -> None:
    sold(monkeypatch, {})
    assert selectors.sales_of_six_months(None, date(2026, 2, 14)) == []
    assert selectors.sales_of_six_months(make_activity(), date(2026, 2, 14)) == []
