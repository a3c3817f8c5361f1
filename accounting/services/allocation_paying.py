"""Pays what an allocation gives to people: kept back to the cent, one transfer a part (ACC-47)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.allocation.people import kept_back
from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit, merged
from accounting.calculations.payment_orders import Beneficiary
from accounting.calculations.year_end import ALLOCATION_JOURNAL
from accounting.models import AllocationShare, Entry, ResultAllocation
from accounting.selectors.accounts import shared_section
from accounting.selectors.allocation import orders_of, shares_of
from accounting.services.payment_orders import plan_payment, withdraw_payment
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.allocation import ALLOCATION_FLOW, AllocationState, ShareKind
from accounting.states.books import AccountRole
from accounting.states.payments import OrderState
from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.money import ZERO
from cae.core.workflow import performs
from people.selectors.banks import bank_of
from people.services.changes import one_line

_OWED = {ShareKind.LABOUR: AccountRole.LABOUR_SHARE, ShareKind.INTEREST: AccountRole.SHARE_INTEREST}
_KEPT_FOR = {ShareKind.LABOUR: AccountRole.SOCIAL_BODIES, ShareKind.INTEREST: AccountRole.TAX_WITHHELD}
_TEXTS = {
    ShareKind.LABOUR: gettext_lazy("Part travail"),
    ShareKind.INTEREST: gettext_lazy("Intérêt aux parts"),
}
_KEPT = gettext_lazy("Retenues sur la part travail et l’intérêt")


@performs(ALLOCATION_FLOW, "pay")
def pay_allocation(
    row: ResultAllocation,
    *,
    on: date,
    due_on: date,
    labour_rate: Decimal,
    interest_rate: Decimal,
    actor: Any,
) -> None:
    """Does: keeps back what the law says of each part, and asks for the transfer of the rest to whoever has
    bank details. Refuses: nothing to pay, a rate out of its bounds or that leaves nothing of a part, a day
    before the entry of the allocation, a payment before that day, a closed month. Leaves behind: the entry of
    what is kept back, the transfers; audit."""
    shares = shares_of(row)
    if not shares:
        raise Refused(
            Code.EMPTY_DOCUMENT, _("Cette affectation ne donne rien à personne : rien n’est à payer.")
        )
    for name, rate in (("labour_rate", labour_rate), ("interest_rate", interest_rate)):
        if not 0 <= rate < 1:
            raise Refused(Code.VALUE_INVALID, _("Une retenue va de 0 à moins de 100 %."), field=name)
    if row.entry is not None and on < row.entry.on:
        raise Refused(
            Code.DATE_INVALID, _("Les retenues ne précèdent pas l’écriture de l’affectation."), field="on"
        )
    if due_on < on:
        raise Refused(Code.DATE_INVALID, _("Le versement ne peut pas précéder ce jour."), field="due_on")
    row.state_reason = ""
    row.due_on, row.labour_kept_back, row.interest_kept_back = due_on, labour_rate, interest_rate
    rates = {ShareKind.LABOUR: labour_rate, ShareKind.INTEREST: interest_rate}
    for share in shares:
        share.kept_back = kept_back(share.amount, rates[ShareKind(share.kind)])
        if share.kept_back >= share.amount:
            # A high rate rounds up to the whole of a few cents.
            raise Refused(
                Code.VALUE_INVALID,
                _("Cette retenue ne laisse rien de la part de %(name)s.") % {"name": share.name},
                field=f"{share.kind}_rate",
            )
    AllocationShare.objects.bulk_update(shares, ["kept_back"])
    row.kept_back_entry = _keep_back(row, shares, on=on, actor=actor)
    _order(row, shares, actor=actor)


@transaction.atomic
def pay_the_rest(allocation: ResultAllocation, *, actor: Any) -> int:
    """Does: asks for the transfers that lacked bank details; gives how many. Refuses: an allocation that is
    not paid, nobody new to pay. Leaves behind: the transfers, audit."""
    rows = ResultAllocation.objects.select_for_update(of=("self",)).select_related("year")
    row = rows.get(pk=allocation.pk)
    if row.state != AllocationState.PAID:
        raise IllegalMove(_("Cette affectation n’est pas mise en paiement."))
    known = orders_of(row)
    count = _order(row, [one for one in shares_of(row) if one.pk not in known], actor=actor)
    if not count:
        raise Refused(
            Code.ALREADY_DONE,
            _("Aucune autre part ne peut partir : les coordonnées bancaires manquent encore."),
        )
    audit.record(actor, "accounting.pay_allocation_rest", row, detail={"count": count})
    return count


@performs(ALLOCATION_FLOW, "unpay")
def unpay_allocation(row: ResultAllocation, *, on: date, reason: str, actor: Any) -> None:
    """Does: withdraws the transfers and reverses what was kept back. Refuses: no reason, a transfer paid or
    at the bank, a closed month. Leaves behind: nothing to pay until it is asked again; audit."""
    why = one_line(reason, "reason", _("Dites pourquoi ces paiements sont retirés."), most=150)
    row.state_reason = why
    orders = orders_of(row)
    if any(order.state == OrderState.SETTLED for order in orders.values()):
        raise IllegalMove(_("Une part est déjà payée : les virements ne se retirent plus."))
    for order in sorted(orders.values(), key=lambda one: one.pk):
        withdraw_payment(order, reason=why, actor=actor)
    if row.kept_back_entry is not None:
        reverse_entry(row.kept_back_entry, on=on, reason=why, actor=actor, source=row)
        row.kept_back_entry = None
    AllocationShare.objects.filter(allocation=row).update(kept_back=ZERO)
    row.due_on, row.labour_kept_back, row.interest_kept_back = None, Decimal(0), Decimal(0)


def _keep_back(row: ResultAllocation, shares: list[AllocationShare], *, on: date, actor: Any) -> Entry | None:
    section = shared_section().pk
    lines: list[LineDraft] = []
    for one in shares:
        kind = ShareKind(one.kind)
        lines += [
            debit(_OWED[kind], section, one.kept_back, party=one.name),
            credit(_KEPT_FOR[kind], section, one.kept_back),
        ]
    whole = merged(lines)
    if not whole:
        return None
    label = house_words(_KEPT, row.year)
    return post_entry(EntryDraft(ALLOCATION_JOURNAL, on, label, whole), actor=actor, source=row)


def _order(row: ResultAllocation, shares: list[AllocationShare], *, actor: Any) -> int:
    """Asks for the transfer of each of these parts whose person has bank details; the others wait."""
    section, count = shared_section(), 0
    for one in shares:
        bank = bank_of(one.person) if one.person is not None else None
        if bank is None or not one.net:
            continue
        kind = ShareKind(one.kind)
        plan_payment(
            Beneficiary(bank.holder, bank.iban, bank.bic),
            amount=one.net,
            section=section,
            account=_OWED[kind],
            label=house_words(_TEXTS[kind], row.year.ends_on.year),
            due_on=row.due_on or row.year.ends_on,
            source=one,
            actor=actor,
        )
        count += 1
    return count
