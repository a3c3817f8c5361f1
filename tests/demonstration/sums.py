"""Sums of the documents of the demonstration, against which its statements are read."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from accounting.models import AnalyticAccount, EntryLine
from cae.core.money import ZERO
from invoicing.models import InvoiceLine


def sum_of(rows: QuerySet[Any], field: str) -> Decimal:
    return rows.aggregate(found=Sum(field, default=ZERO))["found"]


def less_notes(issued: Any, field: str) -> Decimal:
    return sum_of(issued.invoices(), field) - sum_of(issued.filter(kind="credit_note"), field)


def elsewhere(sections: Iterable[AnalyticAccount], prefix: str) -> Decimal:
    """What papers that are neither a sale nor an order put into the accounts that begin so."""
    rows = EntryLine.objects.filter(analytic__in=sections, account__number__startswith=prefix)
    others = rows.exclude(entry__source_type__model__in=("invoice", "purchaseshare", "expenseclaim"))
    return sum_of(others, "debit") - sum_of(others, "credit")


def recovered(issued: Any) -> Decimal:
    """What these documents take off for deposits asked before."""
    return -sum_of(InvoiceLine.objects.filter(invoice__in=issued.invoices(), deducts__isnull=False), "net")
