"""Makes the signed PDF of an accepted quote, once: the same pages, the acceptance, the page of proof."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.canonical import sha256_of
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from invoicing.documents import signed_quote_file
from invoicing.engines.model import EInvoice
from invoicing.models import Answer, Quote
from invoicing.services.quote_files import RETENTION_YEARS, SWEEP

SIGNED_KIND = "invoicing.signed_quote"


def archive_signed_quote(quote_id: int) -> Document | None:
    """Does: renders and stores the signed PDF; a second call, or one after a death at any moment, finds the
    work done or does it whole. Refuses: facts that no longer give the frozen hash (file_refused).
    Leaves behind: one document with its hash, named by the quote; nothing for a quote that nobody signed."""
    with transaction.atomic():
        quote = Quote.objects.select_for_update(of=("self",)).get(pk=quote_id)
        answer = Answer.objects.filter(quote=quote, signature__isnull=False).first()
        if quote.signed_pdf is not None or quote.facts is None or answer is None:
            return quote.signed_pdf
        if sha256_of(quote.facts) != quote.content_sha256:
            raise Refused(Code.FILE_REFUSED, _("Le contenu de ce devis n’est plus celui qui a été signé."))
        name = str(quote).replace("/", "-").replace(" ", "-")
        quote.signed_pdf = store_document(
            signed_quote_file(EInvoice.from_json(quote.facts), answer),
            kind=SIGNED_KIND,
            name=f"{name}-signe.pdf",
            mime="application/pdf",
            about=quote,
            actor=quote.created_by,
            retention_until=date(timezone.localdate(answer.created_at).year + RETENTION_YEARS, 12, 31),
        )
        quote.save(update_fields=["signed_pdf"])
        return quote.signed_pdf


def archive_waiting_signed() -> int:
    """Does: makes the signed PDFs that a dead worker left behind, one at a time. Refuses: nothing.
    Leaves behind: the documents; gives how many were made."""
    waiting = Answer.objects.filter(signature__isnull=False, quote__signed_pdf__isnull=True).order_by("pk")
    keys = waiting.values_list("quote_id", flat=True)[:SWEEP]
    return sum(archive_signed_quote(pk) is not None for pk in keys)
