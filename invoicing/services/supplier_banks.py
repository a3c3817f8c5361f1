"""Bank details of a supplier: proposed by one person, confirmed by another after a call (INV-45)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.banks import bic_of, checked_iban, end_of
from cae.core.errors import Code, Refused
from invoicing.models import Supplier, SupplierBank
from invoicing.selectors.suppliers import bank_in_force
from invoicing.services.purchase_inputs import CallBack
from invoicing.services.purchase_telling import tell_bank_proposed
from invoicing.states.purchases import BankSource, BankVerdict
from people.services.changes import one_line

_MOST_WHOM, _MOST_NUMBER, _MOST_REASON = 160, 30, 250
# Digits that a number one can call has at least.
_LEAST_DIGITS = 6


def propose_bank(
    supplier: Supplier, *, iban: str, actor: Any, at: datetime, source: str = BankSource.TYPED
) -> SupplierBank:
    """Does: proposes an IBAN for a supplier. Refuses: a wrong IBAN, the one in force, another proposal that
    waits. Leaves behind: the row, those who may confirm told, audit."""
    checked = checked_iban(iban)
    with transaction.atomic():
        row = Supplier.objects.select_for_update().get(pk=supplier.pk)
        current = bank_in_force(row)
        if current is not None and current.iban == checked:
            raise Refused(
                Code.ALREADY_DONE, _("Ces coordonnées sont déjà celles qui servent à payer."), field="iban"
            )
        if row.banks.waiting().exists():
            raise Refused(
                Code.DUPLICATE,
                _("Un changement attend déjà une confirmation : confirmez-le ou écartez-le d’abord."),
                field="iban",
            )
        bank = SupplierBank.objects.create(
            supplier=row, iban=checked, bic=bic_of(checked), source=source, proposed_by=actor, proposed_at=at
        )
        audit.record(actor, "invoicing.propose_bank", row, detail={"iban": end_of(checked)})
        tell_bank_proposed(bank, actor=actor)
        return bank


def confirm_bank(bank: SupplierBank, *, call: CallBack, actor: Any, at: datetime) -> SupplierBank:
    """Does: vouches for bank details after the supplier was called back; payments to come go there. Refuses:
    whoever proposed them, a decision already taken, a call without person, number or day, a day to come or
    before the proposal. Leaves behind: the decision with its call, never to change, audit."""
    whom = one_line(call.whom, "whom", _("Dites qui vous avez eu au téléphone."), most=_MOST_WHOM)
    number = one_line(call.number, "number", _("Dites quel numéro vous avez appelé."), most=_MOST_NUMBER)
    if sum(sign.isdigit() for sign in number) < _LEAST_DIGITS:
        raise Refused(Code.VALUE_INVALID, _("Ce numéro de téléphone est incomplet."), field="number")
    with transaction.atomic():
        row = _undecided(bank)
        if row.proposed_by_id == actor.pk:
            raise Refused(
                Code.NOT_ALLOWED,
                _("Vous avez proposé ces coordonnées : une autre personne les confirme."),
            )
        _refuse_day(call.on, row, at)
        row.verdict, row.decided_by, row.decided_at = BankVerdict.CONFIRMED, actor, at
        row.called_whom, row.called_number, row.called_on = whom, number, call.on
        row.save()
        detail = {"iban": end_of(row.iban), "called": whom, "number": number}
        audit.record(actor, "invoicing.confirm_bank", row.supplier, detail=detail)
        return row


def reject_bank(bank: SupplierBank, *, reason: str, actor: Any, at: datetime) -> SupplierBank:
    """Does: sets bank details aside; whoever proposed them may do so. Refuses: a decision already taken, no
    reason. Leaves behind: the decision, audit."""
    why = one_line(reason, "reason", _("Dites pourquoi ces coordonnées sont écartées."), most=_MOST_REASON)
    with transaction.atomic():
        row = _undecided(bank)
        row.verdict, row.decided_by, row.decided_at, row.reason = BankVerdict.REJECTED, actor, at, why
        row.save()
        detail = {"iban": end_of(row.iban), "reason": why}
        audit.record(actor, "invoicing.reject_bank", row.supplier, detail=detail)
        return row


def _undecided(bank: SupplierBank) -> SupplierBank:
    row = SupplierBank.objects.select_for_update(of=("self",)).select_related("supplier").get(pk=bank.pk)
    if not row.is_waiting:
        raise Refused(
            Code.ALREADY_DONE,
            _("C’est déjà décidé : ces coordonnées sont « %(verdict)s ».")
            % {"verdict": row.get_verdict_display().lower()},
        )
    return row


def _refuse_day(on: date, bank: SupplierBank, at: datetime) -> None:
    if not timezone.localdate(bank.proposed_at) <= on <= timezone.localdate(at):
        raise Refused(Code.DATE_INVALID, _("L’appel a lieu entre la proposition et aujourd’hui."), field="on")
