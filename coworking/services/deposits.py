"""Money held for a member until they leave: asked, received, given back or kept (COW-11, COW-14)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.services.reversing import reverse_entry
from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from coworking.models import Deposit
from coworking.services.held_money import (
    charge_kept,
    payer_of_kept,
    post_given_back,
    post_received,
    release_kept,
)
from coworking.states.members import DEPOSIT_FLOW, DepositState
from invoicing.states.sales import PaymentMode
from people.services.changes import one_line


@performs(DEPOSIT_FLOW, "receive")
def receive_deposit(deposit: Deposit, *, on: date, actor: Any, mode: str = PaymentMode.TRANSFER) -> None:
    """Does: notes a deposit received and posts it on 165. Refuses: a day to come, a closed month, an unknown
    means of payment. Leaves behind: the day, the entry, audit."""
    _refuse_to_come(on)
    deposit.received_on = on
    post_received(deposit, place=deposit.place, amount=deposit.amount, on=on, mode=mode, actor=actor)


@performs(DEPOSIT_FLOW, "take_back")
def take_back_deposit(deposit: Deposit, *, on: date, reason: str, actor: Any) -> None:
    """Does: takes back what was noted received by mistake, or that the bank did not bring. Refuses: a day to
    come or before it, no reason, a closed month. Leaves behind: the entry reversed, the deposit asked again,
    audit."""
    reason = one_line(reason, "reason", _("Dites pourquoi ce dépôt n’est pas reçu."), most=150)
    _refuse_before(deposit, on)
    if deposit.entry is not None:
        reverse_entry(deposit.entry, on=on, reason=reason, actor=actor)
    deposit.entry, deposit.received_on, deposit.mode = None, None, ""


@performs(DEPOSIT_FLOW, "give_back")
def give_back_deposit(deposit: Deposit, *, on: date, actor: Any, mode: str = PaymentMode.TRANSFER) -> None:
    """Does: gives a deposit back and posts it; one kept for a line not billed yet gives this line up.
    Refuses: a day to come, or before it was received, a closed month, one that pays an invoice or is kept for
    good. Leaves behind: the day, the entry, audit."""
    _refuse_before(deposit, on)
    if deposit.state == DepositState.KEPT:
        release_kept(deposit, actor=actor)
    deposit.ended_on = on
    post_given_back(deposit, amount=deposit.amount, on=on, mode=mode, actor=actor)


@performs(DEPOSIT_FLOW, "keep")
def keep_deposit(deposit: Deposit, *, on: date, reason: str, actor: Any, vat_code: str = "normal") -> None:
    """Does: keeps a deposit for good: it is due for this reason, and pays the invoice that says so. Refuses:
    no reason, a day to come, or before it was received, a rate not in force, nobody whom the place may
    invoice. Leaves behind: the day, the reason, the charge, audit."""
    deposit.kept_because = one_line(reason, "reason", _("Dites pourquoi le dépôt est gardé."), most=300)
    _refuse_before(deposit, on)
    deposit.ended_on = on
    if deposit.entry is None:
        return
    held = deposit.subscription
    charge_kept(
        deposit,
        payer=payer_of_kept(deposit.place, held.payer, held.member.person, actor=actor),
        label=(_("Dépôt de garantie gardé : %(reason)s") % {"reason": deposit.kept_because})[:200],
        amount=deposit.amount,
        on=on,
        vat_code=vat_code,
        actor=actor,
    )


def _refuse_to_come(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(Code.DATE_INVALID, _("Ce jour n’est pas encore venu."), field="on")


def _refuse_before(deposit: Deposit, on: date) -> None:
    _refuse_to_come(on)
    if deposit.received_on is not None and on < deposit.received_on:
        raise Refused(Code.DATE_INVALID, _("Ce dépôt n’était pas encore reçu ce jour-là."), field="on")
