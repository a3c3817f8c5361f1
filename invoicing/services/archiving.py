"""Makes the PDF/A-3 of an issued document, once, from its frozen facts (INV-35, INV-37)."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from invoicing.documents import invoice_html
from invoicing.engines.cii import build_xml
from invoicing.engines.facturx_pdf import facturx_pdf
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice
from invoicing.services.exchanging import plan_package

DOCUMENT_KIND = "invoicing.invoice"
# Accounting documents are kept ten years from the end of their financial year (C. com. L123-22).
RETENTION_YEARS = 10
# How many a sweep makes before it lets the next one start.
SWEEP = 50


def archive_pdf(invoice_id: int) -> Document | None:
    """Does: renders and stores the PDF of an issued document; a second call, or a call after a death at
    any moment, finds the work done or does it whole. Refuses: facts that no longer give the sealed XML
    (file_refused). Leaves behind: one document with its hash, named by the invoice; its message to the
    platform, when it goes by it; nothing for a draft."""
    with transaction.atomic():
        invoice = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice_id)
        if invoice.pdf is not None or invoice.facts is None or invoice.issued_on is None:
            return invoice.pdf
        facts = EInvoice.from_json(invoice.facts)
        xml = build_xml(facts)
        if sha256(xml).hexdigest() != invoice.xml_sha256:
            raise Refused(
                Code.FILE_REFUSED, _("Les données de ce document ne sont plus celles qui ont été scellées.")
            )
        with translation.override("fr"):
            content = facturx_pdf(invoice_html(facts), xml)
        invoice.pdf = store_document(
            content,
            kind=DOCUMENT_KIND,
            name=f"{facts.number.replace('/', '-')}.pdf",
            mime="application/pdf",
            about=invoice,
            actor=invoice.created_by,
            retention_until=date(invoice.issued_on.year + RETENTION_YEARS, 12, 31),
        )
        invoice.save(update_fields=["pdf"])
        plan_package(invoice)
        return invoice.pdf


def archive_waiting() -> int:
    """Does: makes the PDFs that a dead worker left behind, one at a time. Refuses: nothing.
    Leaves behind: the documents; gives how many were made."""
    waiting = Invoice.objects.issued().filter(pdf__isnull=True).order_by("pk").values_list("pk", flat=True)
    return sum(archive_pdf(pk) is not None for pk in waiting[:SWEEP])
