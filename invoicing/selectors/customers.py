"""Customers in sight, with what each has been invoiced and still owes (INV-01, INV-02)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from entrepreneurs.models import Activity
from invoicing.models import Customer


def customers_visible(user: Any) -> QuerySet[Customer]:
    """Adds `invoiced` (net of credit notes), `due`, `invoice_count` and `last_invoiced_on`."""
    told = ("invoiced", "due", "invoice_count", "last_invoiced_on")
    seen = Customer.objects.visible_to(user).select_related("activity", "merged_into")
    return seen.annotate(**{name: F(f"balance__{name}") for name in told})


def customers_of(activity: Activity) -> QuerySet[Customer]:
    """Those that a new document of the activity may name."""
    return Customer.objects.active().filter(activity=activity)
