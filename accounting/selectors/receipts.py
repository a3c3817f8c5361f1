"""What customers paid, tax excluded and by category of sale, read from the bank entries of each document.

A payment releases its share of the net of its invoice: round(net × paid so far / total) − released before,
so that a document wholly paid has released exactly its net.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from accounting.models import ContributionRun, Entry, EntryLine, SaleMovement
from accounting.states import AccountRole, JournalCode, RunKind
from cae.core.money import ZERO, cents


@dataclass(frozen=True)
class Receipt:
    """The net that one bank entry releases, category by category."""

    activity: int
    entry: int
    on: date
    document: str
    sales: Mapping[str, Decimal]


def receipts_between(activities: Iterable[int], *, start: date, end: date) -> list[Receipt]:
    """Gives those of the period whose contribution was not taken on the receipt itself."""
    paid = _paid().filter(analytic__activity__in=activities, on__lte=end)
    touched = paid.filter(on__gte=start).values("document")
    rows = _rows(paid.filter(document__in=touched))
    apart = set(
        ContributionRun.objects.filter(
            kind=RunKind.RECEIPT, subject__in=[str(entry) for _activity, entry, *_rest in rows]
        ).values_list("subject", flat=True)
    )
    return [receipt for receipt in _released(rows) if receipt.on >= start and str(receipt.entry) not in apart]


def released_by(entry: Entry) -> dict[str, Decimal]:
    """The net that one entry of money releases, by category; nothing when it pays no document of sale."""
    touched = _paid().filter(entry=entry).values("document")
    sums: dict[str, Decimal] = {}
    for receipt in _released(_rows(_paid().filter(document__in=touched))):
        if receipt.entry == entry.pk:
            for category, net in receipt.sales.items():
                sums[category] = sums.get(category, ZERO) + net
    return sums


def _paid() -> QuerySet[Any]:
    """Lines by which a customer pays a document: that of the line, or else of the whole entry."""
    journals = [JournalCode.BANK, JournalCode.OTHER]
    return EntryLine.objects.filter(
        account__role=AccountRole.CUSTOMER, entry__journal__code__in=journals
    ).annotate(document=Coalesce(NullIf("label", Value("")), "entry__piece"))


def _rows(paid: QuerySet[Any]) -> list[tuple[int, int, date, str, Decimal]]:
    return list(
        paid.annotate(amount=F("credit") - F("debit"))
        .order_by("on", "entry_id", "position")
        .values_list("analytic__activity", "entry_id", "on", "document", "amount")
    )


def _released(rows: list[tuple[int, int, date, str, Decimal]]) -> list[Receipt]:
    documents = {document for *_rest, document, _amount in rows}
    nets, totals = _nets(documents), _totals(documents)
    so_far: dict[str, Decimal] = defaultdict(lambda: ZERO)
    before: dict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    found = []
    for activity, entry, on, document, amount in rows:
        so_far[document] += amount
        sales = {}
        for category, net in nets.get(document, {}).items() if totals.get(document) else ():
            whole = cents(net * so_far[document] / totals[document])
            sales[category] = whole - before[document, category]
            before[document, category] = whole
        if sales:
            found.append(Receipt(activity, entry, on, document, sales))
    return found


def _nets(documents: set[str]) -> dict[str, dict[str, Decimal]]:
    nets: dict[str, dict[str, Decimal]] = defaultdict(dict)
    rows = SaleMovement.objects.filter(document__in=documents)
    for document, category, net in rows.values_list("document", "category", "net"):
        nets[document][category] = net
    return nets


def _totals(documents: set[str]) -> dict[str, Decimal]:
    """What each document asks of its customer, tax included."""
    rows = EntryLine.objects.filter(
        account__role=AccountRole.CUSTOMER, entry__journal__code=JournalCode.SALES, entry__piece__in=documents
    )
    summed = rows.values("entry__piece").annotate(total=Sum(F("debit") - F("credit")))
    return {row["entry__piece"]: row["total"] for row in summed.order_by() if row["total"]}
