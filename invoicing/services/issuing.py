"""Issues a document: the instant when a draft becomes a numbered, sealed, posted piece that never changes
(INV-21)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from accounting.calculations.entries import EntryDraft
from accounting.services.contribution import take_on_receipt, take_weighed, weigh_document
from accounting.services.periods import require_open
from accounting.services.posting import write_entry
from accounting.services.runs import RunDesk, open_desk
from cae.core import numbering
from cae.core.background import run_later
from cae.core.errors import Code, Refused
from cae.core.events import publish
from cae.core.workflow import performs
from invoicing.calculations.credit import remaining
from invoicing.calculations.entries import (
    Piece,
    Sale,
    credit_note_entry,
    invoice_entry,
    kind_of,
    retention_entry,
)
from invoicing.calculations.payment_vat import TaxRelease, change, tax_due
from invoicing.engines.cii import build_xml
from invoicing.engines.model import EInvoice
from invoicing.events import InvoiceMoved
from invoicing.models import Invoice, Quote
from invoicing.selectors.controls import sealed_text
from invoicing.selectors.einvoices import discounts_of, einvoice_of
from invoicing.selectors.invoices import standing_of
from invoicing.selectors.joint import Split, account_of, split_of
from invoicing.selectors.joint_money import shifts_of
from invoicing.selectors.part_facts import release_foreseen
from invoicing.selectors.sold import parts_of
from invoicing.selectors.verdicts import verdict_on
from invoicing.services.completeness import require_complete, require_fresh, require_handed
from invoicing.services.deal_papers import require_papers
from invoicing.services.disbursing import hold_proofs
from invoicing.services.joint_books import joint_entries_of, keep_shifts, keep_split, shift_entry_of
from invoicing.services.lettering import letter_sale
from invoicing.services.looks import keep_terms
from invoicing.services.losses import refuse_given_up
from invoicing.services.telling import tell_approved
from invoicing.states.deals import Moment
from invoicing.states.sales import (
    INVOICE_FLOW,
    SERIES,
    VatDueOn,
)


@performs(INVOICE_FLOW, "issue")
def issue_invoice(
    invoice: Invoice,
    *,
    actor: Any,
    on: date,
    today: date,
    version: int | None = None,
    handed: bool = False,
) -> None:
    """Does: numbers, freezes and seals the document, posts it and takes the contribution. Refuses: an
    incomplete document, a date to come or before the last one, a paper of its deal missing, a content
    without today's verdict, a missing account. Leaves behind: number, facts and seal; entries; audit; the
    PDF to come."""
    require_fresh(invoice, version)
    require_handed(invoice, handed)
    submitted = invoice.is_submitted
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Une facture ne porte pas une date à venir."), field="issued_on")
    require_open(on, field="issued_on")
    if invoice.credited is not None:
        # Payments and other credit notes of the invoice wait.
        invoice.credited = Invoice.objects.select_for_update().get(pk=invoice.credited.pk)
        refuse_given_up(invoice.credited)
    _hold_quote(invoice.credited or invoice)
    hold_proofs(invoice)
    require_complete(invoice, on=on)
    if not invoice.is_credit_note:
        require_papers(invoice, Moment.INVOICE)
    if invoice.retained:
        invoice.retained_until = release_foreseen(on)
    content = einvoice_of(invoice, on=on)
    _require_verdict(content, on)
    _number_and_post(invoice, content, on=on, actor=actor)
    invoice.correction = ""
    invoice.checker = actor if submitted else None
    run_later("invoicing.archive_pdf", invoice_id=invoice.pk)
    if submitted:
        tell_approved(invoice, actor=actor, on=on)
    publish(InvoiceMoved(invoice, "issue", actor))


def _hold_quote(asked: Invoice) -> None:
    """Whoever prepares or issues another part of the quote waits: what is left is known once this one is out,
    or given back."""
    if asked.is_part and asked.quote_id is not None:
        asked.quote = Quote.objects.select_for_update(of=("self",)).get(pk=asked.quote_id)


def _number_and_post(invoice: Invoice, content: EInvoice, *, on: date, actor: Any) -> None:
    """From the number on, whoever issues waits for this one: all that can be read is read before."""
    corrects = str(invoice.credited.number) if invoice.credited else ""
    split = split_of(invoice)
    sold = {invoice.activity: parts_of(invoice)} if split is None else split.sold
    weighed = [weigh_document(one, parts=parts, on=on, corrects=corrects) for one, parts in sold.items()]
    desk = open_desk(list(sold))
    _freeze(invoice, content, on)
    for entry in _entries_of(invoice, split, desk, on):
        write_entry(entry, actor=actor, source=invoice, reverses=None, desk=desk.books)
    if split is not None:
        _share_again(invoice, split, desk, on=on, actor=actor)
        keep_split(split, sign=-1 if invoice.is_credit_note else 1)
    if invoice.credited_id or invoice.is_part or invoice.retained_until:
        letter_sale(invoice, actor=actor)
    for one in weighed:
        take_weighed(one, document_number=str(invoice.number), source=invoice, actor=actor, desk=desk)


def _share_again(note: Invoice, split: Split, desk: RunDesk, *, on: date, actor: Any) -> None:
    """What was paid on an invoice that a credit note settles goes to whoever it stands for."""
    shifts = shifts_of(note, split.parts)
    if not shifts:
        return
    entry = write_entry(
        shift_entry_of(note, shifts, on), actor=actor, source=note, reverses=None, desk=desk.books
    )
    for activity in keep_shifts(note, shifts):
        take_on_receipt(activity, entry=entry, actor=actor)


def _entries_of(invoice: Invoice, split: Split | None, desk: RunDesk, on: date) -> Iterator[EntryDraft]:
    """The sale, and what the customer keeps of it."""
    section, until = desk.section_of(invoice.activity), invoice.retained_until
    piece = piece_of(invoice, on, section)
    if split is not None:
        yield from joint_entries_of(invoice, split, piece=piece, section_of=desk.section_of, until=until)
        return
    yield entry_of(invoice, on=on, analytic_id=section)
    if until is not None:
        yield retention_entry(piece, invoice.retained, until=until)


def _require_verdict(content: EInvoice, on: date) -> None:
    verdict = verdict_on(content, on=on)
    if verdict is None:
        raise Refused(
            Code.VERDICT_MISSING,
            _("Le document a changé depuis son contrôle, ou n’a pas été contrôlé aujourd’hui : recommencez."),
        )
    if not verdict.accepted:
        first = verdict.findings[0]
        raise Refused(Code.VERDICT_REFUSED, first["message"], field=first["field"] or None)


def _freeze(invoice: Invoice, content: EInvoice, on: date) -> None:
    keep_terms(invoice.activity)
    turn = numbering.take_turn(SERIES[invoice.kind], on)
    say_for_good(invoice, content, number=turn.number)
    invoice.previous_seal = turn.previous_seal
    invoice.seal = turn.seal(sealed_text(invoice))


def say_for_good(invoice: Invoice, content: EInvoice, *, number: str) -> None:
    """Gives the document its number, its dates, its facts and the hash of its XML; nothing is written."""
    facts = replace(content, number=number)
    invoice.number = number
    invoice.issued_on = facts.issued_on
    invoice.due_on = facts.due_on
    invoice.delivered_on = facts.delivered_on
    invoice.facts = facts.to_json()
    invoice.xml_sha256 = sha256(build_xml(facts)).hexdigest()


def piece_of(invoice: Invoice, on: date, analytic_id: int) -> Piece:
    return Piece(
        number=str(invoice.number),
        on=on,
        customer=invoice.customer.name,
        analytic_id=analytic_id,
        due_on=invoice.due_on,
    )


def entry_of(invoice: Invoice, *, on: date, analytic_id: int) -> EntryDraft:
    """What the document says in the books."""
    piece = piece_of(invoice, on, analytic_id)
    sales = [
        Sale(
            account_of(invoice, line),
            line.vat_rate.rate,
            line.gross,
            line.discount,
            kind_of(line.vat_rate.category, line.vat_rate.code),
        )
        for line in invoice.lines.all()
    ]
    taxes = [tax.group for tax in invoice.taxes.all()]
    discounts = discounts_of(invoice)
    on_receipts = invoice.vat_due_on == VatDueOn.RECEIPTS
    if invoice.credited is None:
        return invoice_entry(
            piece,
            sales=sales,
            taxes=taxes,
            on_receipts=on_receipts,
            discounts=discounts,
            disbursed=invoice.disbursed,
        )
    return credit_note_entry(
        piece,
        sales=sales,
        taxes=taxes,
        on_receipts=on_receipts,
        discounts=discounts,
        disbursed=invoice.disbursed,
        tax_changes=_tax_changes(invoice.credited, invoice) if on_receipts else (),
    )


def _tax_changes(invoice: Invoice, note: Invoice) -> tuple[TaxRelease, ...]:
    """Tax that payments had released and that the credit note gives back, or that it makes due."""
    before = standing_of(invoice)
    groups = remaining(before.groups, [tax.group for tax in note.taxes.all()])
    after = replace(before, groups=groups, disbursed=before.disbursed - note.disbursed)
    paid = before.paid
    return change(tax_due(before.groups, before.of_sale(paid)), tax_due(groups, after.of_sale(paid)))
