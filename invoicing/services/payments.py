"""Records what customers pay, and takes a wrong record back by another row (INV-40)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import Entry
from accounting.selectors.accounts import section_of
from accounting.services.posting import post_entry
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO, cents
from invoicing.calculations.entries import Piece, payment_entry, reversed_payment_entry
from invoicing.calculations.payment_vat import TaxRelease, change, tax_due
from invoicing.models import Invoice, Payment, PaymentTax
from invoicing.selectors.invoices import Standing, standing_of
from invoicing.states import MAX_TOTAL, PaymentMode, VatDueOn


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
) -> Payment:
    """Does: records money received, posts it and releases its VAT; a surplus is kept as an advance of the
    customer (4191). The same form sent twice gives the same payment. Refuses: no issued invoice, an amount
    not positive, a date before the invoice or to come. Leaves behind: the payment, the bank entry, audit."""
    if not amount.is_finite() or not ZERO < amount <= MAX_TOTAL or amount != cents(amount):
        raise Refused(
            Code.AMOUNT_INVALID, _("Le montant reçu est positif et s’arrête au centime."), field="amount"
        )
    if mode not in PaymentMode.values:
        raise Refused(Code.VALUE_INVALID, _("Ce moyen de paiement n’existe pas."), field="mode")
    if len(reference) > 100:
        raise Refused(Code.TEXT_TOO_LONG, _("Cette référence dépasse 100 caractères."), field="reference")
    with transaction.atomic():
        row = _locked(invoice)
        known = Payment.objects.filter(form_key=form_key, invoice=row).first()
        if known is not None:
            return known
        _check_date(row, on, today)
        standing = standing_of(row)
        changes = _changes(row, standing, amount)
        on_invoice = min(amount, standing.due)
        entry = payment_entry(_piece(row, on), amount=amount, on_invoice=on_invoice, tax_changes=changes)
        payment = Payment(
            invoice=row,
            on=on,
            amount=amount,
            mode=mode,
            reference=reference.strip(),
            entry=post_entry(entry, actor=actor, source=row),
            form_key=form_key,
            created_by=actor,
        )
        return _keep(payment, changes, actor=actor, verb="invoicing.record_payment")


def reverse_payment(
    payment: Payment, *, on: date, reason: str, form_key: UUID, actor: Any, today: date
) -> Payment:
    """Does: takes back a payment recorded by mistake or unpaid by the bank, with its entry and its VAT.
    Refuses: one already taken back, no reason, a date before the payment or to come. Leaves behind: a row
    that names the former one, the reversed entry, audit."""
    if not reason.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites pourquoi ce règlement est annulé."), field="reason")
    if len(reason) > 250:
        raise Refused(Code.TEXT_TOO_LONG, _("Ce motif dépasse 250 caractères."), field="reason")
    with transaction.atomic():
        row = _locked(payment.invoice)
        known = Payment.objects.filter(form_key=form_key, invoice=row).first()
        if known is not None:
            return known
        if payment.reverses_id is not None or Payment.objects.filter(reverses=payment).exists():
            raise Refused(Code.ALREADY_DONE, _("Ce règlement est déjà annulé."))
        _check_date(row, on, today)
        if on < payment.on:
            raise Refused(Code.DATE_INVALID, _("L’annulation ne peut pas précéder le règlement."), field="on")
        changes = _changes(row, standing_of(row), -payment.amount)
        draft = reversed_payment_entry(
            _piece(row, on),
            amount=payment.amount,
            on_invoice=_booked_on_invoice(payment),
            tax_changes=changes,
        )
        reversal = Payment(
            invoice=row,
            on=on,
            amount=payment.amount,
            mode=payment.mode,
            reference=payment.reference,
            reverses=payment,
            reason=reason.strip(),
            entry=post_entry(draft, actor=actor, source=row, reverses=payment.entry),
            form_key=form_key,
            created_by=actor,
        )
        return _keep(reversal, changes, actor=actor, verb="invoicing.reverse_payment")


def _locked(invoice: Invoice) -> Invoice:
    row = Invoice.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    if not row.is_issued or row.is_credit_note:
        raise IllegalMove(_("Un règlement se saisit sur une facture émise."))
    return row


def _check_date(invoice: Invoice, on: date, today: date) -> None:
    if on > today:
        raise Refused(Code.DATE_INVALID, _("Un règlement ne porte pas une date à venir."), field="on")
    if invoice.issued_on is not None and on < invoice.issued_on:
        raise Refused(Code.DATE_INVALID, _("Un règlement ne précède pas sa facture."), field="on")


def _changes(invoice: Invoice, standing: Standing, received: Decimal) -> tuple[TaxRelease, ...]:
    """VAT that becomes due with this money, or is due no more without it; none when it is due on debits."""
    if invoice.vat_due_on != VatDueOn.RECEIPTS:
        return ()
    before = tax_due(standing.groups, standing.paid)
    return change(before, tax_due(standing.groups, standing.paid + received))


def _piece(invoice: Invoice, on: date) -> Piece:
    return Piece(
        number=str(invoice.number),
        on=on,
        customer=invoice.customer.name,
        analytic_id=section_of(invoice.activity).pk,
    )


def _booked_on_invoice(payment: Payment) -> Decimal:
    """The part of a payment that went to the customer's account, the rest having gone to advances."""
    entry: Entry = payment.entry
    lines = entry.lines.filter(account__role="customer")
    return sum((line.credit for line in lines), ZERO)


def _keep(payment: Payment, changes: tuple[TaxRelease, ...], *, actor: Any, verb: str) -> Payment:
    payment.save(force_insert=True)
    PaymentTax.objects.bulk_create(
        PaymentTax(payment=payment, category=release.category, rate=release.rate, tax=release.tax)
        for release in changes
    )
    detail = {"amount": str(payment.amount), "on": payment.on.isoformat()}
    audit.record(actor, verb, payment.invoice, detail=detail)
    return payment
