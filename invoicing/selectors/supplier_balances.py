"""What suppliers are owed, by how late it is (ACC-06, INV-47)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from accounting.calculations.ages import AGES, age_of
from cae.core.money import ZERO
from invoicing.models import Purchase, Supplier
from invoicing.states.purchases import PurchaseKind, PurchaseState

_OWED = (PurchaseState.APPROVED, PurchaseState.ORDERED)


def owed_purchases() -> QuerySet[Purchase]:
    """What is approved and not paid: the books owe it; credit notes imputed on it are paid themselves."""
    return Purchase.objects.filter(state__in=_OWED).select_related("supplier", "activity", "advanced_by")


@dataclass(slots=True)
class Aged:
    """What one supplier is owed, bucket after bucket: not yet due, then 30 days late after 30 days."""

    supplier: Supplier
    buckets: list[Decimal] = field(default_factory=lambda: [ZERO] * (len(AGES) + 1))

    @property
    def total(self) -> Decimal:
        return sum(self.buckets, ZERO)


def aged_balance(on: date) -> list[Aged]:
    """Gives what each supplier is owed, the most first; credit notes take off, and those already imputed take
    off the invoice that they lower. What a person advanced is owed to them: it is left out."""
    found: dict[int, Aged] = {}
    for purchase in owed_purchases().filter(advanced_by=None).prefetch_related("imputed"):
        row = found.setdefault(purchase.supplier_id, Aged(purchase.supplier))
        row.buckets[age_of(purchase.due_on, on)] += owed_on(purchase)
    return sorted(found.values(), key=lambda one: (-one.total, one.supplier.sort_name))


def owed_on(purchase: Purchase) -> Decimal:
    """What is still to pay on a purchase; below zero for a credit note that is to be used."""
    gross: Decimal = purchase.total_gross
    if purchase.kind == PurchaseKind.CREDIT_NOTE:
        return -gross
    return gross - sum((note.total_gross for note in purchase.imputed.all()), ZERO)


def totals_of(rows: Iterable[Aged]) -> list[Decimal]:
    """The sum of each bucket, then of all."""
    sums = [ZERO] * (len(AGES) + 2)
    for row in rows:
        for rank, amount in enumerate([*row.buckets, row.total]):
            sums[rank] += amount
    return sums
