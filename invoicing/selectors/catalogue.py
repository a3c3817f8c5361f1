"""The catalogue in sight, with what each item brings before tax and leaves over its cost (INV-06)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, DecimalField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Round

from invoicing.models import CatalogueItem, VatRate
from invoicing.models.catalogue import CatalogueQuerySet

_FOUR = DecimalField(max_digits=14, decimal_places=4)


def catalogue_visible(user: Any, *, on: date) -> CatalogueQuerySet:
    """Adds `vat_label` and `vat_rate` in force on the date, `net_price` (before tax) and `margin`; one query.

    A price with tax whose rate is no longer in force is shown as it is: its page says that the rate must be
    chosen again."""
    rate = VatRate.objects.in_force(on).filter(code=OuterRef("vat_code"))
    return (
        CatalogueItem.objects.visible_to(user)
        .select_related("activity")
        .annotate(
            vat_label=Coalesce(Subquery(rate.values("label")), Value("")),
            vat_rate=Coalesce(Subquery(rate.values("rate")), Value(Decimal(0)), output_field=_FOUR),
        )
        .annotate(
            net_price=Case(
                When(
                    price_includes_tax=True,
                    then=Round(F("unit_price") / (Value(Decimal(1)) + F("vat_rate")), precision=4),
                ),
                default=F("unit_price"),
                output_field=_FOUR,
            )
        )
        .annotate(margin=F("net_price") - F("cost"))
    )


def families_visible(user: Any) -> QuerySet[CatalogueItem, str]:
    """The families that the items in sight name, each once."""
    rows = CatalogueItem.objects.visible_to(user).exclude(category="").order_by("category")
    return rows.values_list("category", flat=True).distinct()
