"""Sales of each year by kind of customer: what the books do not know of a document."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from accounting.selectors.sales_by_axis import sales_outside
from invoicing.models import Invoice
from invoicing.states.sales import CustomerKind


def sales_by_customer_kind(years: Iterable[int], _on: date) -> dict[int, dict[str, Decimal]]:
    """For each year, its sales by kind of customer; those of another room's documents under « Autres »."""
    kind = Subquery(Invoice.objects.filter(pk=OuterRef("source_id")).values("customer__kind")[:1])
    ours = ContentType.objects.get_for_model(Invoice)
    found: dict[int, dict[str, Decimal]] = {year: {} for year in years}
    rows = sales_outside(found).annotate(year=ExtractYear("on")).order_by()
    of_invoices = rows.filter(source_type=ours).annotate(kind=kind).values_list("year", "kind")
    for year, code, amount in of_invoices.annotate(sum=Sum("net")):
        found[year][str(CustomerKind(code).label)] = amount
    for year, amount in rows.exclude(source_type=ours).values_list("year").annotate(sum=Sum("net")):
        found[year][_("Autres")] = amount
    return found
