"""Quotes in sight, and all that one of them is made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cae.core.questions import Given, Question, read_once
from invoicing.models import (
    Amendment,
    Invoice,
    OwnMention,
    Quote,
    QuoteDisbursement,
    QuoteLine,
    QuoteTax,
)
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.models.joint import within_shares
from invoicing.models.quotes import QuoteQuerySet
from invoicing.models.sight import reach, scopes_in_sight, within
from invoicing.selectors.beside import beside_quote
from invoicing.selectors.invoices import load_parties
from invoicing.states.parts import CLOSING_PARTS
from invoicing.states.sales import InvoiceState, QuoteState, QuoteStep


def quotes_visible(user: Any) -> QuoteQuerySet:
    """The quotes this person sees, with the parties that a list names; `invoiced`: it has its invoice. What
    they say in full is left in the database."""
    return _invoiced(Quote.objects.visible_to(user)).defer("facts")


def quote_in_sight(user: Any, pk: int) -> Quote | None:
    """One of them, for its page: whole, with the version before."""
    return _IN_SIGHT.first(pk=pk, **reach(scopes_in_sight(user)))


def _invoiced(rows: QuoteQuerySet) -> QuoteQuerySet:
    told = rows.annotate(invoiced=_IS_INVOICED)
    return told.select_related("customer", "activity", "checker__person", "amends")


def _closing() -> InvoiceQuerySet:
    """What leaves nothing to invoice of a quote, in a larger query: the whole or the balance, abandoned ones
    left aside."""
    rows = Invoice.objects.filter(quote=OuterRef("pk"), part__in=CLOSING_PARTS)
    return rows.exclude(state=InvoiceState.DISCARDED)


# An amendment is invoiced with the work that it adds to.
_IS_INVOICED = Exists(_closing()) | Exists(Amendment.objects.filter(quote=OuterRef("pk")))


def at_step(rows: QuoteQuerySet, step: QuoteStep, *, on: date) -> QuoteQuerySet:
    """Those of `quotes_visible` that wait for somebody, by what is to be done."""
    if step == QuoteStep.TO_CHECK:
        return rows.filter(state=QuoteState.SUBMITTED)
    if step == QuoteStep.TO_SEND:
        return rows.filter(state=QuoteState.APPROVED)
    if step == QuoteStep.WITH_CUSTOMER:
        return rows.filter(state=QuoteState.SENT, valid_until__gte=on)
    if step == QuoteStep.TO_INVOICE:
        return rows.filter(~_IS_INVOICED, state=QuoteState.ACCEPTED)
    return rows.filter(state=QuoteState.SENT, valid_until__lt=on)


_IN_SIGHT = Question(
    lambda: (
        _invoiced(Quote.objects.filter(within() | within_shares(), pk=Given("pk")))
        .annotate(**beside_quote())
        .select_related("replaces", "amends__work")
        .order_by()
    )
)


def invoice_of(quote: Quote) -> Invoice | None:
    """The invoice made from a quote, abandoned ones left aside."""
    return _INVOICE_OF.first(quote=quote.pk)


_INVOICE_OF = Question(
    lambda: (
        Invoice.objects.filter(quote=Given("quote")).exclude(state=InvoiceState.DISCARDED).order_by("pk")[:1]
    )
)


def load_quote(quote: Quote) -> None:
    """Reads, once, all that a quote is made of: parties, lines with their rates, taxes, chosen notices."""
    load_parties(quote)
    for name, question in _CONTENT.items():
        read_once(quote, name, question, quote=quote.pk)


def _own_mentions() -> QuerySet[OwnMention]:
    rows = OwnMention.objects.filter(quote=Given("quote")).select_related("mention")
    return rows.order_by("mention__position", "pk")


_CONTENT: dict[str, Question[Any]] = {
    "lines": Question(lambda: QuoteLine.objects.filter(quote=Given("quote")).select_related("vat_rate")),
    "taxes": Question(lambda: QuoteTax.objects.filter(quote=Given("quote"))),
    "own_mentions": Question(_own_mentions),
    "disbursements": Question(lambda: QuoteDisbursement.objects.filter(quote=Given("quote"))),
}


def versions_of(quote: Quote) -> list[Quote]:
    """Every version of a numbered quote, the first one first; a quote without number is its only version."""
    return [quote] if quote.number is None else _VERSIONS(number=quote.number)


_VERSIONS = Question(lambda: Quote.objects.filter(number=Given("number")).defer("facts").order_by("revision"))
