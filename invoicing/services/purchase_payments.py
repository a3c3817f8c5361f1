"""Pays purchases: credit notes imputed, payment orders planned section by section, what was paid noted
(INV-47, INV-57)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.payment_orders import Beneficiary
from accounting.models import AnalyticAccount, PaymentOrder
from accounting.services.payment_orders import plan_payment, withdraw_payment
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole
from accounting.states.payments import OrderState as PaymentState
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.money import ZERO
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from invoicing.calculations.purchase_entries import direct_payment_entry
from invoicing.models import Purchase, PurchaseShare
from invoicing.selectors.purchases import left_of, payment_orders_of
from invoicing.selectors.suppliers import bank_in_force
from invoicing.services.lettering import letter_purchase, loosen_purchase
from invoicing.services.purchase_moves import answer, piece_of
from invoicing.states.exchange import EInvoiceCode
from invoicing.states.purchases import PURCHASE_FLOW, PurchaseState
from people.selectors.banks import bank_of
from people.services.changes import one_line

_MOST_REASON = 300


@performs(PURCHASE_FLOW, "order")
def order_payment(row: Purchase, *, actor: Any, due_on: date | None = None) -> None:
    """Does: plans the payment of an approved invoice: one order a section, credit notes taken off, to the
    confirmed bank details of the supplier or of whoever advanced it. Refuses: a credit note, nothing left to
    pay, bank details missing. Leaves behind: the payment orders."""
    if row.is_credit_note:
        raise IllegalMove(_("Un avoir ne se paie pas : imputez-le sur une facture de ce fournisseur."))
    left = {key: amount for key, amount in left_of(row).items() if amount}
    if not left:
        raise Refused(
            Code.AMOUNT_INVALID, _("Les avoirs imputés couvrent toute la facture : notez-la payée.")
        )
    beneficiary = _beneficiary(row)
    account = AccountRole.CLAIMANT if row.advanced_by_id else AccountRole.SUPPLIER
    for share in row.shares.select_related("section").order_by("pk"):
        amount = left.get(share.section_id, ZERO)
        if amount:
            plan_payment(
                beneficiary,
                amount=amount,
                section=share.section,
                account=account,
                label=_label(row),
                due_on=due_on or row.due_on,
                source=share,
                actor=actor,
            )


@performs(PURCHASE_FLOW, "withdraw")
def withdraw_orders(row: Purchase, *, reason: str, actor: Any) -> None:
    """Does: gives up the payment orders of a purchase. Refuses: no reason, one already at the bank or paid.
    Leaves behind: the orders withdrawn, the purchase approved."""
    why = one_line(reason, "reason", _("Dites pourquoi ce paiement est retiré."), most=_MOST_REASON)
    for order in payment_orders_of(row):
        withdraw_payment(order, reason=why, actor=actor)


@performs(PURCHASE_FLOW, "settle")
def settle_purchase(row: Purchase, *, on: date, actor: Any) -> None:
    """Does: notes a purchase paid: by its transfers once all are executed, else by the bank itself (direct
    debit, card), or paid back for a credit note, with the entry. Refuses: transfers still to come, a day to
    come or before the document. Leaves behind: the day, the entry of a direct payment, status 211."""
    if not row.on <= on <= timezone.localdate():
        raise Refused(
            Code.DATE_INVALID, _("Le paiement a lieu entre la date de la facture et aujourd’hui."), field="on"
        )
    orders = list(payment_orders_of(row))
    if any(order.state != PaymentState.SETTLED for order in orders):
        raise IllegalMove(
            _("Un virement de cet achat est encore à venir : il sera noté payé quand la banque l’aura fait.")
        )
    paid = sum((order.amount for order in orders), ZERO)
    if row.state == PurchaseState.APPROVED:
        left = left_of(row)
        piece = replace(piece_of(row), on=on)
        draft = direct_payment_entry(piece, left)
        if draft is not None:
            post_entry(draft, actor=actor, source=row)
            letter_purchase(row, actor=actor)
        paid = sum(left.values(), ZERO)
    row.paid_on = on
    if paid and not row.is_credit_note:
        answer(row, EInvoiceCode.PAYMENT_SENT, actor=actor, at=_noon(on), amount=paid)


@performs(PURCHASE_FLOW, "impute")
def impute_credit(row: Purchase, *, invoice: Purchase, on: date, actor: Any) -> None:
    """Does: lowers the payment of an approved invoice by an approved credit note of the same supplier.
    Refuses: an invoice, another supplier, an invoice not approved or already ordered, more than what a
    section still pays. Leaves behind: the credit note settled, named on the invoice."""
    if not row.is_credit_note:
        raise IllegalMove(_("Seul un avoir s’impute sur une facture."))
    target = Purchase.objects.select_for_update(of=("self",)).get(pk=invoice.pk)
    _require_target(row, target)
    left = left_of(target)
    for share in row.shares.select_related("section"):
        rest = left.get(share.section_id, ZERO)
        if share.gross > rest:
            raise Refused(Code.AMOUNT_ABOVE_DUE, _over(share.section, share.gross, rest), field="invoice")
    row.imputed_on, row.paid_on = target, max(on, row.on)
    letter_purchase(row, target, actor=actor)


@performs(PURCHASE_FLOW, "release")
def release_credit(row: Purchase, *, actor: Any) -> None:
    """Does: takes a credit note back from the invoice it lowers. Refuses: one that was paid back, an invoice
    whose payment is ordered. Leaves behind: the credit note approved, free again."""
    if row.imputed_on is None:
        raise IllegalMove(_("Seul un avoir imputé se reprend."))
    target = Purchase.objects.select_for_update(of=("self",)).get(pk=row.imputed_on.pk)
    if target.state != PurchaseState.APPROVED:
        raise IllegalMove(_("Le paiement de la facture est déjà ordonné : retirez d’abord cet ordre."))
    row.imputed_on = row.paid_on = None
    loosen_purchase(row, reason=house_words(gettext_lazy("Avoir repris")), actor=actor)


def settle_after(order: PaymentOrder, *, on: date, actor: Any) -> Purchase | None:
    """Does: notes a purchase paid when its last transfer is executed. Refuses: nothing; an order of something
    else, or others still to come, change nothing. Leaves behind: as `settle_purchase`."""
    share = order.source
    if not isinstance(share, PurchaseShare):
        return None
    purchase = Purchase.objects.select_for_update(of=("self",)).get(pk=share.purchase_id)
    letter_purchase(purchase, actor=actor)
    orders = payment_orders_of(purchase)
    if purchase.state != PurchaseState.ORDERED or orders.exclude(state=PaymentState.SETTLED).exists():
        return None
    return settle_purchase(purchase, on=on, actor=actor)


def _beneficiary(purchase: Purchase) -> Beneficiary:
    """The confirmed bank details of whoever is owed; nothing printed on a document is paid."""
    person = purchase.advanced_by
    if person is not None:
        details = bank_of(person)
        if details is None:
            raise Refused(
                Code.VALUE_MISSING,
                _("%(name)s n’a pas de coordonnées bancaires confirmées.") % {"name": person.full_name},
            )
        return Beneficiary(details.holder, details.iban, details.bic)
    bank = bank_in_force(purchase.supplier)
    if bank is None:
        raise Refused(
            Code.VALUE_MISSING,
            _(
                "Aucune coordonnée bancaire de « %(name)s » n’est confirmée : proposez-la, "
                "une autre personne la confirme."
            )
            % {"name": purchase.supplier.name},
        )
    return Beneficiary(purchase.supplier.name, bank.iban, bank.bic)


def _require_target(note: Purchase, target: Purchase) -> None:
    same = (note.supplier_id, note.advanced_by_id) == (target.supplier_id, target.advanced_by_id)
    if target.is_credit_note or not same:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une facture du même fournisseur."), field="invoice")
    if target.state != PurchaseState.APPROVED:
        raise Refused(
            Code.VALUE_INVALID,
            _("Cette facture est « %(state)s » : un avoir s’impute sur une facture approuvée.")
            % {"state": target.get_state_display()},
            field="invoice",
        )


def _over(section: AnalyticAccount, amount: Decimal, rest: Decimal) -> str:
    return _(
        "« %(section)s » n’a plus que %(rest)s à payer sur cette facture, l’avoir lui en rend %(amount)s."
    ) % {
        "section": section.label,
        "rest": money(rest),
        "amount": money(amount),
    }


def _label(purchase: Purchase) -> str:
    return _("Facture %(number)s") % {"number": purchase.number}


def _noon(on: date) -> datetime:
    """An hour of that day, never after now."""
    return min(timezone.make_aware(datetime.combine(on, time(12))), timezone.now())
