"""The certificate of a closing on paper: drawn once, kept as long as the books."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from accounting.models import Closing
from accounting.selectors.closing import CLOSING_FILE, certificate_of, files_of
from cae.core.documents import store_document
from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.models import Document
from cae.core.pdf import Variant, render_pdf

STYLESHEET = "css/pdf/statement.css"
TEMPLATE = "pdf/accounting/closing.html"
# The books and what proves them (C. com. L123-22).
RETENTION_YEARS = 10


def make_closing_file(closing_id: int) -> Document:
    """Does: draws and keeps the PDF of a certificate, once; called again, it finds it. Refuses: nothing.
    Leaves behind: the document."""
    with transaction.atomic():
        closing = Closing.objects.select_for_update(of=("self",)).get(pk=closing_id)
        known = files_of([closing]).get(closing.pk)
        if known is not None:
            return known
        return store_document(
            closing_pdf(closing),
            kind=CLOSING_FILE,
            name=f"cloture-{closing.number}-{closing.starts_on:%Y-%m}.pdf",
            mime="application/pdf",
            about=closing,
            actor=None,
            retention_until=date(closing.ends_on.year + RETENTION_YEARS, 12, 31),
        )


def make_waiting_files() -> int:
    """Does: makes the PDF of each certificate that has none, whatever happened when it was closed. Refuses:
    nothing. Leaves behind: the documents; gives how many were made."""
    known = Document.objects.filter(kind=CLOSING_FILE).values_list("about_id", flat=True)
    waiting = Closing.objects.exclude(pk__in=[int(key) for key in known]).order_by("number")
    return len([make_closing_file(closing.pk) for closing in waiting])


def closing_pdf(closing: Closing) -> bytes:
    """The bytes; in French, whoever asks."""
    with translation.override(LANGUAGE):
        context = {
            "closing": closing,
            "journals": certificate_of(closing).sums.journals,
            "cooperative": cooperative_on(closing.ends_on),
        }
        html = render_to_string(TEMPLATE, context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
