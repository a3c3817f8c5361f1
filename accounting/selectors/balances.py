"""Balances of activities: added up for the rows that are shown; one sum for every row when it orders them.

Whole months are read from their totals, whose number does not depend on that of entries; lines are read only
of a month that the date asked for does not end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounting.models import AnalyticAccount, EntryLine, MonthTotal
from accounting.models.accounts import AnalyticAccountQuerySet
from accounting.states.books import BETWEEN_ACTIVITIES, AccountKind, AccountRole
from cae.core.money import ZERO
from cae.core.periods import Month

_MONEY = DecimalField(max_digits=14, decimal_places=2)


@dataclass(frozen=True)
class _Rows:
    """Rows that are added up: how a section reaches them, those of the period, those that sell or spend."""

    model: Any
    path: str
    within: Mapping[str, Any]
    flows: Mapping[str, Any]


def _read(end: date | None) -> list[_Rows]:
    """Totals of months up to a date, then the lines of the month that it does not end; none, all totals."""
    # What takes a year to its result bears the last day of a month: none of it in a month begun.
    flows = {"is_opening": False}
    if end is None:
        return [_Rows(MonthTotal, "month_totals__", {}, flows)]
    split = Month.of(end + timedelta(days=1)).first
    found = [_Rows(MonthTotal, "month_totals__", {"month__lt": split}, flows)]
    if split <= end:
        found.append(_Rows(EntryLine, "lines__", {"on__gte": split, "on__lte": end}, {}))
    return found


class Balances(AnalyticAccountQuerySet):
    """Sections, each with its sales, costs, contribution, result, receivables and cash up to a date.

    A page of fifty among a thousand adds up what fifty moved; an order by a sum, that one for all; a total,
    all of them."""

    end: date | None = None

    def until(self, end: date | None) -> Balances:
        """The same up to a date, included; none, up to the last entry."""
        rows = self.all()
        rows.end = end
        return rows

    def order_by(self, *names: Any) -> Balances:
        return super().order_by(*(_ordering(name, self.end) for name in names))

    def aggregate(self, *args: Any, **named: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for read in _read(self.end):
            rows = self.annotate(**_sums(read, read.path))
            for name, sum_of in super(Balances, rows).aggregate(*args, **named).items():
                found[name] = found.get(name, ZERO) + (sum_of or ZERO)
        return found

    def _clone(self) -> Balances:
        rows: Balances = super()._clone()  # type: ignore[misc]
        rows.end = self.end
        return rows

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and self._result_cache:
            _add_up(self._result_cache, self.end)


def activity_balances(user: Any, *, end: date | None = None) -> Balances:
    """Each section in sight with its balances on a date."""
    rows: Balances = Balances(AnalyticAccount).visible_to(user)  # type: ignore[assignment]
    return rows.until(end).select_related("activity").order_by("kind", "sort_label")


def _sums(read: _Rows, path: str = "") -> dict[str, Coalesce]:
    """Each balance of a section, from these rows, which `path` leads to. What a year took to its result is
    still what was sold and spent."""

    def rows(conditions: Mapping[str, Any]) -> Q:
        return Q(**{f"{path}{name}": value for name, value in conditions.items()})

    def added(amount: Any, chosen: Q) -> Coalesce:
        counted = rows(read.within) & chosen
        return Coalesce(Sum(amount, filter=counted), Value(ZERO), output_field=_MONEY)

    flow = rows(read.flows)
    charged = F(f"{path}debit") - F(f"{path}credit")
    internal = rows({"account__role__in": [AccountRole.INTERNAL_CHARGE, AccountRole.INTERNAL_INCOME]})
    between = rows({"account__role__in": BETWEEN_ACTIVITIES})
    income = rows({"account__kind": AccountKind.INCOME})
    expense = rows({"account__kind": AccountKind.EXPENSE})
    return {
        "sales": added(-charged, flow & income & ~between),
        "costs": added(charged, flow & expense & ~between),
        "contribution": added(charged, flow & internal),
        "result": added(-charged, flow & (income | expense)),
        "receivables": added(charged, rows({"account__number__startswith": "41"})),
        "cash": added(charged, rows({"account__number__startswith": "5"})),
    }


def _ordering(name: Any, end: date | None) -> Any:
    """The order that a name asks for; that of a sum, once added up for each section."""
    asked = name.lstrip("-") if isinstance(name, str) else ""
    sums = [(read, found[asked]) for read in _read(end) if asked in (found := _sums(read))]
    if not sums:
        return name
    of_section = reduce(add, (_of_section(read, summed) for read, summed in sums))
    return of_section.desc() if name.startswith("-") else of_section.asc()


def _of_section(read: _Rows, summed: Coalesce) -> Coalesce:
    rows = read.model.objects.filter(analytic=OuterRef("pk")).order_by().values("analytic")
    return Coalesce(Subquery(rows.annotate(sum=summed).values("sum")), Value(ZERO), output_field=_MONEY)


def _add_up(sections: Sequence[AnalyticAccount], end: date | None) -> None:
    """Gives each of these sections its balances; a query over totals, another over a month begun."""
    keys = [section.pk for section in sections]
    found: dict[int, list[Any]] = {}
    names: tuple[str, ...] = ()
    for read in _read(end):
        sums = _sums(read)
        names = tuple(sums)
        rows = read.model.objects.filter(analytic__among=keys).order_by().values("analytic")
        for key, *amounts in rows.annotate(**sums).values_list("analytic", *sums):
            before = found.get(key, [ZERO] * len(names))
            found[key] = [one + other for one, other in zip(before, amounts, strict=True)]
    for section in sections:
        for name, amount in zip(names, found.get(section.pk, [ZERO] * len(names)), strict=True):
            setattr(section, name, amount)
