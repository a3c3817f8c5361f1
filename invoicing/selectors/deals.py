"""Deals in sight, and everything that one of them is made of (INV-10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.plain import with_words
from cae.core.search import Hit
from invoicing.models import Deal, DealPiece, ExpenseLine, Invoice, Purchase, Quote
from invoicing.models.deals import DealQuerySet
from invoicing.selectors.deal_figures import invoices_in
from invoicing.states.purchases import PurchaseState
from invoicing.states.sales import InvoiceKind, InvoiceState, QuoteState

DEALS = _("Affaires")


def deals_visible(user: Any) -> DealQuerySet:
    """The deals this person sees, with the parties that a list names."""
    return Deal.objects.visible_to(user).select_related("activity", "customer", "kind")


def deals_open_to(user: Any, activity_id: int) -> QuerySet[Deal]:
    """Those that a new piece of this activity may join."""
    return Deal.objects.visible_to(user).open().filter(activity_id=activity_id)


@dataclass(frozen=True)
class Belongings:
    """What stands in a deal, each with its piece where it has one of its own."""

    quotes: list[Quote]
    invoices: list[Invoice]
    purchases: list[Purchase]
    expenses: list[ExpenseLine]
    pieces: dict[tuple[str, int], DealPiece]


def belongings_of(deal: Deal, *, on: date) -> Belongings:
    """Everything that stands in a deal: versions replaced and drafts given up are left out."""
    quotes = Quote.objects.filter(deal_piece__deal=deal).exclude(
        state__in=[QuoteState.REPLACED, QuoteState.DISCARDED]
    )
    keys = invoices_in([deal]).values("pk")
    invoices = Invoice.objects.filter(pk__in=keys).with_settlement(on).filter(balance__isnull=False)
    return Belongings(
        quotes=list(quotes.select_related("customer", "activity").defer("facts")),
        invoices=list(invoices.select_related("customer", "activity", "credited").defer("facts")),
        purchases=list(Purchase.objects.filter(deal_piece__deal=deal).select_related("supplier", "activity")),
        expenses=list(
            ExpenseLine.objects.filter(deal_piece__deal=deal).select_related(
                "claim__person", "claim__activity", "kind"
            )
        ),
        pieces=_pieces(deal),
    )


def _pieces(deal: Deal) -> dict[tuple[str, int], DealPiece]:
    found = {}
    for piece in DealPiece.objects.filter(deal=deal):
        for name in ("quote", "invoice", "purchase", "expense"):
            if (key := getattr(piece, f"{name}_id")) is not None:
                found[name, key] = piece
    return found


def quotes_to_attach(user: Any, deal: Deal) -> QuerySet[Quote]:
    """Quotes of the activity that stand in no deal, the latest first."""
    left = (QuoteState.REPLACED, QuoteState.DISCARDED, QuoteState.REFUSED, QuoteState.WITHDRAWN)
    rows = Quote.objects.visible_to(user).filter(activity=deal.activity_id, deal_piece__isnull=True)
    rows = rows.exclude(state__in=left).filter(_of_customer(deal))
    return rows.select_related("customer").order_by("-pk")


def invoices_to_attach(user: Any, deal: Deal) -> QuerySet[Invoice]:
    """Invoices without quote that stand in no deal, the latest first."""
    rows = Invoice.objects.visible_to(user).filter(
        activity=deal.activity_id, deal_piece__isnull=True, quote__isnull=True, kind=InvoiceKind.INVOICE
    )
    rows = rows.exclude(state=InvoiceState.DISCARDED).filter(_of_customer(deal))
    return rows.select_related("customer").order_by("-pk")


def purchases_to_attach(user: Any, deal: Deal) -> QuerySet[Purchase]:
    """Purchases of the activity that stand in no deal, the latest first."""
    rows = Purchase.objects.visible_to(user).filter(activity=deal.activity_id, deal_piece__isnull=True)
    return rows.exclude(state=PurchaseState.REFUSED).select_related("supplier").order_by("-pk")


def expenses_to_attach(user: Any, deal: Deal) -> QuerySet[ExpenseLine]:
    """Expenses of the activity that stand in no deal, the latest first."""
    rows = ExpenseLine.objects.filter(claim__activity=deal.activity_id, deal_piece__isnull=True)
    if deal.customer_id:
        rows = rows.filter(Q(customer=deal.customer_id) | Q(customer__isnull=True))
    return rows.select_related("claim__person", "kind").order_by("-on", "-pk")


def _of_customer(deal: Deal) -> Q:
    return Q(customer=deal.customer_id) if deal.customer_id else Q()


def find_deals(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By any part of the title or of the number."""
    if not permissions.can(user, "invoicing.view_deals"):
        return
    seen = deals_visible(user)
    for row in with_words(seen, terms, "=sort_title", "number").order_by("-opened_on", "-pk")[:limit]:
        detail = " · ".join(filter(None, (row.number, row.customer.name if row.customer else "")))
        yield Hit(DEALS, row.title, detail, row.get_absolute_url(), "kanban")
