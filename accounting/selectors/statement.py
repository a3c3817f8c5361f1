"""The accounts of one activity, as its entrepreneur reads them, and the entries behind each figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, ExtractMonth

from accounting.calculations.statement import FIGURES, AccountSum, Statement, statement
from accounting.models import Account, AnalyticAccount, EntryLine
from cae.core.money import ZERO
from cae.core.periods import Month


@dataclass(frozen=True)
class Span:
    """What a figure covers: from a date (none: since the beginning) to another."""

    start: date | None
    end: date


def span_of(period: str, month: Month) -> Span:
    """« month », « year » (from 1 January) or « ever »; each one ends with the month."""
    starts = {"month": month.first, "year": date(month.year, 1, 1)}
    return Span(starts.get(period), month.last)


def statement_of(section: AnalyticAccount, month: Month) -> Statement:
    """Month, year to date and balances at the end of the month."""
    signed = F("debit") - F("credit")
    until = Q(entry__on__lte=month.last)
    rows = (
        EntryLine.objects.filter(until, analytic=section)
        .values("account__number", "account__kind", "account__role")
        .annotate(
            of_month=Coalesce(Sum(signed, filter=Q(entry__on__gte=month.first)), Value(ZERO)),
            of_year=Coalesce(Sum(signed, filter=Q(entry__on__gte=date(month.year, 1, 1))), Value(ZERO)),
            ever=Sum(signed),
        )
        .order_by()
    )
    return statement(
        AccountSum(
            number=row["account__number"],
            kind=row["account__kind"],
            role=row["account__role"] or "",
            month=row["of_month"],
            year=row["of_year"],
            ever=row["ever"],
        )
        for row in rows
    )


def sales_by_month(section: AnalyticAccount, year: int) -> list[Decimal]:
    """Twelve amounts, tax excluded."""
    rows = (
        EntryLine.objects.filter(analytic=section, entry__on__year=year, account__in=_accounts_of("sales"))
        .annotate(month=ExtractMonth("entry__on"))
        .values("month")
        .annotate(sales=Sum(F("credit") - F("debit")))
        .values_list("month", "sales")
        .order_by()
    )
    found = dict(rows)
    return [found.get(month, ZERO) for month in range(1, 13)]


def lines_behind(section: AnalyticAccount, figure: str, span: Span) -> QuerySet[EntryLine]:
    """The entry lines that a figure of the statement adds up."""
    rows = EntryLine.objects.filter(
        analytic=section, account__in=_accounts_of(figure), entry__on__lte=span.end
    )
    if span.start:
        rows = rows.filter(entry__on__gte=span.start)
    return rows.select_related("entry__journal", "entry__source_type", "account").order_by(
        "entry__on", "entry_id", "position"
    )


def _accounts_of(figure: str) -> list[int]:
    chosen = FIGURES[figure]
    return [
        account.pk
        for account in Account.objects.all()
        if chosen(AccountSum(account.number, account.kind, account.role or "", ZERO, ZERO, ZERO))
    ]


def first_month(section: AnalyticAccount) -> Month | None:
    """Month of the first entry, where the choice of months begins."""
    first = (
        EntryLine.objects.filter(analytic=section)
        .order_by("entry__on")
        .values_list("entry__on", flat=True)
        .first()
    )
    return Month.of(first) if first else None
