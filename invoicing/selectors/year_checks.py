"""What sales and spending of an activity lack before a year of the books is closed (ACC-46)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounting.models import FiscalYear
from accounting.selectors.closing_checks import Missing
from accounting.selectors.year_checks import register_activity_check
from invoicing.models import ExpenseClaim, Invoice, Purchase
from invoicing.states.expenses import ClaimState
from invoicing.states.purchases import PurchaseState
from invoicing.states.sales import InvoiceState


def claims_out(year: FiscalYear) -> Mapping[int, Missing]:
    """Claims of the year that are not in the books: not handed in, or not checked."""
    rows = ExpenseClaim.objects.filter(
        state__in=(ClaimState.DRAFT, ClaimState.SUBMITTED), month__lte=year.ends_on
    )
    return {
        activity: Missing(
            ngettext(
                "%(count)d note de frais de l’année n’est pas soldée.",
                "%(count)d notes de frais de l’année ne sont pas soldées.",
                count,
            )
            % {"count": count},
            reverse("invoicing:claim_queue"),
            count,
        )
        for activity, count in _by_activity(rows)
    }


def purchases_out(year: FiscalYear) -> Mapping[int, Missing]:
    """Invoices of suppliers dated in the year that are not in the books."""
    rows = Purchase.objects.filter(
        state__in=(PurchaseState.RECEIVED, PurchaseState.CHECKING), on__lte=year.ends_on
    )
    return {
        activity: Missing(
            ngettext(
                "%(count)d achat de l’année n’est pas approuvé.",
                "%(count)d achats de l’année ne sont pas approuvés.",
                count,
            )
            % {"count": count},
            reverse("invoicing:purchase_list") + "?step=to_approve",
            count,
        )
        for activity, count in _by_activity(rows.exclude(activity=None))
    }


def sales_out(year: FiscalYear) -> Mapping[int, Missing]:
    """What was delivered in the year and is not invoiced: invoices still being written."""
    rows = Invoice.objects.filter(
        state__in=(InvoiceState.DRAFT, InvoiceState.SUBMITTED), delivered_on__lte=year.ends_on
    )
    return {
        activity: Missing(
            ngettext(
                "%(count)d vente livrée dans l’année n’est pas facturée.",
                "%(count)d ventes livrées dans l’année ne sont pas facturées.",
                count,
            )
            % {"count": count},
            reverse("invoicing:invoice_list"),
            count,
        )
        for activity, count in _by_activity(rows)
    }


def _by_activity(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    counted = rows.order_by().values("activity").annotate(count=Count("pk"))
    found: QuerySet[Any, Any] = counted.values_list("activity", "count")
    return found


def register_year_checks() -> None:
    """Called once, when the room starts."""
    register_activity_check("sales", label=_("Ventes"), find=sales_out, order=4)
    register_activity_check("claims", label=_("Notes de frais"), find=claims_out, order=6)
    register_activity_check("purchases", label=_("Achats"), find=purchases_out, order=8)
