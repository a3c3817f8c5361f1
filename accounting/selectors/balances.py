"""Balances of activities: added up for the rows that are shown; one sum for every row when it orders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from accounting.models import AnalyticAccount, EntryLine
from accounting.models.accounts import AnalyticAccountQuerySet
from accounting.states.books import BETWEEN_ACTIVITIES, AccountKind, AccountRole
from cae.core.money import ZERO

_MONEY = DecimalField(max_digits=14, decimal_places=2)


class Balances(AnalyticAccountQuerySet):
    """Sections, each with its sales, costs, contribution, result, receivables and cash up to a date.

    A page of fifty among a thousand adds up the lines of fifty; an order by a sum, that one for all; a total,
    all of them."""

    end: date | None = None

    def until(self, end: date | None) -> Balances:
        """The same up to a date, included; none, up to the last entry."""
        rows = self.all()
        rows.end = end
        return rows

    def order_by(self, *names: Any) -> Balances:
        sums = _sums("", self.end)
        return super().order_by(*(_ordering(name, sums) for name in names))

    def aggregate(self, *args: Any, **named: Any) -> dict[str, Any]:
        rows = self.annotate(**_sums("lines__", self.end))
        return super(Balances, rows).aggregate(*args, **named)

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


def _sums(path: str, end: date | None) -> dict[str, Coalesce]:
    """Each balance of a section, from its lines, which `path` leads to."""

    def lines(**conditions: Any) -> Q:
        return Q(**{f"{path}{name}": value for name, value in conditions.items()})

    def added(amount: Any, chosen: Q) -> Coalesce:
        within = chosen & lines(on__lte=end) if end else chosen
        return Coalesce(Sum(amount, filter=within), Value(ZERO), output_field=_MONEY)

    charged = F(f"{path}debit") - F(f"{path}credit")
    internal = lines(account__role__in=[AccountRole.INTERNAL_CHARGE, AccountRole.INTERNAL_INCOME])
    between = lines(account__role__in=BETWEEN_ACTIVITIES)
    income, expense = lines(account__kind=AccountKind.INCOME), lines(account__kind=AccountKind.EXPENSE)
    return {
        "sales": added(-charged, income & ~between),
        "costs": added(charged, expense & ~between),
        "contribution": added(charged, internal),
        "result": added(-charged, income | expense),
        "receivables": added(charged, lines(account__number__startswith="41")),
        "cash": added(charged, lines(account__number__startswith="5")),
    }


def _ordering(name: Any, sums: Mapping[str, Coalesce]) -> Any:
    """The order that a name asks for; that of a sum, once added up for each section."""
    summed = sums.get(name.lstrip("-")) if isinstance(name, str) else None
    if summed is None:
        return name
    lines = EntryLine.objects.filter(analytic=OuterRef("pk")).order_by().values("analytic")
    of_section = Coalesce(
        Subquery(lines.annotate(sum=summed).values("sum")), Value(ZERO), output_field=_MONEY
    )
    return of_section.desc() if name.startswith("-") else of_section.asc()


def _add_up(sections: Sequence[AnalyticAccount], end: date | None) -> None:
    """Gives each of these sections its balances; one query."""
    sums = _sums("", end)
    lines = EntryLine.objects.filter(analytic__among=[section.pk for section in sections]).order_by()
    rows = lines.values("analytic").annotate(**sums).values_list("analytic", *sums)
    found = {key: amounts for key, *amounts in rows}
    for section in sections:
        for name, amount in zip(sums, found.get(section.pk, [ZERO] * len(sums)), strict=True):
            setattr(section, name, amount)
