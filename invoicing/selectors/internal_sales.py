"""Internal sales in sight, what was given back of one, and who may buy (INV-31)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.models import InternalSale
from invoicing.models.internal_sales import InternalSaleQuerySet


def internal_sales_visible(user: Any) -> InternalSaleQuerySet:
    """What this person sells or buys inside the cooperative, or follows, with the two activities."""
    return InternalSale.objects.visible_to(user).select_related("seller", "buyer", "answered_by__person")


def credited_on(sale: InternalSale) -> Decimal:
    """What credit notes have given back of an internal invoice."""
    return sale.credits.aggregate(sum=Sum("amount"))["sum"] or ZERO


def buyers_for(seller: Activity, *, on: date) -> QuerySet[Activity]:
    """The other activities open that day."""
    return Activity.objects.open_on(on).exclude(pk=seller.pk).order_by("name")
