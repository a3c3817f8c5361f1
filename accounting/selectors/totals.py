"""Month totals as they should be: compared with the lines that they add up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Case, DateField, F, QuerySet, Sum, When
from django.db.models.functions import Cast, TruncMonth
from django.utils.formats import date_format
from django.utils.translation import ngettext

from accounting.models import Account, AnalyticAccount, EntryLine, MonthTotal
from accounting.states.books import JournalCode

_KEY = ("analytic_id", "account_id", "of_month", "of_opening")


def total_faults() -> Iterator[str]:
    """One sentence when totals are not the sum of their lines: how many, and the first of them."""
    counted, kept = _of_lines(), _of_totals()
    apart = {row[:4] for row in counted.difference(kept)} | {row[:4] for row in kept.difference(counted)}
    for analytic, account, month, _opening in sorted(apart, key=lambda key: (key[2], key))[:1]:
        yield ngettext(
            "%(count)s total mensuel n’est pas la somme de ses lignes : %(month)s, compte %(account)s,"
            " « %(section)s ».",
            "%(count)s totaux mensuels ne sont pas la somme de leurs lignes, dont %(month)s,"
            " compte %(account)s, « %(section)s ».",
            len(apart),
        ) % {
            "count": len(apart),
            "month": date_format(month, "F Y"),
            "account": Account.objects.get(pk=account).number,
            "section": AnalyticAccount.objects.get(pk=analytic).label,
        }


def _of_lines() -> QuerySet[EntryLine, Any]:
    return _added(
        EntryLine.objects.annotate(
            of_month=Cast(TruncMonth("on"), DateField()),
            of_opening=Case(When(entry__journal__code=JournalCode.OPENING, then=True), default=False),
        )
    )


def _of_totals() -> QuerySet[MonthTotal, Any]:
    return _added(MonthTotal.objects.annotate(of_month=F("month"), of_opening=F("is_opening")))


def _added(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    added = rows.order_by().values(*_KEY).annotate(debits=Sum("debit"), credits=Sum("credit"))
    found: QuerySet[Any, Any] = added.values_list(*_KEY, "debits", "credits")
    return found
