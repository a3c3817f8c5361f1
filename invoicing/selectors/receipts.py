"""Movements of money in sight, and their shares on invoices."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, F, OuterRef, QuerySet, Subquery, Value, When

from cae.core.fields import MoneyField
from cae.core.money import ZERO
from invoicing.models import Payment, Receipt
from invoicing.models.payments import ReceiptQuerySet
from invoicing.states.sales import ReceiptKind


def receipts_visible(user: Any) -> ReceiptQuerySet:
    """Each movement with `signed_amount` (what it brought to the bank) and `invoices` (their numbers)."""
    given_back = F("amount") * Value(-1)
    numbers = (
        Payment.objects.filter(receipt=OuterRef("pk"))
        .order_by()
        .values("receipt")
        .annotate(numbers=StringAgg("invoice__number", ", ", order_by="invoice__number"))
        .values("numbers")
    )
    return (
        Receipt.objects.visible_to(user)
        .annotate(
            invoices=Subquery(numbers),
            signed_amount=Case(
                When(kind__in=[ReceiptKind.OFFSET, ReceiptKind.DEPOSIT], then=Value(ZERO)),
                When(kind=ReceiptKind.RECEIVED, reverses__isnull=True, then=F("amount")),
                When(kind=ReceiptKind.REFUNDED, reverses__isnull=False, then=F("amount")),
                default=given_back,
                output_field=MoneyField(),
            ),
        )
        .select_related("customer", "activity")
    )


def shares_of(receipt: Receipt) -> QuerySet[Payment]:
    """What the movement brought to each invoice, or took from it."""
    return receipt.payments.select_related("invoice").prefetch_related("taxes").order_by("pk")
