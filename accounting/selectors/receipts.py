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

from django.db.models import Exists, F, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from accounting.models import ContributionRun, Entry, EntryLine, SaleMovement
from accounting.states.books import AccountRole, JournalCode
from accounting.states.contributions import RunKind
from cae.core.money import ZERO, cents

# What one activity sold in one document.
Sold = tuple[int, str]


@dataclass(frozen=True)
class Receipt:
    """The net that one bank entry releases for an activity, category by category."""

    activity: int
    entry: int
    on: date
    document: str
    sales: Mapping[str, Decimal]


def received_between(activities: Iterable[int], *, start: date, end: date) -> list[Receipt]:
    """Gives all those of the period."""
    return [receipt for receipt in _released(_paid_until(activities, start, end)) if receipt.on >= start]


def receipts_between(activities: Iterable[int], *, start: date, end: date) -> list[Receipt]:
    """Gives those of the period whose contribution was not taken on the receipt itself."""
    rows = _paid_until(activities, start, end)
    apart = set(
        ContributionRun.objects.filter(
            kind=RunKind.RECEIPT, subject__in=[str(entry) for _activity, entry, *_rest in rows]
        ).values_list("activity", "subject")
    )
    return [
        receipt
        for receipt in _released(rows)
        if receipt.on >= start and (receipt.activity, str(receipt.entry)) not in apart
    ]


def released_by(entry: Entry, activity: int) -> dict[str, Decimal]:
    """The net that one entry of money releases for an activity, by category; nothing when it pays no document
    of sale."""
    sums: dict[str, Decimal] = {}
    for receipt in receipts_of(entry, activity):
        for category, net in receipt.sales.items():
            sums[category] = sums.get(category, ZERO) + net
    return sums


def receipts_of(entry: Entry, activity: int) -> list[Receipt]:
    """The same, document by document."""
    touched = _paid().filter(entry=entry).values("document")
    found = _released(_rows(_paid().filter(document__in=touched)))
    return [receipt for receipt in found if (receipt.entry, receipt.activity) == (entry.pk, activity)]


def _paid_until(
    activities: Iterable[int], start: date, end: date
) -> list[tuple[int, int, date, str, Decimal]]:
    """What pays the documents that the period touches, since their first payment."""
    paid = _paid().filter(analytic__activity__in=activities, on__lte=end)
    touched = paid.filter(on__gte=start).values("document")
    return _rows(paid.filter(document__in=touched))


def _paid() -> QuerySet[Any]:
    """Lines by which a customer pays a document: that of the line, or else of the whole entry. What is given
    up as a loss leaves their account too, and is no payment (decision 0028)."""
    lost = EntryLine.objects.filter(entry=OuterRef("entry"), account__role=AccountRole.BAD_DEBT)
    journals = [JournalCode.BANK, JournalCode.OTHER]
    return EntryLine.objects.filter(
        ~Exists(lost), account__role=AccountRole.CUSTOMER, entry__journal__code__in=journals
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
    # A document may be of several activities: each is paid its own part.
    so_far: dict[Sold, Decimal] = defaultdict(lambda: ZERO)
    before: dict[tuple[Sold, str], Decimal] = defaultdict(lambda: ZERO)
    found = []
    for activity, entry, on, document, amount in rows:
        sold = (activity, document)
        so_far[sold] += amount
        sales = {}
        for category, net in nets.get(sold, {}).items() if totals.get(sold) else ():
            whole = cents(net * so_far[sold] / totals[sold])
            sales[category] = whole - before[sold, category]
            before[sold, category] = whole
        if sales:
            found.append(Receipt(activity, entry, on, document, sales))
    return found


def _nets(documents: set[str]) -> dict[Sold, dict[str, Decimal]]:
    nets: dict[Sold, dict[str, Decimal]] = defaultdict(dict)
    rows = SaleMovement.objects.filter(document__in=documents)
    for activity, document, category, net in rows.values_list("activity", "document", "category", "net"):
        nets[activity, document][category] = net
    return nets


def _totals(documents: set[str]) -> dict[Sold, Decimal]:
    """What each document asks of its customer for an activity, tax included."""
    rows = EntryLine.objects.filter(
        account__role=AccountRole.CUSTOMER, entry__journal__code=JournalCode.SALES, entry__piece__in=documents
    )
    summed = rows.values_list("analytic__activity", "entry__piece")
    found = summed.annotate(total=Sum(F("debit") - F("credit"))).order_by()
    return {(activity, piece): total for activity, piece, total in found if total}
