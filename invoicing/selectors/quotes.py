"""Quotes in sight, and all that one of them is made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from invoicing.models import Invoice, OwnMention, Quote, QuoteLine
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.models.quotes import QuoteQuerySet
from invoicing.states import InvoiceState, QuoteState, QuoteStep


def quotes_visible(user: Any) -> QuoteQuerySet:
    """The quotes this person sees, with the parties that a list names; `invoiced`: it has its invoice."""
    seen = Quote.objects.visible_to(user).annotate(invoiced=Exists(_its_invoices()))
    return seen.select_related("customer", "activity", "replaces", "checker__person")


def _its_invoices() -> InvoiceQuerySet:
    """The invoices of a quote in a larger query, abandoned ones left aside."""
    return Invoice.objects.filter(quote=OuterRef("pk")).exclude(state=InvoiceState.DISCARDED)


def at_step(rows: QuoteQuerySet, step: QuoteStep, *, on: date) -> QuoteQuerySet:
    """Those of `quotes_visible` that wait for somebody, by what is to be done."""
    if step == QuoteStep.TO_CHECK:
        return rows.filter(state=QuoteState.SUBMITTED)
    if step == QuoteStep.TO_SEND:
        return rows.filter(state=QuoteState.APPROVED)
    if step == QuoteStep.WITH_CUSTOMER:
        return rows.filter(state=QuoteState.SENT, valid_until__gte=on)
    if step == QuoteStep.TO_INVOICE:
        return rows.filter(~Exists(_its_invoices()), state=QuoteState.ACCEPTED)
    return rows.filter(state=QuoteState.SENT, valid_until__lt=on)


def invoice_of(quote: Quote) -> Invoice | None:
    """The invoice made from a quote, abandoned ones left aside."""
    return quote.invoices.exclude(state=InvoiceState.DISCARDED).order_by("pk").first()


def load_quote(quote: Quote) -> None:
    """Reads, once, all that a quote is made of: parties, lines with their rates, taxes, chosen notices."""
    lines = QuoteLine.objects.select_related("vat_rate").order_by("position")
    mentions = OwnMention.objects.select_related("mention").order_by("mention__position", "pk")
    prefetch_related_objects(
        [quote], "customer", "activity", Prefetch("lines", lines), "taxes", Prefetch("own_mentions", mentions)
    )


def versions_of(quote: Quote) -> QuoteQuerySet:
    """Every version of a numbered quote, the first one first; a quote without number is its only version."""
    if quote.number is None:
        return Quote.objects.filter(pk=quote.pk)
    return Quote.objects.filter(number=quote.number).order_by("revision")
