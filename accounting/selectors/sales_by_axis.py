"""Total sales of each year by activity, territory, trade, kind of customer or collective (ACC-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Min, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from accounting.models import SaleMovement
from accounting.states.contributions import SaleCategory
from accounting.states.sales_axes import SalesAxis
from cae.core.facts import facts
from cae.core.money import ZERO
from entrepreneurs.models import Activity

# What a room above answers: for each year, its sales by a label that it alone knows.
BY_CUSTOMER = "sales.by_customer_kind"


@dataclass(frozen=True)
class AxisRow:
    """A value of the axis, its sales of each year, in the order of the years asked."""

    label: str
    sums: tuple[Decimal, ...]
    activity: int | None = None


def first_year(on: date) -> int:
    """The oldest year that sold something."""
    first = SaleMovement.objects.aggregate(first=Min("on"))["first"]
    return first.year if first else on.year


def sales_outside(years: Iterable[int]) -> QuerySet[SaleMovement]:
    """What was sold to customers in these years: not what activities sell each other."""
    return SaleMovement.objects.exclude(category=SaleCategory.INTERNAL).filter(on__year__in=list(years))


def sales_by_axis(axis: str, years: Sequence[int], *, said: str = "", on: date) -> list[AxisRow]:
    """The rows whose label holds these words, the best seller of the first year first."""
    if axis == SalesAxis.CUSTOMER:
        found = facts(BY_CUSTOMER, years, on=on)
        sums: dict[Any, dict[int, Decimal]] = {}
        for year, by_label in found.items():
            for label, amount in by_label.items():
                sums.setdefault((label, None), {})[year] = amount
    else:
        sums = _by_activity(axis, years)
    words = said.casefold().split()
    rows = [
        AxisRow(label, tuple(of_years.get(year, ZERO) for year in years), activity)
        for (label, activity), of_years in sums.items()
        if all(word in label.casefold() for word in words)
    ]
    return sorted(rows, key=lambda row: ([-amount for amount in row.sums], row.label))


def _by_activity(axis: str, years: Sequence[int]) -> dict[Any, dict[int, Decimal]]:
    rows = (
        sales_outside(years)
        .annotate(year=ExtractYear("on"))
        .order_by()
        .values_list("activity_id", "year")
        .annotate(sum=Sum("net"))
    )
    found = list(rows)
    known = Activity.objects.select_related("trade", "scope__territory").in_bulk(
        {key for key, *_rest in found}
    )
    sums: dict[Any, dict[int, Decimal]] = {}
    for key, year, amount in found:
        of_value = sums.setdefault(_value(axis, known[key]), {})
        of_value[year] = of_value.get(year, ZERO) + amount
    return sums


def _value(axis: str, activity: Activity) -> tuple[str, int | None]:
    """The words of an activity on this axis, and its key where the axis is itself."""
    if axis == SalesAxis.ACTIVITY:
        return activity.name, activity.pk
    if axis == SalesAxis.TERRITORY:
        territory = activity.scope.territory
        return (territory.name if territory else _("Sans territoire")), None
    if axis == SalesAxis.TRADE:
        return activity.trade.name, None
    if activity.is_collective:
        return activity.name, activity.pk
    return _("Activités individuelles"), None
