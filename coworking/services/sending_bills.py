"""Sends the invoices of a run to their payers, each once (COW-15)."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from cae.core.errors import Refused
from coworking.models import RunDocument
from invoicing.emails import cause_of, letter_of
from invoicing.models import Invoice
from invoicing.selectors.sendings import recipients_of
from invoicing.services.sending import send_invoice

SEND_TASK = "coworking.send_invoice"


def is_to_send(invoice: Invoice) -> bool:
    """Whether a run made this invoice and sends what it makes."""
    return RunDocument.objects.filter(invoice=invoice, run__sends=True, sent_at=None).exists()


@transaction.atomic
def send_run_invoice(invoice_id: int, *, at: datetime) -> bool:
    """Does: sends an issued invoice of a run to the first address of its payer, in the words in force; asked
    again, nothing more. Refuses: nothing (why it could not leave is kept beside it). Leaves behind: what
    sending leaves, the moment; gives whether it left now."""
    rows = RunDocument.objects.select_for_update(of=("self",)).select_related(
        "run__started_by", "invoice__customer", "invoice__activity"
    )
    row = rows.filter(invoice=invoice_id, run__sends=True, sent_at=None).first()
    if row is None or not row.invoice.is_issued:
        return False
    invoice = row.invoice
    to = [one.email for one in recipients_of(invoice.customer)[:1]]
    letter = letter_of(invoice, cause_of(invoice), on=timezone.localdate(at))
    key = uuid5(NAMESPACE_URL, f"place-invoice:{invoice.pk}")
    try:
        with transaction.atomic():
            send_invoice(invoice, to=to, letter=letter, actor=row.run.started_by, at=at, form_key=key)
    except Refused as refused:
        row.unsent_because = refused.message[:300]
    else:
        row.sent_at, row.unsent_because = at, ""
    row.save(update_fields=["sent_at", "unsent_because"])
    return row.sent_at is not None
