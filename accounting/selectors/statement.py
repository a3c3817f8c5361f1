"""The accounts of one activity, as its entrepreneur reads them, and the entries behind each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import ExtractMonth, ExtractYear

from accounting.calculations.statement import (
    FIGURES,
    AccountSum,
    MonthSum,
    Statement,
    sales_of_months,
    statement_at,
)
from accounting.models import Account, AnalyticAccount, ContributionRun, EntryLine, MonthTotal
from accounting.models.sight import reads_books_of
from accounting.selectors.contribution import ContributionSums, answered, runs_of
from accounting.states.books import AccountKind, JournalCode
from cae.core.money import ZERO
from cae.core.periods import Month
from cae.core.questions import Given, Question
from entrepreneurs.models import Activity

MONTHS = 12
# Income and debts grow with credits.
_CREDITED = frozenset({"sales", "inside", "shares", "result", "vat_collected", "vat_waiting"})
_OPENING = Q(entry__journal__code=JournalCode.OPENING)


@dataclass(frozen=True)
class Span:
    """What a figure covers: from a date (none: since the beginning) to another."""

    start: date | None
    end: date


def span_of(period: str, month: Month) -> Span:
    """« month », « year » (from 1 January) or « ever »; each one ends with the month."""
    starts = {"month": month.first, "year": date(month.year, 1, 1)}
    return Span(starts.get(period), month.last)


@dataclass(frozen=True)
class Figures:
    """What the books of an activity say around a month: its statement, the same a year before, its sales."""

    now: Statement
    before: Statement
    sales: tuple[Decimal, ...]


def figures_of(section: AnalyticAccount, month: Month) -> Figures:
    """The figures of a month, with the sales of the twelve months of its year; one query."""
    year = Month(month.year, 1), Month(month.year, 12)
    rows = _SUMS_OF_SECTION(section=section.pk, **_told(month.year, year[1].last))
    sums = [_month_sum(row) for row in rows]
    return Figures(
        now=statement_at(sums, month),
        before=statement_at(sums, Month(month.year - 1, month.month)),
        sales=tuple(sales_of_months(sums, list(year[0].until(year[1])))),
    )


def figures_today(
    activity: Activity, today: date, months: Sequence[Month]
) -> tuple[Statement, list[Decimal]]:
    """The statement of the month as it stands today, and the sales of these months, of this year or the one
    before; one query."""
    rows = _SUMS_OF_ACTIVITY(activity=activity.pk, **_told(today.year, today))
    sums = [_month_sum(row) for row in rows]
    return statement_at(sums, Month.of(today)), sales_of_months(sums, months)


def _told(year: int, end: date) -> dict[str, Any]:
    """Months are told apart from January of the year before; the last, if it is not whole, day by day."""
    whole = Month.of(end + timedelta(days=1)).first
    return {"start": date(year - 1, 1, 1), "whole": whole, "end": end}


def _sums_by_month(**of: Given) -> QuerySet[Any, Any]:
    """Sums of each account and month up to a day, older months together: from the totals of whole months, so
    that their number is not that of entries, and the lines of the month that has begun."""
    totals = MonthTotal.objects.filter(month__lt=Given("whole"), **of)
    lines = EntryLine.objects.filter(on__gte=Given("whole"), on__lte=Given("end"), **of)
    return _by_account(totals, "month", Q(is_opening=True)).union(
        _by_account(lines, "on", _OPENING), all=True
    )


def _by_account(rows: QuerySet[Any, Any], day: str, opening: Q) -> QuerySet[Any, Any]:
    rank = ExtractYear(day) * MONTHS + ExtractMonth(day) - 1
    found: QuerySet[Any, Any] = (
        _but_closings(rows, opening)
        .annotate(rank=Case(When(**{f"{day}__gte": Given("start")}, then=rank)))
        .order_by()
        .values("account__number", "account__kind", "account__role", "rank")
        .annotate(sum=Sum(F("debit") - F("credit")))
        .values_list("account__number", "account__kind", "account__role", "rank", "sum")
    )
    return found


def _but_closings(rows: QuerySet[Any, Any], opening: Q) -> QuerySet[Any, Any]:
    """Entries that close classes 6 and 7 take nothing away from what a year earned."""
    return rows.exclude(opening & ~Q(account__kind=AccountKind.BALANCE))


def _month_sum(row: tuple[str, str, str | None, int | None, Decimal]) -> MonthSum:
    number, kind, role, rank, found = row
    month = None if rank is None else Month(int(rank) // MONTHS, int(rank) % MONTHS + 1)
    return MonthSum(number, kind, role or "", month, found)


_SUMS_OF_SECTION = Question(lambda: _sums_by_month(analytic=Given("section")))
_SUMS_OF_ACTIVITY = Question(lambda: _sums_by_month(analytic__activity=Given("activity")))


def lines_behind(section: AnalyticAccount, figure: str, span: Span) -> QuerySet[EntryLine]:
    """The entry lines that a figure of the statement adds up."""
    rows = EntryLine.objects.filter(analytic=section, account__in=_accounts_of(figure), on__lte=span.end)
    if span.start:
        rows = rows.filter(on__gte=span.start)
    found = _but_closings(rows, _OPENING).select_related("entry__journal", "entry__source_type", "account")
    return found.order_by("on", "entry_id", "position")


def figure_total(section: AnalyticAccount, figure: str, span: Span) -> Decimal:
    """The figure that these lines come to, as the statement shows it."""
    signed = F("credit") - F("debit") if figure in _CREDITED else F("debit") - F("credit")
    total: Decimal = lines_behind(section, figure, span).aggregate(sum=Sum(signed, default=ZERO))["sum"]
    return total


def _accounts_of(figure: str) -> list[int]:
    chosen = FIGURES[figure]
    return [
        account.pk
        for account in Account.objects.all()
        if chosen(AccountSum(account.number, account.kind, account.role or "", ZERO, ZERO, ZERO))
    ]


def first_month(section: AnalyticAccount) -> Month | None:
    """Month of the first entry, where the choice of months begins."""
    first = _FIRST.one(section=section.pk)
    return Month.of(first) if first else None


def _first_day() -> QuerySet[EntryLine, date | None]:
    rows = EntryLine.objects.filter(analytic=Given("section")).order_by()
    return rows.values(of=Value("first")).annotate(first=Min("on")).values_list("first", flat=True)


_FIRST = Question(_first_day)


def section_in_sight(user: Any, activity_id: int) -> AnalyticAccount | None:
    """The section of an activity, if this person reads its accounts."""
    section = _SECTION.first(activity=activity_id)
    return section if section and section.activity and reads_books_of(user, section.activity) else None


_SECTION = Question(
    lambda: AnalyticAccount.objects.select_related("activity").filter(activity=Given("activity"))
)


def runs_of_month(activity: Activity, month: Month) -> list[ContributionRun]:
    """Each run booked in the month, with its working and the runs that it answers."""
    runs = answered(_RUNS(activity=activity.pk, start=month.first, end=month.last))
    # Runs of one scale share it: its rule is read once.
    scales = {run.scale_id: run.scale for run in runs}
    for run in runs:
        run.scale = scales[run.scale_id]
    return runs


_RUNS = Question(lambda: runs_of(Given("activity"), start=Given("start"), end=Given("end")))


def contributions_to(activity: Activity, month: Month) -> tuple[ContributionSums, ContributionSums]:
    """What the activity gave in the month, then since the first of January."""
    base, due, year_base, year_due = _GIVEN.one(
        activity=activity.pk, year=date(month.year, 1, 1), start=month.first, end=month.last
    )
    return ContributionSums(base, due), ContributionSums(year_base, year_due)


def _given_since() -> QuerySet[ContributionRun, Any]:
    rows = ContributionRun.objects.filter(
        activity=Given("activity"), on__gte=Given("year"), on__lte=Given("end")
    )
    of_month = Q(on__gte=Given("start"))
    return (
        rows.order_by()
        .values(of=Value("given"))
        .annotate(
            month_base=Sum("base", filter=of_month, default=ZERO),
            month_due=Sum("due", filter=of_month, default=ZERO),
            year_base=Sum("base", default=ZERO),
            year_due=Sum("due", default=ZERO),
        )
        .values_list("month_base", "month_due", "year_base", "year_due")
    )


_GIVEN = Question(_given_since)
