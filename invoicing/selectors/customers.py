"""Customers in sight, with what each has been invoiced and still owes (INV-01, INV-02)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, Max, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from cae.core.fields import MoneyField
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice


def customers_visible(user: Any, *, on: date) -> QuerySet[Customer]:
    """Adds `invoiced` (net of credit notes), `due`, `invoice_count` and `last_invoiced_on`; one query."""
    issued = Invoice.objects.issued().with_settlement(on).filter(customer=OuterRef("pk")).order_by()
    owed = issued.invoices().values("customer")
    return (
        Customer.objects.visible_to(user)
        .select_related("activity", "organisation")
        .annotate(
            invoiced=_money(owed.annotate(found=Sum(F("total_incl_tax") - F("credited_amount")))),
            due=_money(owed.annotate(found=Sum("due"))),
            invoice_count=Coalesce(
                Subquery(owed.annotate(found=Count("pk")).values("found"), output_field=IntegerField()),
                Value(0),
            ),
            last_invoiced_on=Subquery(owed.annotate(found=Max("issued_on")).values("found")),
        )
    )


def customers_of(activity: Activity) -> QuerySet[Customer]:
    """Those that a new document of the activity may name."""
    return Customer.objects.active().filter(activity=activity)


def _money(rows: QuerySet[Any]) -> Coalesce:
    return Coalesce(
        Subquery(rows.values("found"), output_field=MoneyField()),
        Value(Decimal("0.00"), output_field=MoneyField()),
    )
