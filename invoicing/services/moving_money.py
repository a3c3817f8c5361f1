"""Writes a movement of money once it is decided: receipt, shares, VAT that becomes due, one entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounting.selectors.accounts import section_of
from accounting.services.contribution import take_on_receipt
from accounting.services.posting import post_entry
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from cae.core.templatetags.formats import money
from invoicing.calculations.entries import Piece, Share, money_entry, names_of
from invoicing.calculations.payment_vat import TaxRelease, change, tax_due
from invoicing.models import Invoice, Payment, PaymentTax, Receipt
from invoicing.selectors.invoices import Standing, standing_of
from invoicing.selectors.joint_money import Moved, shares_of
from invoicing.services.joint_books import joint_money_of, keep_shares
from invoicing.services.lettering import letter_sale
from invoicing.services.lifecycle import note_collected
from invoicing.services.losses import refuse_given_up
from invoicing.states.sales import ReceiptKind, VatDueOn

# Written in the books, so in French whoever records.
_TITLES = {
    ReceiptKind.RECEIVED: "Règlement",
    ReceiptKind.REFUNDED: "Remboursement",
    ReceiptKind.OFFSET: "Imputation d’avance",
    ReceiptKind.DEPOSIT: "Dépôt gardé",
}
_CANCELLED = {
    ReceiptKind.RECEIVED: "Annulation du règlement",
    ReceiptKind.REFUNDED: "Annulation du remboursement",
    ReceiptKind.OFFSET: "Annulation de l’imputation",
    ReceiptKind.DEPOSIT: "Annulation du dépôt gardé",
}


@dataclass(frozen=True)
class Movement:
    """What is said of the money itself."""

    kind: ReceiptKind
    on: date
    mode: str
    form_key: UUID
    reference: str = ""
    reverses: Receipt | None = None
    reason: str = ""


@dataclass(frozen=True)
class Move:
    """What an invoice receives or gives, knowing how it stands; `advance` is the part beyond what is due."""

    invoice: Invoice
    standing: Standing
    amount: Decimal
    advance: Decimal = ZERO

    @property
    def tax_changes(self) -> tuple[TaxRelease, ...]:
        """VAT that becomes due with this money, or is due no more without it; none when due on debits."""
        if self.invoice.vat_due_on != VatDueOn.RECEIPTS:
            return ()
        standing, paid = self.standing, self.standing.paid
        before, after = standing.of_sale(paid), standing.of_sale(paid + self.amount)
        return change(tax_due(standing.groups, before), tax_due(standing.groups, after))


def locked(invoices: Sequence[Invoice]) -> list[Invoice]:
    """The rows in the order given, locked in the order of their keys; refuses to mix customers."""
    if not invoices:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins une facture."))
    keys = [invoice.pk for invoice in invoices]
    rows = {
        row.pk: row
        for row in Invoice.objects.select_for_update(of=("self",))
        .select_related("customer", "activity", "quote")
        .defer("quote__facts")
        .filter(pk__in=keys)
        .order_by("pk")
    }
    if len(rows) != len(keys):
        raise Refused(Code.VALUE_INVALID, _("Une facture n’apparaît qu’une fois dans un règlement."))
    if len({(row.customer_id, row.activity_id) for row in rows.values()}) > 1:
        raise Refused(Code.VALUE_INVALID, _("Un règlement vient d’un seul client."))
    return [rows[key] for key in keys]


def known_receipt(movement: Movement, amounts: Mapping[int, Decimal]) -> Receipt | None:
    """What the same form has already recorded, by the keys of its invoices; refuses one that says something
    else since."""
    known = Receipt.objects.filter(form_key=movement.form_key).first()
    return known and as_recorded(known, movement, amounts)


def as_recorded(known: Receipt, movement: Movement, amounts: Mapping[int, Decimal]) -> Receipt:
    """What a form has recorded, when it says the same again: two movements never hide behind one."""
    told = (known.kind, known.on, known.mode, known.reference, known.reverses_id)
    former = movement.reverses.pk if movement.reverses else None
    wanted = (movement.kind, movement.on, movement.mode, movement.reference, former)
    if told != wanted or dict(known.payments.values_list("invoice", "amount")) != dict(amounts):
        raise Refused(
            Code.STALE_FORM,
            _("Cette page a déjà enregistré %(amount)s le %(day)s : rouvrez-la pour un autre mouvement.")
            % {"amount": money(known.amount), "day": known.on.strftime("%d/%m/%Y")},
        )
    return known


def paid_invoice(invoice: Invoice, *, on: date, today: date) -> Standing:
    """How an invoice stands before money moves on that date; refuses what cannot be paid."""
    if not invoice.is_issued or invoice.is_credit_note:
        raise IllegalMove(_("Un règlement se saisit sur une facture émise."))
    refuse_given_up(invoice)
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Un règlement ne porte pas une date à venir."), field="on")
    if invoice.issued_on is not None and on < invoice.issued_on:
        raise Refused(Code.DATE_INVALID, _("Un règlement ne précède pas sa facture."), field="on")
    return standing_of(invoice)


def keep(movement: Movement, moves: Sequence[Move], *, actor: Any, verb: str) -> Receipt:
    """Posts the entry, then writes the receipt with its shares and taxes, and says so in the journal."""
    first = moves[0].invoice
    numbers = [str(move.invoice.number) for move in moves]
    piece = Piece(
        number=names_of(numbers),
        on=movement.on,
        customer=first.customer.name,
        analytic_id=section_of(first.activity).pk,
    )
    shares = [
        Share(number, move.amount, move.advance, move.tax_changes)
        for number, move in zip(numbers, moves, strict=True)
    ]
    former = movement.reverses
    titles = _TITLES if former is None else _CANCELLED
    cuts = [shares_of(move.invoice, Moved(move.standing, move.amount, move.advance)) for move in moves]
    held_on = "deposit_received" if movement.kind == ReceiptKind.DEPOSIT else "bank"
    draft = money_entry(piece, shares, title=titles[movement.kind], held_on=held_on)
    activities = [first.activity]
    if any(cuts):
        if movement.kind == ReceiptKind.DEPOSIT:
            raise IllegalMove(_("Un dépôt de garantie ne paie pas une facture commune."))
        draft, activities = joint_money_of(
            piece, list(zip(shares, cuts, strict=True)), title=titles[movement.kind], leading=first.activity
        )
    entry = post_entry(draft, actor=actor, source=first, reverses=former.entry if former else None)
    receipt = Receipt.objects.create(
        kind=movement.kind,
        activity=first.activity,
        customer=first.customer,
        on=movement.on,
        amount=_amount_of(shares),
        mode=movement.mode,
        reference=movement.reference,
        reverses=former,
        reason=movement.reason,
        entry=entry,
        form_key=movement.form_key,
        created_by=actor,
    )
    for move, share, cut in zip(moves, shares, cuts, strict=True):
        keep_shares(_keep_share(receipt, move, share), cut or {})
        letter_sale(move.invoice, actor=actor)
        detail = {"amount": str(move.amount), "on": movement.on.isoformat()}
        audit.record(actor, verb, move.invoice, detail=detail)
    for activity in activities:
        take_on_receipt(activity, entry=entry, actor=actor)
    return receipt


def _amount_of(shares: Sequence[Share]) -> Decimal:
    """What moved, between two invoices or with the bank."""
    return abs(sum((share.amount for share in shares), ZERO)) or abs(shares[0].amount)


def _keep_share(receipt: Receipt, move: Move, share: Share) -> Payment:
    payment = Payment.objects.create(
        receipt=receipt, invoice=move.invoice, amount=move.amount, advance=move.advance
    )
    note_collected(payment, actor=receipt.created_by)
    PaymentTax.objects.bulk_create(
        PaymentTax(payment=payment, category=release.category, rate=release.rate, tax=release.tax)
        for release in share.tax_changes
    )
    return payment
