"""Makes the PDF of a numbered quote, once, from its frozen facts (INV-14, INV-37)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.canonical import sha256_of
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from invoicing.documents import quote_file
from invoicing.engines.model import EInvoice
from invoicing.models import Quote
from invoicing.states.sales import NUMBERED_QUOTES

QUOTE_KIND = "invoicing.quote"
# What was proposed and accepted is proof as long as an accounting document (C. com. L123-22).
RETENTION_YEARS = 10
# How many a sweep makes before it lets the next one start.
SWEEP = 50


def archive_quote_pdf(quote_id: int) -> Document | None:
    """Does: renders and stores the PDF of a numbered quote; a second call, or a call after a death at any
    moment, finds the work done or does it whole. Refuses: facts that no longer give the frozen hash
    (file_refused). Leaves behind: one document with its hash, named by the quote; nothing for a draft."""
    with transaction.atomic():
        quote = Quote.objects.select_for_update(of=("self",)).get(pk=quote_id)
        if quote.pdf is not None or quote.facts is None or quote.approved_on is None:
            return quote.pdf
        if sha256_of(quote.facts) != quote.content_sha256:
            raise Refused(Code.FILE_REFUSED, _("Le contenu de ce devis n’est plus celui qui a été validé."))
        name = str(quote).replace("/", "-").replace(" ", "-")
        quote.pdf = store_document(
            quote_file(EInvoice.from_json(quote.facts)),
            kind=QUOTE_KIND,
            name=f"{name}.pdf",
            mime="application/pdf",
            about=quote,
            actor=quote.created_by,
            retention_until=date(quote.approved_on.year + RETENTION_YEARS, 12, 31),
        )
        quote.save(update_fields=["pdf"])
        return quote.pdf


def archive_waiting_quotes() -> int:
    """Does: makes the PDFs that a dead worker left behind, one at a time; leaves a damaged quote to the
    verification of the books. Refuses: nothing. Leaves behind: the documents; gives how many were made."""
    waiting = Quote.objects.filter(state__in=NUMBERED_QUOTES, pdf__isnull=True).order_by("pk")
    keys = waiting.values_list("pk", flat=True)[:SWEEP]
    made = 0
    for pk in keys:
        with suppress(Refused):
            made += archive_quote_pdf(pk) is not None
    return made
