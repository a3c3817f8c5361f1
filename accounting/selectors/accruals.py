"""The accruals of a year that were posted by hand, with their reversal to come (ACC-10)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F, QuerySet

from accounting.calculations.accruals import CARRIED
from accounting.models import Account, AnalyticAccount, EntryLine, FiscalYear
from accounting.states.books import AccountKind


def accruals_of_year(year: FiscalYear) -> QuerySet[EntryLine]:
    """What was carried over to the next year, each with its entry and the `amount`, tax included; one taken
    back within the year carries nothing."""
    rows = EntryLine.objects.filter(
        account__role__in=CARRIED.values(),
        on__range=(year.starts_on, year.ends_on),
        entry__by_hand__reverse_on=year.ends_on + timedelta(days=1),
    )
    rows = rows.exclude(entry__reversed_by__on__lte=year.ends_on)
    rows = rows.annotate(amount=F("debit") + F("credit"))
    return rows.select_related(
        "account", "analytic", "entry__journal", "entry__reversed_by__journal"
    ).order_by("analytic__sort_label", "pk")


def accounts_of_flows() -> QuerySet[Account]:
    """The accounts of costs and sales."""
    return Account.objects.exclude(kind=AccountKind.BALANCE).order_by("number")


def sections_to_accrue() -> QuerySet[AnalyticAccount]:
    return AnalyticAccount.objects.order_by("kind", "sort_label")
