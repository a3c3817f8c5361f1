"""The floor of each section on a day: one answer for orders, pay and forecasts (ACC-33)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from accounting.calculations.treasury.floors import floor_in_force
from accounting.models import AnalyticAccount, CashFloor, FloorExcess
from accounting.pay_parameters import CASH_FLOOR
from accounting.states.books import AnalyticKind
from cae.core.money import ZERO
from cae.core.settings import value_of

# The usual floor is that of people who live from what they earn; funds keep one only when they are given one.
_USUAL = (AnalyticKind.ACTIVITY, AnalyticKind.PERSON)


def floors_of(sections: Iterable[AnalyticAccount], on: date) -> dict[int, Decimal]:
    """The lowest cash of each of these sections on a day, by key, in two questions. Shared services have
    none: they are left out."""
    rows = {section.pk: section for section in sections if section.kind != AnalyticKind.SHARED}
    own = dict(_amounts(CashFloor, rows, on))
    excesses = dict(_amounts(FloorExcess, rows, on))
    usual = value_of(CASH_FLOOR, on=on)
    return {
        key: floor_in_force(own.get(key), excesses.get(key), usual if section.kind in _USUAL else ZERO)
        for key, section in rows.items()
    }


def floor_of(section: AnalyticAccount, on: date) -> Decimal:
    """The lowest cash of one section on a day; zero for the shared services, which are never held."""
    return floors_of([section], on).get(section.pk, ZERO)


def _amounts(
    model: type[CashFloor] | type[FloorExcess], sections: Iterable[int], on: date
) -> Iterable[tuple[int, Decimal]]:
    rows = model.objects.in_force(on).filter(section__in=list(sections))
    return rows.order_by().values_list("section", "amount")
