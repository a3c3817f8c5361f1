"""Makes proforma invoices, each frozen, the last one standing; and their PDF, once (INV-26)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.numbering import next_number
from invoicing.documents import proforma_file
from invoicing.engines.model import EInvoice
from invoicing.models import Invoice, Proforma, Quote
from invoicing.selectors.proformas import proforma_document_of, standing_proforma
from invoicing.services.completeness import require_finished
from invoicing.services.piece_sending import close_links
from invoicing.states.pieces import PROFORMA_SERIES
from invoicing.states.sales import InvoiceState, QuoteState

PROFORMA_FILE = "invoicing.proforma_file"
TASK = "invoicing.make_proforma_pdf"
# What it announced is proof as long as a commercial document (C. com. L123-22).
RETENTION_YEARS = 10
# How many a sweep makes before it lets the next one start.
SWEEP = 50


def make_proforma(document: Quote | Invoice, *, form_key: UUID, actor: Any, at: datetime) -> Proforma:
    """Does: freezes what the invoice of a numbered quote or of a draft invoice would say, under a number of
    its own series; the same form sent twice makes one. Refuses: a quote answered, a draft without line, half
    written or part of a quote, a credit note, an invoice issued. Leaves behind: the proforma, which replaces
    the former one and closes its links; audit; its PDF to come. No entry, no e-invoice."""
    with transaction.atomic():
        row: Any = (
            type(document)
            ._base_manager.select_for_update(of=("self",))
            .select_related("activity", "customer")
            .get(pk=document.pk)
        )
        known = row.proformas.filter(form_key=form_key).first()
        if known is not None:
            found: Proforma = known
            return found
        _require_announced(row)
        on, former = timezone.localdate(at), standing_proforma(row)
        number = next_number(PROFORMA_SERIES, on)
        facts = proforma_document_of(row, on=on, number=number).to_json()
        proforma = Proforma.objects.create(
            number=number,
            activity=row.activity,
            customer=row.customer,
            quote=row if isinstance(row, Quote) else None,
            invoice=row if isinstance(row, Invoice) else None,
            replaces=former,
            made_on=on,
            purpose=row.purpose,
            order_reference=row.order_reference,
            total_excl_tax=row.total_excl_tax,
            total_incl_tax=row.total_incl_tax,
            facts=facts,
            content_sha256=sha256_of(facts),
            form_key=form_key,
            created_at=at,
            created_by=actor,
        )
        if former is not None:
            close_links(former, actor=actor, at=at)
        audit.record(actor, "invoicing.make_proforma", proforma)
        run_later(TASK, proforma_id=proforma.pk)
        return proforma


def _require_announced(document: Quote | Invoice) -> None:
    """Raises IllegalMove unless an invoice of this document is still to come."""
    if isinstance(document, Quote):
        if document.state == QuoteState.ACCEPTED:
            raise IllegalMove(_("Ce devis est accepté : préparez sa facture, puis la proforma du brouillon."))
        if document.state not in (QuoteState.APPROVED, QuoteState.SENT):
            raise IllegalMove(_("Une proforma se fait d’un devis validé qui attend sa réponse."))
        return
    if document.is_credit_note or document.state not in (InvoiceState.DRAFT, InvoiceState.SUBMITTED):
        raise IllegalMove(_("Une proforma précède la facture : elle se fait d’un brouillon de facture."))
    if document.is_part:
        raise IllegalMove(_("Une partie de devis n’a pas de proforma : faites-la du devis entier."))
    require_finished(document)
    if not document.lines.exists():
        raise Refused(Code.EMPTY_DOCUMENT, _("Ce brouillon n’a aucune ligne : il n’y a rien à annoncer."))


def archive_proforma_pdf(proforma_id: int) -> Document | None:
    """Does: renders and stores the PDF of a proforma; a second call, or a call after a death at any moment,
    finds the work done or does it whole. Refuses: facts that no longer give the frozen hash (file_refused).
    Leaves behind: one document with its hash, named by the proforma."""
    with transaction.atomic():
        row = Proforma.objects.select_for_update(of=("self",)).get(pk=proforma_id)
        if row.pdf is not None:
            return row.pdf
        if sha256_of(row.facts) != row.content_sha256:
            raise Refused(Code.FILE_REFUSED, _("Le contenu de cette proforma n’est plus celui d’origine."))
        row.pdf = store_document(
            proforma_file(EInvoice.from_json(row.facts)),
            kind=PROFORMA_FILE,
            name=f"{row.number}.pdf".replace("/", "-"),
            mime="application/pdf",
            about=row,
            actor=row.created_by,
            retention_until=date(row.made_on.year + RETENTION_YEARS, 12, 31),
        )
        row.save(update_fields=["pdf"])
        return row.pdf


def archive_waiting_proformas() -> int:
    """Does: makes the PDFs that a dead worker left behind, one at a time. Refuses: nothing. Leaves behind:
    the documents; gives how many were made."""
    keys = list(Proforma.objects.filter(pdf__isnull=True).order_by("pk").values_list("pk", flat=True)[:SWEEP])
    made = 0
    for pk in keys:
        with suppress(Refused):
            made += archive_proforma_pdf(pk) is not None
    return made
