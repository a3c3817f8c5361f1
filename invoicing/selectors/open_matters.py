"""What an activity still has open in sales, in sentences, before it closes (ENT-40)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import ngettext

from cae.core.templatetags.formats import money
from invoicing.models import Invoice, Quote
from invoicing.states.sales import InvoiceState, QuoteState


def open_matters_of(activities: Iterable[Any], on: date) -> dict[int, list[str]]:
    """Drafts, quotes that wait for their customer, invoices not paid, by activity."""
    keys = [activity.pk for activity in activities]
    found: dict[int, list[str]] = {key: [] for key in keys}
    _add(found, Quote.objects.filter(state__in=[QuoteState.DRAFT, QuoteState.SUBMITTED]), _drafts)
    _add(found, Quote.objects.filter(state__in=[QuoteState.APPROVED, QuoteState.SENT]), _waiting)
    _add(found, Invoice.objects.filter(state__in=[InvoiceState.DRAFT, InvoiceState.SUBMITTED]), _begun)
    unpaid = Invoice.objects.filter(activity__in=keys, balance__due__gt=0).order_by().values("activity")
    for row in unpaid.annotate(count=Count("pk"), left=Sum("balance__due")):
        found[row["activity"]].append(_unpaid(row["count"]) % {"due": money(row["left"])})
    return found


def _unpaid(count: int) -> str:
    words = ngettext("%(count)d facture impayée (%%(due)s)", "%(count)d factures impayées (%%(due)s)", count)
    return words % {"count": count}


def _add(found: dict[int, list[str]], rows: Any, said: Any) -> None:
    counted = rows.filter(activity__in=list(found)).order_by().values("activity").annotate(count=Count("pk"))
    for row in counted:
        found[row["activity"]].append(said(row["count"]))


def _drafts(count: int) -> str:
    return ngettext("%(count)d devis en brouillon", "%(count)d devis en brouillon", count) % {"count": count}


def _waiting(count: int) -> str:
    words = ngettext("%(count)d devis chez le client", "%(count)d devis chez le client", count)
    return words % {"count": count}


def _begun(count: int) -> str:
    words = ngettext("%(count)d facture non émise", "%(count)d factures non émises", count)
    return words % {"count": count}
