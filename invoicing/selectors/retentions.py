"""What customers still keep of the situations in sight."""

from __future__ import annotations

from typing import Any

from invoicing.models import Invoice
from invoicing.models.invoices import InvoiceQuerySet


def retentions_held(user: Any) -> InvoiceQuerySet:
    """The issued invoices of which something is held, the first to be released first."""
    rows = Invoice.objects.visible_to(user).issued().filter(retained__gt=0, release__isnull=True)
    return rows.select_related("customer", "activity").defer("facts").order_by("retained_until", "pk")
