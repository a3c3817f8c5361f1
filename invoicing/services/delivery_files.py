"""Makes the PDF of an issued delivery note and that of its signature, each once (INV-26)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core.canonical import sha256_of
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.models import Document
from invoicing.documents import delivery_file
from invoicing.engines.delivery import DeliveryPaper
from invoicing.models import DeliveryNote

DELIVERY_FILE, SCAN_FILE = "invoicing.delivery_file", "invoicing.delivery_scan"
TASK, SIGNED_TASK = "invoicing.make_delivery_pdf", "invoicing.make_signed_delivery_pdf"
# What was handed over is proof as long as a commercial document (C. com. L123-22).
RETENTION_YEARS = 10
# How many a sweep makes before it lets the next one start.
SWEEP = 50


def archive_delivery_pdf(note_id: int) -> Document | None:
    """Does: renders and stores the PDF of an issued note; a second call, or a call after a death at any
    moment, finds the work done or does it whole. Refuses: facts that no longer give the frozen hash
    (file_refused). Leaves behind: one document named by the note; nothing for a draft."""
    with transaction.atomic():
        note = DeliveryNote.objects.select_for_update(of=("self",)).get(pk=note_id)
        if note.pdf is None and note.facts is not None:
            note.pdf = _stored(note, delivery_file(_paper_of(note)), f"{note.number}.pdf")
            note.save(update_fields=["pdf"])
        return note.pdf


def archive_signed_delivery(note_id: int) -> Document | None:
    """Does: renders and stores the PDF with the signature made online and its proof; a second call finds the
    work done. Refuses: facts that no longer give the frozen hash (file_refused). Leaves behind: one document
    named by the note; nothing for a note that nobody signed online."""
    with transaction.atomic():
        rows = DeliveryNote.objects.select_for_update(of=("self",))
        note = rows.select_related("signature__drawing").get(pk=note_id)
        if note.signed_pdf is None and note.signature is not None:
            made = delivery_file(_paper_of(note), note)
            note.signed_pdf = _stored(note, made, f"{note.number}-signe.pdf")
            note.save(update_fields=["signed_pdf"])
        return note.signed_pdf


def archive_waiting_deliveries() -> int:
    """Does: makes the PDFs that a dead worker left behind, one at a time. Refuses: nothing. Leaves behind:
    the documents; gives how many were made."""
    waiting = DeliveryNote.objects.filter(
        Q(facts__isnull=False, pdf__isnull=True) | Q(signature__isnull=False, signed_pdf__isnull=True)
    )
    made = 0
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)[:SWEEP]):
        with suppress(Refused):
            archive_delivery_pdf(pk)
            archive_signed_delivery(pk)
            made += 1
    return made


def _paper_of(note: DeliveryNote) -> DeliveryPaper:
    if note.facts is None or sha256_of(note.facts) != note.content_sha256:
        raise Refused(Code.FILE_REFUSED, _("Le contenu de ce bon n’est plus celui qui a été émis."))
    return DeliveryPaper.from_json(note.facts)


def _stored(note: DeliveryNote, content: bytes, name: str) -> Document:
    year = note.issued_on.year if note.issued_on else note.delivered_on.year
    return store_document(
        content,
        kind=DELIVERY_FILE,
        name=name.replace("/", "-"),
        mime="application/pdf",
        about=note,
        actor=note.issued_by,
        retention_until=date(year + RETENTION_YEARS, 12, 31),
    )
