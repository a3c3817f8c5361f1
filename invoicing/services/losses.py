"""Gives up the rest of an invoice, with its proof and its entry; takes that back (INV-43, decision 0028)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.calculations.entries import EntryDraft
from accounting.selectors.accounts import section_of
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document
from cae.core.uploads import plain_name, proof_mime
from invoicing.calculations.entries import Piece
from invoicing.calculations.joint_entries import joint_loss_entry
from invoicing.calculations.losses import Loss, loss_entry, loss_of_rest
from invoicing.models import Invoice, WriteOff
from invoicing.selectors.invoices import held_of, standing_of
from invoicing.selectors.joint_money import losses_of
from invoicing.selectors.losses import standing_loss_of
from invoicing.services.joint_books import by_section
from invoicing.services.lettering import letter_sale
from invoicing.states.chasing import MAX_REASON
from invoicing.states.sales import VatDueOn

PROOF_KIND = "invoicing.loss_proof"
# Accounting documents are kept ten years from the end of their financial year (C. com. L123-22).
_RETENTION_YEARS = 10
_MAX_MEGABYTES = 10


@dataclass(frozen=True)
class Proof:
    """What says that nothing more will come: a judgment, a certificate, a liquidator's letter."""

    name: str
    content: bytes


def write_off(
    invoice: Invoice,
    *,
    on: date,
    reason: str,
    proof: Proof,
    note_sent_on: date | None,
    form_key: UUID,
    actor: Any,
    today: date,
) -> WriteOff:
    """Does: gives up all that is left to pay on an invoice; the same form sent twice gives it up once. Of VAT
    on debits, the tax comes back if the duplicate with its note was sent (`note_sent_on`), else it is part of
    the loss. Refuses: nothing left, no reason, no proof, a date to come or before the invoice, a note sent
    after that day. Leaves behind: the loss, its proof, one entry, audit; the invoice says what it said."""
    reason = _checked_reason(reason)
    mime = proof_mime(proof.content, most=_MAX_MEGABYTES, field="proof")
    if note_sent_on is not None and note_sent_on > on:
        raise Refused(
            Code.DATE_INVALID, _("Le duplicata part avant la perte, ou le même jour."), field="note_sent_on"
        )
    with transaction.atomic():
        row = _locked(invoice)
        known = WriteOff.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        _check_day(row.issued_on, on, today, _("Une perte ne précède pas sa facture."))
        loss = _loss(row, recovers_tax=note_sent_on is not None)
        piece = Piece(str(row.number), on, row.customer.name, section_of(row.activity).pk)
        written = WriteOff.objects.create(
            invoice=row,
            on=on,
            amount=loss.amount,
            charge=loss.charge,
            tax=loss.tax,
            reason=reason,
            proof=_keep_proof(row, proof, mime, on, actor),
            note_sent_on=note_sent_on,
            entry=post_entry(_entry_of(row, piece, loss), actor=actor, source=row),
            form_key=form_key,
            created_by=actor,
        )
        letter_sale(row, actor=actor)
        _note("invoicing.write_off", written, loss.amount, actor)
        return written


def take_loss_back(
    loss: WriteOff, *, on: date, reason: str, form_key: UUID, actor: Any, today: date
) -> WriteOff:
    """Does: takes a loss back, whole: the customer pays after all, or it was a mistake. Refuses: one already
    taken back, no reason, a date to come or before the loss. Leaves behind: a row that names the former one,
    the opposite entry, audit; the rest is due again."""
    reason = _checked_reason(reason)
    with transaction.atomic():
        row = _locked(loss.invoice)
        known = WriteOff.objects.filter(form_key=form_key).first()
        if known is not None:
            return known
        former = WriteOff.objects.select_related("entry").get(pk=loss.pk)
        if former.reverses_id is not None or WriteOff.objects.filter(reverses=former).exists():
            raise Refused(Code.ALREADY_DONE, _("Cette perte est déjà annulée."))
        _check_day(former.on, on, today, _("L’annulation ne peut pas précéder la perte."))
        written = WriteOff.objects.create(
            invoice=row,
            on=on,
            amount=-former.amount,
            charge=-former.charge,
            tax=-former.tax,
            reason=reason,
            reverses=former,
            entry=reverse_entry(former.entry, on=on, reason=reason, actor=actor, source=row),
            form_key=form_key,
            created_by=actor,
        )
        _note("invoicing.take_loss_back", written, former.amount, actor)
        return written


def refuse_given_up(invoice: Invoice) -> None:
    """Raises IllegalMove while the rest of an invoice is given up: no money nor credit note comes on top."""
    if standing_loss_of(invoice) is not None:
        raise IllegalMove(
            _("Le reste de %(number)s est passé en perte : annulez d’abord cette perte.")
            % {"number": invoice.number}
        )


def _locked(invoice: Invoice) -> Invoice:
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("customer", "activity", "quote")
    return rows.defer("quote__facts").get(pk=invoice.pk)


def _loss(invoice: Invoice, *, recovers_tax: bool) -> Loss:
    if not invoice.is_issued or invoice.is_credit_note:
        raise IllegalMove(_("On passe en perte le reste d’une facture émise."))
    refuse_given_up(invoice)
    standing = standing_of(invoice)
    if not standing.due:
        raise Refused(Code.ALREADY_DONE, _("Il ne reste rien à payer sur cette facture."))
    of_sale = standing.of_sale(standing.paid)
    return loss_of_rest(
        standing.groups,
        # What the customer still holds is not lost yet: it is due later.
        of_sale + standing.held,
        disbursed=standing.disbursed - (standing.paid - of_sale),
        on_receipts=invoice.vat_due_on == VatDueOn.RECEIPTS,
        recovers_tax=recovers_tax,
    )


def _entry_of(invoice: Invoice, piece: Piece, loss: Loss) -> EntryDraft:
    """The loss, cut between the activities of a joint invoice."""
    parts = losses_of(invoice, loss, held_of(invoice))
    return loss_entry(piece, loss) if parts is None else joint_loss_entry(piece, by_section(parts))


def _keep_proof(invoice: Invoice, proof: Proof, mime: str, on: date, actor: Any) -> Document:
    return store_document(
        proof.content,
        kind=PROOF_KIND,
        name=plain_name(proof.name, otherwise="justificatif"),
        mime=mime,
        about=invoice,
        actor=actor,
        retention_until=date(on.year + _RETENTION_YEARS, 12, 31),
    )


def _note(verb: str, loss: WriteOff, amount: Decimal, actor: Any) -> None:
    detail = {"amount": str(amount), "on": loss.on.isoformat(), "reason": loss.reason}
    audit.record(actor, verb, loss.invoice, detail=detail)


def _check_day(first: date | None, on: date, today: date, sentence: str) -> None:
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Cette date est à venir."), field="on")
    if first is not None and on < first:
        raise Refused(Code.DATE_INVALID, sentence, field="on")


def _checked_reason(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(Code.VALUE_MISSING, _("Donnez le motif."), field="reason")
    if len(reason) > MAX_REASON:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce motif dépasse %(most)d caractères.") % {"most": MAX_REASON},
            field="reason",
        )
    return reason
