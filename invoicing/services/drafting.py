"""Writes drafts: begun, saved from a page, or copied from another document (INV-21, INV-28, INV-30)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.services.writing import write_content
from invoicing.states import InvoiceState


def create_draft(activity: Activity, *, content: DraftContent, form_key: UUID, actor: Any) -> Invoice:
    """Does: opens a draft invoice; the same form sent twice gives the same draft. Refuses: a customer
    archived or of another activity, amounts or texts out of bounds. Leaves behind: the draft with its
    totals, audit."""
    with transaction.atomic():
        # One creation at a time in an activity: the second click finds what the first one made.
        Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)
        known = Invoice.objects.filter(form_key=form_key, activity=activity).first()
        if known is not None:
            return known
        _check_customer(content.customer, activity.pk)
        invoice = Invoice(activity=activity, form_key=form_key, created_by=actor)
        write_content(invoice, content)
        audit.record(actor, "invoicing.create_draft", invoice)
        return invoice


def save_draft(invoice: Invoice, *, content: DraftContent, version: int, actor: Any) -> Invoice:
    """Does: replaces the content of a draft. Refuses: a document that is no draft any more, a credit note,
    a form older than the draft (stale_form: another tab saved it). Leaves behind: the draft with its
    totals, audit."""
    with transaction.atomic():
        row = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
        if row.state != InvoiceState.DRAFT:
            raise IllegalMove(_("Cette facture n’est plus un brouillon : elle ne change plus."))
        if row.is_credit_note:
            raise IllegalMove(_("Un brouillon d’avoir ne se modifie pas : abandonnez-le et refaites-le."))
        if row.version != version:
            raise Refused(
                Code.STALE_FORM,
                _("Ce brouillon a été enregistré ailleurs entre-temps : votre saisie reste affichée ici."),
            )
        _check_customer(content.customer, row.activity_id, unless=row.customer_id)
        row.version += 1
        write_content(row, content)
        audit.record(actor, "invoicing.save_draft", row)
        return row


def duplicate_invoice(
    invoice: Invoice, *, form_key: UUID, actor: Any, customer: Customer | None = None
) -> Invoice:
    """Does: copies an invoice, whatever its state, into a new draft. Refuses: a credit note, an archived
    customer. Leaves behind: the draft, without dates nor order number, audit."""
    if invoice.is_credit_note:
        raise IllegalMove(_("Un avoir ne se duplique pas : il se fait à partir de sa facture."))
    lines = tuple(
        LineContent(
            label=line.label,
            description=line.description,
            quantity=line.quantity,
            unit=line.unit,
            unit_price=line.unit_price,
            nature=line.nature,
            discount_rate=line.discount_rate,
            discount_amount=line.discount_amount,
            vat_rate=line.vat_rate,
        )
        for line in invoice.lines.select_related("vat_rate").order_by("position")
    )
    content = DraftContent(customer=customer or invoice.customer, lines=lines, purpose=invoice.purpose)
    return create_draft(invoice.activity, content=content, form_key=form_key, actor=actor)


def _check_customer(customer: Customer, activity_id: int, *, unless: int | None = None) -> None:
    if customer.activity_id != activity_id:
        raise Refused(
            Code.VALUE_INVALID, _("Ce client n’est pas un client de cette activité."), field="customer"
        )
    if customer.is_archived and customer.pk != unless:
        raise Refused(
            Code.VALUE_INVALID, _("Ce client est archivé : reprenez d’abord sa fiche."), field="customer"
        )
