"""What accounts moved for a statement by layout: month totals, and the lines of a month that is not whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from accounting.calculations.layouts.layout import Layout
from accounting.calculations.layouts.selections import EARLIER, RESULT
from accounting.calculations.layouts.standing import BETWEEN, Moved
from accounting.models import Account, AnalyticAccount, EntryLine, MonthTotal
from accounting.selectors.periods import year_span
from accounting.states.books import AccountKind, JournalCode
from accounting.states.layouts import LayoutKind
from cae.core.money import ZERO
from cae.core.periods import Month, after_months

_SIGNED = F("debit") - F("credit")
# By nature of section, then by column.
ByNature = dict[str, list[list[Moved]]]


@dataclass(frozen=True)
class Column:
    """What a column counts: the days of a period; for what stands on its last day, those of its year."""

    start: date
    end: date

    @property
    def split(self) -> date:
        """The first day that month totals do not count: that of a month which the column does not end."""
        return Month.of(self.end + timedelta(days=1)).first


def period_columns(month: Month, years: int) -> list[Column]:
    """The month and the same a year before; then the financial year up to it, beside earlier ones."""
    months = [Month(month.year - back, month.month) for back in range(years + 1)]
    flows = [Column(one.first, one.last) for one in months[:2]]
    return flows + [Column(year_span(one.last).starts_on, one.last) for one in months]


def standing_columns(on: date, years: int) -> list[Column]:
    """A day, and the same in earlier years (the last of its month, if it is one)."""
    ends = [_earlier(on, back) for back in range(years + 1)]
    return [Column(year_span(end).starts_on, end) for end in ends]


def _earlier(on: date, years: int) -> date:
    found = after_months(on, -12 * years)
    return Month.of(found).last if on == Month.of(on).last else found


def moved(columns: Sequence[Column], *, section: AnalyticAccount | None = None) -> ByNature:
    """What each account moved in each column, by nature of section; one section only, if one is given. Two
    queries at most, over rows whose number does not depend on that of entries."""
    found: dict[tuple[str, str, str, str], list[Decimal]] = defaultdict(lambda: [ZERO] * (2 * len(columns)))
    for rows in _sources(columns, section):
        for nature, number, kind, role, *sums in rows:
            kept = found[nature, number, kind, role or ""]
            for rank, amount in enumerate(sums):
                kept[rank] += amount or ZERO
    by_nature: ByNature = {}
    for (nature, number, kind, role), sums in sorted(found.items()):
        columns_of = by_nature.setdefault(nature, [[] for _column in columns])
        for rank, rows_of in enumerate(columns_of):
            rows_of.append(Moved(number, kind, role, sums[2 * rank], sums[2 * rank + 1]))
    return by_nature


def all_moved(by_nature: ByNature, rank: int) -> list[Moved]:
    """The rows of a column, whatever the nature of their section."""
    return [row for columns in by_nature.values() for row in columns[rank]]


def _sources(
    columns: Sequence[Column], section: AnalyticAccount | None
) -> list[QuerySet[MonthTotal, Any] | QuerySet[EntryLine, Any]]:
    chosen = Q() if section is None else Q(analytic=section)
    whole = {
        f"{name}{rank}": Sum(_SIGNED, filter=within)
        for rank, one in enumerate(columns)
        for name, within in (
            ("period", Q(month__gte=one.start, month__lt=one.split, is_opening=False)),
            ("ever", Q(month__lt=one.split)),
        )
    }
    found: list[Any] = [_grouped(MonthTotal.objects.filter(chosen), whole)]
    begun = [one for one in columns if one.split <= one.end]
    if begun:
        days = {
            f"{name}{rank}": Sum(_SIGNED, filter=within)
            for rank, one in enumerate(columns)
            for name, within in (
                ("period", _days(one) & ~Q(entry__journal__code=JournalCode.OPENING)),
                ("ever", _days(one)),
            )
        }
        near = Q(pk=None)
        for one in begun:
            near |= _days(one)
        found.append(_grouped(EntryLine.objects.filter(chosen & near), days))
    return found


def _days(column: Column) -> Q:
    """The days of a month that the column does not end; none, most often."""
    return Q(on__gte=column.split, on__lte=column.end)


def _grouped(rows: QuerySet[Any, Any], sums: dict[str, Sum]) -> QuerySet[Any, Any]:
    key = ("analytic__kind", "account__number", "account__kind", "account__role")
    found: QuerySet[Any, Any] = rows.order_by().values(*key).annotate(**sums).values_list(*key, *sums)
    return found


def lines_of_figure(
    layout: Layout, code: str, *, kind: str, column: Column, section: AnalyticAccount | None
) -> QuerySet[EntryLine]:
    """The entry lines that a figure comes from, through its formula if it has one. Of the cooperative (no
    section), without what goes between its sections, which is taken off the figure."""
    selections = layout.behind(code)
    accounts = [one for one in Account.objects.all() if section is not None or one.role not in BETWEEN]
    results = [one.pk for one in accounts if one.kind != AccountKind.BALANCE]
    opening = Q(entry__journal__code=JournalCode.OPENING)
    of_period = Q(on__gte=column.start) & ~opening

    def taking(key: str) -> bool:
        return any(selection.takes(key) for selection in selections)

    if kind == LayoutKind.INCOME:
        named = [one.pk for one in accounts if one.pk in set(results) and taking(one.number)]
        chosen = Q(account__in=named) & of_period
    else:
        chosen = Q(
            account__in=[one.pk for one in accounts if one.pk not in set(results) and taking(one.number)]
        )
        if taking(RESULT):
            chosen |= Q(account__in=results) & of_period
        if taking(EARLIER):
            chosen |= Q(account__in=results) & ~of_period
    rows = EntryLine.objects.filter(chosen, on__lte=column.end)
    if section is not None:
        rows = rows.filter(analytic=section)
    return rows.select_related("entry__journal", "account", "analytic").order_by("on", "entry_id", "position")
