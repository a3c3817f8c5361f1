"""Supplier orders: what is left to receive and to invoice of each line (INV-46)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from cae.core.money import ZERO
from invoicing.calculations.purchase_match import Ordered
from invoicing.models import (
    PurchaseDelivery,
    PurchaseDeliveryLine,
    PurchaseLine,
    PurchaseOrder,
)
from invoicing.states.purchases import PurchaseKind, PurchaseOrderState, PurchaseState

_QUANTITY: DecimalField[Any, Any] = DecimalField(max_digits=15, decimal_places=4)
_NONE = Value(Decimal(0), output_field=_QUANTITY)

SHAPES: dict[str, tuple[str, str]] = {
    PurchaseOrderState.DRAFT: ("neutral", "◇"),
    PurchaseOrderState.SUBMITTED: ("warning", "◇"),
    PurchaseOrderState.APPROVED: ("info", "●"),
    PurchaseOrderState.SENT: ("info", "●"),
    PurchaseOrderState.CLOSED: ("success", "✔"),
    PurchaseOrderState.CANCELLED: ("neutral", "✕"),
}


def status_of_order(order: PurchaseOrder) -> tuple[str, str, str]:
    tone, shape = SHAPES[order.state]
    return (tone, shape, str(order.get_state_display()))


def orders_visible(user: Any) -> QuerySet[PurchaseOrder]:
    return PurchaseOrder.objects.visible_to(user).select_related("activity", "supplier")


def ordered_lines(order: PurchaseOrder, *, but: int | None = None) -> list[Ordered]:
    """The lines of an order with what came in and what purchases (`but` apart) invoiced of each; a credit
    note gives back."""
    came = PurchaseDeliveryLine.objects.filter(line=OuterRef("pk")).order_by()
    asked = (
        PurchaseLine.objects.filter(order_line=OuterRef("pk"))
        .exclude(purchase__state=PurchaseState.REFUSED)
        .exclude(purchase=but)
        .order_by()
    )
    rows = order.lines.annotate(
        came=_summed(came, "line"),
        invoiced_in=_summed(asked.exclude(purchase__kind=PurchaseKind.CREDIT_NOTE), "order_line"),
        given_back=_summed(asked.filter(purchase__kind=PurchaseKind.CREDIT_NOTE), "order_line"),
    )
    return [
        Ordered(row.pk, row.label, row.quantity, row.unit_price, row.came, row.invoiced_in - row.given_back)
        for row in rows
    ]


def _summed(rows: QuerySet[Any], key: str) -> Coalesce:
    summed = rows.values(key).annotate(sum=Sum("quantity")).values("sum")
    return Coalesce(Subquery(summed, output_field=_QUANTITY), _NONE)


def deliveries_of(order: PurchaseOrder) -> list[PurchaseDelivery]:
    rows = order.deliveries.select_related("recorded_by__person").prefetch_related("lines__line")
    return list(rows.order_by("on", "pk"))


def engaged_by(order: PurchaseOrder) -> Decimal:
    """What other approved orders of the activity still engage before tax: to be weighed against its cash."""
    rows = PurchaseOrder.objects.filter(
        activity=order.activity_id, state__in=[PurchaseOrderState.APPROVED, PurchaseOrderState.SENT]
    ).exclude(pk=order.pk)
    ordered = rows.aggregate(sum=Sum("total_net"))["sum"] or ZERO
    invoiced = (
        PurchaseLine.objects.filter(order_line__order__in=rows)
        .exclude(purchase__state=PurchaseState.REFUSED)
        .filter(purchase__kind=PurchaseKind.INVOICE)
        .aggregate(sum=Sum("net"))["sum"]
        or ZERO
    )
    return max(ordered - invoiced, ZERO)
