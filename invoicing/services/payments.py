"""Records what customers pay, what is given back to them, and takes a wrong record back by another row
(INV-40)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO, cents
from cae.core.templatetags.formats import money
from invoicing.calculations.allocation import OpenInvoice, oldest_first
from invoicing.models import Customer, Invoice, Payment, Receipt
from invoicing.selectors.invoices import Standing, open_invoices_of
from invoicing.services.moving_money import (
    Move,
    Movement,
    as_recorded,
    keep,
    known_receipt,
    locked,
    paid_invoice,
)
from invoicing.states.sales import MAX_TOTAL, PaymentMode, ReceiptKind

Shares = Sequence[tuple[Invoice, Decimal]]


class SurplusUnsaid(Refused):
    """More came in than is due and nobody said yet to keep it: a digit too many is quickly typed."""

    def __init__(self, surplus: Decimal, *, due: Decimal) -> None:
        message = _("Il reste %(due)s à payer : corrigez ce montant, ou gardez le surplus en avance.")
        super().__init__(Code.AMOUNT_ABOVE_DUE, message % {"due": money(due)}, field="amount")
        self.surplus = surplus


def record_payment(
    invoice: Invoice,
    *,
    amount: Decimal,
    on: date,
    mode: str,
    form_key: UUID,
    actor: Any,
    today: date,
    reference: str = "",
    keep_surplus: bool = True,
) -> Payment:
    """Does: records money received for one invoice. Refuses and leaves behind: as `record_receipt`."""
    receipt = record_receipt(
        [(invoice, amount)],
        on=on,
        mode=mode,
        form_key=form_key,
        actor=actor,
        today=today,
        reference=reference,
        keep_surplus=keep_surplus,
    )
    return receipt.payments.get()


def record_receipt(
    shares: Shares,
    *,
    on: date,
    mode: str,
    form_key: UUID,
    actor: Any,
    today: date,
    reference: str = "",
    keep_surplus: bool = True,
    from_deposit: bool = False,
) -> Receipt:
    """Does: records money received from a customer and shared over invoices, posts it and releases its VAT;
    a surplus is kept as an advance of the customer (4191). It comes from the bank, or `from_deposit`: what a
    room above held on 165. The same form sent twice gives the same receipt. Refuses: no issued invoice,
    invoices of several customers, an amount not positive, a date before an invoice or to come, a surplus that
    nobody said to keep. Leaves behind: the receipt, its shares, one entry, audit."""
    for _invoice, amount in shares:
        _check_amount(amount)
    _check_words(mode, reference)
    with transaction.atomic():
        rows = locked([invoice for invoice, _amount in shares])
        kind = ReceiptKind.DEPOSIT if from_deposit else ReceiptKind.RECEIVED
        movement = Movement(kind, on, mode, form_key, reference.strip())
        amounts = {row.pk: amount for row, (_invoice, amount) in zip(rows, shares, strict=True)}
        known = known_receipt(movement, amounts)
        if known is not None:
            return known
        moves = []
        for row in rows:
            paid, amount = paid_invoice(row, on=on, today=today), amounts[row.pk]
            if amount > paid.due and paid.held:
                raise Refused(
                    Code.AMOUNT_ABOVE_DUE,
                    _("Le client garde %(held)s de garantie sur %(number)s : libérez d’abord cette retenue.")
                    % {"held": money(paid.held), "number": row.number},
                    field="amount",
                )
            moves.append(Move(row, paid, amount, advance=amount - min(amount, paid.due)))
        surplus = sum((move.advance for move in moves), ZERO)
        if surplus and not keep_surplus:
            raise SurplusUnsaid(surplus, due=sum(amounts.values(), ZERO) - surplus)
        return keep(movement, moves, actor=actor, verb="invoicing.record_payment")


def record_receipt_of(
    customer: Customer,
    *,
    amount: Decimal,
    on: date,
    mode: str,
    form_key: UUID,
    actor: Any,
    today: date,
    reference: str = "",
    keep_surplus: bool = True,
) -> Receipt:
    """Does: records money received from a customer for whatever invoices are due, the oldest first, as they
    stand once locked: two payments at once never pay the same invoice. The same form sent twice gives the
    same receipt. Refuses and leaves behind: as `record_receipt`."""
    _check_amount(amount)
    with transaction.atomic():
        due = open_invoices_of(customer, on=today)
        held = Invoice.objects.select_for_update().filter(pk__in=[one.pk for one in due]).order_by("pk")
        rows = {row.pk: row for row in held}
        known = Receipt.objects.filter(form_key=form_key, customer=customer, amount=amount).first()
        if known is not None:
            # Its invoices are not locked after those that remain: two forms would wait for each other.
            movement = Movement(ReceiptKind.RECEIVED, on, mode, form_key, reference.strip())
            return as_recorded(known, movement, dict(known.payments.values_list("invoice", "amount")))
        left = [
            OpenInvoice(one.pk, one.due, one.due_on)  # type: ignore[attr-defined, arg-type]
            for one in due.filter(pk__in=rows)
        ]
        shares = oldest_first(amount, left) if left else {}
        return record_receipt(
            [(rows[key], share) for key, share in shares.items()],
            on=on,
            mode=mode,
            form_key=form_key,
            actor=actor,
            today=today,
            reference=reference,
            keep_surplus=keep_surplus,
        )


def refund_customer(
    invoice: Invoice,
    *,
    amount: Decimal,
    on: date,
    mode: str,
    form_key: UUID,
    actor: Any,
    today: date,
    reference: str = "",
) -> Receipt:
    """Does: records money given back to a customer who has paid too much, or whose paid invoice was credited.
    Refuses: more than what the customer has in advance, a date to come or before the invoice. Leaves
    behind: the receipt, the bank entry, audit."""
    _check_amount(amount)
    _check_words(mode, reference)
    with transaction.atomic():
        (row,) = locked([invoice])
        movement = Movement(ReceiptKind.REFUNDED, on, mode, form_key, reference.strip())
        known = known_receipt(movement, {row.pk: -amount})
        if known is not None:
            return known
        standing = paid_invoice(row, on=on, today=today)
        _require_credit(standing, amount)
        move = Move(row, standing, -amount, advance=-_taken_from_advance(row, amount))
        return keep(movement, [move], actor=actor, verb="invoicing.refund_customer")


def use_advance(
    invoice: Invoice,
    *,
    on_invoice: Invoice,
    amount: Decimal,
    on: date,
    form_key: UUID,
    actor: Any,
    today: date,
) -> Receipt:
    """Does: moves what a customer has in advance on `invoice` to another invoice still due. Refuses: more
    than the advance or than what is due there, another customer. Leaves behind: the receipt with its two
    shares, an entry without bank, audit."""
    _check_amount(amount)
    with transaction.atomic():
        source, target = locked([invoice, on_invoice])
        movement = Movement(ReceiptKind.OFFSET, on, PaymentMode.OTHER, form_key)
        known = known_receipt(movement, {source.pk: -amount, target.pk: amount})
        if known is not None:
            return known
        giving, receiving = (paid_invoice(row, on=on, today=today) for row in (source, target))
        _require_credit(giving, amount)
        if amount > receiving.due:
            raise Refused(
                Code.AMOUNT_ABOVE_DUE,
                _("Il ne reste que %(due)s à payer sur %(number)s.")
                % {"due": money(receiving.due), "number": target.number},
                field="amount",
            )
        moves = [
            Move(source, giving, -amount, advance=-_taken_from_advance(source, amount)),
            Move(target, receiving, amount),
        ]
        return keep(movement, moves, actor=actor, verb="invoicing.use_advance")


def reverse_receipt(
    receipt: Receipt, *, on: date, reason: str, form_key: UUID, actor: Any, today: date
) -> Receipt:
    """Does: takes back a movement recorded by mistake or unpaid by the bank, with its entry and its VAT.
    Refuses: one already taken back, a deposit kept, no reason, a date before it or to come, money that was
    given back or used since. Leaves behind: a row that names the former one, the reversed entry, audit."""
    if receipt.kind == ReceiptKind.DEPOSIT:
        raise IllegalMove(_("Un dépôt gardé a payé cette facture : faites un avoir, puis rendez la somme."))
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce règlement est annulé."), field="reason")
    if len(reason) > 250:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce motif dépasse 250 caractères."), field="reason")
    with transaction.atomic():
        shares = list(receipt.payments.select_related("invoice").order_by("pk"))
        rows = locked([share.invoice for share in shares])
        movement = Movement(
            ReceiptKind(receipt.kind), on, receipt.mode, form_key, receipt.reference, receipt, reason.strip()
        )
        known = known_receipt(movement, {share.invoice_id: -share.amount for share in shares})
        if known is not None:
            return known
        if receipt.reverses_id is not None or Receipt.objects.filter(reverses=receipt).exists():
            raise Refused(Code.ALREADY_DONE, _("Ce règlement est déjà annulé."))
        if on < receipt.on:
            raise Refused(Code.DATE_INVALID, _("L’annulation ne peut pas précéder le règlement."), field="on")
        moves = []
        for row, share in zip(rows, shares, strict=True):
            standing = paid_invoice(row, on=on, today=today)
            if standing.paid < share.amount or _advance_left(row) < share.advance:
                raise Refused(
                    Code.ILLEGAL_MOVE,
                    _("Ce que %(number)s avait reçu a été rendu ou utilisé depuis : annulez d’abord cela.")
                    % {"number": row.number},
                )
            moves.append(Move(row, standing, -share.amount, advance=_advance_taken_back(standing, share)))
        return keep(movement, moves, actor=actor, verb="invoicing.reverse_payment")


def _check_amount(amount: Decimal) -> None:
    """Refuses an amount of money that is not positive and whole to the cent."""
    if not amount.is_finite() or not ZERO < amount <= MAX_TOTAL or amount != cents(amount):
        raise Refused(
            Code.AMOUNT_INVALID, _("Le montant reçu est positif et s’arrête au centime."), field="amount"
        )


def _check_words(mode: str, reference: str) -> None:
    if mode not in PaymentMode.values:
        raise Refused(Code.VALUE_INVALID, _("Ce moyen de paiement n’existe pas."), field="mode")
    if len(reference) > 100:
        raise Refused(Code.TEXT_TOO_LONG, _("Cette référence dépasse 100 caractères."), field="reference")


def _require_credit(standing: Standing, amount: Decimal) -> None:
    if amount > standing.customer_credit:
        raise Refused(
            Code.AMOUNT_ABOVE_DUE,
            _("Le client n’a que %(credit)s d’avance sur cette facture.")
            % {"credit": money(standing.customer_credit)},
            field="amount",
        )


def _advance_left(invoice: Invoice) -> Decimal:
    """What account 4191 still holds for this invoice."""
    return sum((payment.advance for payment in invoice.payments.all()), ZERO)


def _advance_taken_back(standing: Standing, share: Payment) -> Decimal:
    """The advance that goes with a share taken back. A later payment may have gone to 4191 because this one
    was there: it now pays the invoice, so that 4191 holds nothing while something is still due."""
    held = _advance_left(share.invoice)
    beyond = max(standing.paid - share.amount - standing.owed, ZERO)
    taken: Decimal = min(held - share.advance, beyond) - held
    return taken


def _taken_from_advance(invoice: Invoice, amount: Decimal) -> Decimal:
    """A surplus is used before what a credit note left on the customer's account."""
    return min(amount, max(_advance_left(invoice), ZERO))
