"""Proves that numbered quotes say what was validated: content, number, file (INV-14)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from cae.core.canonical import sha256_of
from cae.core.documents import read_document
from cae.core.errors import Refused
from invoicing.models import Quote
from invoicing.states.parts import InvoicePart
from invoicing.states.sales import NUMBERED_QUOTES, InvoiceKind, InvoiceState, QuoteState

_BATCH = 500


def quote_faults() -> Iterator[str]:
    """The frozen content must give the hash that the customer accepts, under the number of the row; the
    stored files must be those that were made."""
    rows = Quote.objects.filter(state__in=NUMBERED_QUOTES).select_related("pdf", "signed_pdf")
    for quote in rows.order_by("pk").iterator(chunk_size=_BATCH):
        facts = quote.facts or {}
        if sha256_of(facts) != quote.content_sha256:
            yield _("%(number)s : le contenu n’est plus celui qui a été validé.") % {"number": quote}
        elif (facts.get("number"), facts.get("revision")) != (quote.number, quote.revision):
            yield _("%(number)s : le numéro n’est plus celui qui a été validé.") % {"number": quote}
        for file in filter(None, (quote.pdf, quote.signed_pdf)):
            try:
                read_document(file)
            except (OSError, Refused):
                yield _("%(number)s : le fichier PDF a été modifié ou a disparu.") % {"number": quote}


def conversion_faults() -> Iterator[str]:
    """A quote gives one invoice of the whole, or parts of it, drafts counted and abandoned ones left aside,
    once it is accepted."""
    live = Q(invoices__kind=InvoiceKind.INVOICE) & ~Q(invoices__state=InvoiceState.DISCARDED)
    whole = live & Q(invoices__part=InvoicePart.WHOLE)
    rows = Quote.objects.alias(made=Count("invoices", filter=live), whole=Count("invoices", filter=whole))
    for quote in rows.filter(whole__gt=0, made__gt=1).order_by("pk"):
        yield _("%(number)s : plusieurs factures viennent de ce devis.") % {"number": quote}
    for quote in rows.filter(made__gt=0).exclude(state=QuoteState.ACCEPTED).order_by("pk"):
        yield _("%(number)s : facturé sans avoir été accepté.") % {"number": quote}
