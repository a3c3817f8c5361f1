"""The letters of reminders on paper, and the file that hands an unpaid debt over to recovery (INV-42)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import read_document, store_document
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.models import Document
from cae.core.pdf import Variant, render_pdf
from invoicing.models import Invoice, Reminder
from invoicing.selectors.chasing import reminders_of_invoice
from invoicing.selectors.statements import statement_of
from invoicing.services.archiving import archive_pdf
from invoicing.services.statement_files import statement_pdf
from invoicing.states.chasing import ReminderChannel

LETTER_KIND = "invoicing.reminder_letter"
STYLESHEET = "css/pdf/letter.css"
# As long as the invoices that it asks for (C. com. L123-22).
_RETENTION_YEARS = 10
SWEEP = 50


def make_letter(reminder_id: int) -> Document | None:
    """Does: renders and stores the letter of a reminder; a second call finds the work done. Refuses: nothing.
    Leaves behind: one document, named by the reminder; nothing for a mail, a call or what was undone."""
    with transaction.atomic():
        row = Reminder.objects.select_for_update(of=("self",)).get(pk=reminder_id)
        if row.pdf is not None or row.undone_at is not None or row.channel != ReminderChannel.LETTER:
            return row.pdf
        on = timezone.localdate(row.sent_at)
        row.pdf = store_document(
            letter_pdf(row),
            kind=LETTER_KIND,
            name=f"relance-{row.pk}.pdf",
            mime="application/pdf",
            about=row,
            actor=row.sent_by,
            retention_until=date(on.year + _RETENTION_YEARS, 12, 31),
        )
        row.save(update_fields=["pdf"])
        return row.pdf


def make_waiting_letters() -> int:
    """Does: makes the letters that a dead worker left behind. Refuses: nothing. Leaves behind: the documents;
    gives how many were made."""
    rows = Reminder.objects.filter(channel=ReminderChannel.LETTER, pdf=None, undone_at=None).order_by("pk")
    return sum(make_letter(pk) is not None for pk in rows.values_list("pk", flat=True)[:SWEEP])


def letter_pdf(reminder: Reminder) -> bytes:
    """The letter as it was said that day, in the language of its customer, with what each invoice owed."""
    on, customer = timezone.localdate(reminder.sent_at), reminder.customer
    with translation.override(customer.language):
        context = {
            "title": reminder.subject,
            "reminder": reminder,
            "customer": customer,
            "activity": reminder.activity,
            "lines": list(reminder.lines.select_related("invoice")),
            "paragraphs": [part for part in reminder.text.split("\n\n") if part.strip()],
            "house": cooperative_on(on),
            "language": customer.language,
            "on": on,
        }
        html = render_to_string("pdf/invoicing/reminder.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)


def recovery_file(invoice: Invoice, *, actor: Any, on: date) -> bytes:
    """Does: gathers in one archive what a bailiff or a lawyer asks for: the invoice, the quote as it was
    signed, the reminders and formal notices, the statement of account. Refuses: an invoice without anything
    left to pay. Leaves behind: audit; gives the archive, which is kept nowhere."""
    owed = Invoice.objects.filter(pk=invoice.pk, balance__due__gt=0).exists()
    if not owed:
        raise Refused(Code.ALREADY_DONE, _("Il ne reste rien à payer sur cette facture."))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _pieces(invoice, on):
            archive.writestr(name, content)
    audit.record(actor, "invoicing.make_recovery_file", invoice)
    return buffer.getvalue()


def _pieces(invoice: Invoice, on: date) -> Iterator[tuple[str, bytes]]:
    pdf = invoice.pdf or archive_pdf(invoice.pk)
    if pdf is not None:
        yield f"1-{pdf.name}", read_document(pdf)
    quote = invoice.quote
    signed = (quote.signed_pdf or quote.pdf) if quote else None
    if signed is not None:
        yield f"2-{signed.name}", read_document(signed)
    made = [line for line in reversed(reminders_of_invoice(invoice)) if line.reminder.undone_at is None]
    for rank, line in enumerate(made, 1):
        reminder = line.reminder
        day = timezone.localdate(reminder.sent_at).isoformat()
        name = f"3-{_('relance')}-{rank}-{day}"
        if reminder.channel == ReminderChannel.LETTER:
            kept = reminder.pdf or make_letter(reminder.pk)
            if kept is not None:
                yield f"{name}.pdf", read_document(kept)
        else:
            yield f"{name}.txt", f"{reminder.to}\n{reminder.subject}\n\n{reminder.text}\n".encode()
    statement = statement_of(invoice.customer, on=on)
    yield f"4-{_('releve')}-{on.isoformat()}.pdf", statement_pdf(statement)
