"""Posts deposits: received, given back, kept and then paying the invoice of what they are kept for (COW-07,
COW-11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from accounting.models import EntryLine
from accounting.selectors.accounts import section_of
from accounting.services.lettering import letter_lines
from accounting.services.posting import post_entry
from accounting.states.books import AccountRole
from accounting.states.lettering import LetteringOrigin
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO
from coworking.calculations.deposits import before_tax, deposit_entry
from coworking.models import AccessLoan, Charge, Deposit, Payer, Place
from coworking.services.charges import make_charge, waive_charge
from coworking.services.payers import payer_of_person
from coworking.states.members import ChargeKind, ChargeState
from invoicing.models import Invoice, VatRate
from invoicing.services.payments import record_receipt
from invoicing.states.sales import PaymentMode
from people.models import Person

PAY_TASK = "coworking.pay_with_deposits"
Held = Deposit | AccessLoan
# Written in the books, so in French whoever posts.
_RECEIVED, _GIVEN_BACK = "Dépôt de garantie", "Dépôt rendu"


def post_received(held: Held, *, place: Place, amount: Decimal, on: date, mode: str, actor: Any) -> None:
    """Does: posts money received as a deposit (euros) on 165, in the section of the place; `held` is in hand
    and saved by the caller. Refuses: an unknown means of payment, a closed month. Leaves behind: the entry; a
    place that sells nothing has no books, its deposits are noted only."""
    held.mode = _known(mode)
    if place.activity is None or not amount:
        return
    said = _said(held, section_of(place.activity).pk, on)
    held.entry = post_entry(deposit_entry(amount, title=_RECEIVED, **said), actor=actor, source=held)


def post_given_back(held: Held, *, amount: Decimal, on: date, mode: str, actor: Any) -> None:
    """Does: posts money of a deposit given back (euros). Refuses: an unknown means of payment, a closed
    month. Leaves behind: the entry, lettered with what received it once nothing is left; nothing of a deposit
    noted only."""
    held.back_mode = _known(mode)
    if held.entry is None or not amount:
        return
    said = _said(held, held.entry.lines.order_by("position").values_list("analytic", flat=True)[0], on)
    post_entry(deposit_entry(-amount, title=_GIVEN_BACK, **said), actor=actor, source=held)
    _letter(held, on=on, actor=actor)


def charge_kept(
    held: Held, *, payer: Payer, label: str, amount: Decimal, on: date, vat_code: str, actor: Any
) -> None:
    """Does: makes due what is kept of a deposit (euros incl. tax): billed by the run of its month, and paid
    by the deposit when its invoice is issued. Refuses: a rate not in force. Leaves behind: the charge;
    nothing of a deposit noted only."""
    if held.entry is None or amount <= ZERO:
        return
    rate = VatRate.objects.in_force(on).filter(code=vat_code).first()
    if rate is None:
        raise Refused(Code.VALUE_INVALID, _("Ce taux de TVA n’existe pas."), field="vat_code")
    held.charge = make_charge(
        payer,
        kind=ChargeKind.DEPOSIT,
        label=label,
        day=on,
        amount=before_tax(amount, rate.rate),
        vat_code=vat_code,
        actor=actor,
    )


def payer_of_kept(place: Place, payer: Payer | None, person: Person, *, actor: Any) -> Payer:
    """Who is invoiced what is kept: whoever pays from outside, else the person, whose money it was. Refuses:
    a file without postal address."""
    return payer if payer is not None and not payer.is_inside else payer_of_person(place, person, actor=actor)


def release_kept(held: Held, *, actor: Any) -> None:
    """Does: gives up the line that a deposit was kept for, so that it may be given back; `held` is in hand.
    Refuses: one noted only, or whose line is billed. Leaves behind: the charge waived."""
    charge = held.charge
    if charge is None:
        raise IllegalMove(_("Ce dépôt est gardé pour de bon."))
    if charge.state == ChargeState.BILLED:
        raise Refused(
            Code.ALREADY_DONE, _("Ce dépôt paie déjà une facture : faites un avoir, puis rendez la somme.")
        )
    held.charge = None
    held.save(update_fields=["charge"])
    waive_charge(charge, reason=_("Dépôt rendu"), actor=actor)


def pay_with_deposits(invoice_id: int, *, today: date) -> int:
    """Does: pays an issued invoice with the deposits kept that it bills, each once. Refuses: what recording a
    payment refuses. Leaves behind: receipts without bank, 165 lettered; gives how many."""
    count = 0
    for model in (Deposit, AccessLoan):
        rows = model.objects.filter(charge__invoice=invoice_id, receipt=None).order_by("pk")
        for key in list(rows.values_list("pk", flat=True)):
            count += _pay(model, key, today)
    return count


@transaction.atomic
def _pay(model: type[Held], key: int, today: date) -> bool:
    held = model.objects.select_for_update(of=("self",)).select_related("charge__invoice").get(pk=key)
    invoice = held.charge.invoice if held.charge is not None else None
    if held.receipt_id is not None or invoice is None or not invoice.is_issued:
        return False
    held.receipt = record_receipt(
        [(invoice, held.kept)],
        on=today,
        mode=PaymentMode.OTHER,
        form_key=uuid5(NAMESPACE_URL, f"{held._meta.label_lower}:{held.pk}:{held.charge_id}"),
        actor=None,
        today=today,
        reference=held.number,
        from_deposit=True,
    )
    held.save(update_fields=["receipt"])
    _letter(held, on=today, actor=None)
    return True


def pay_waiting(*, today: date) -> int:
    """Does: pays every issued invoice that a deposit kept still waits for: none is forgotten. Refuses:
    nothing. Leaves behind: as `pay_with_deposits`."""
    rows = Invoice.objects.issued().filter(pk__in=waiting_invoices())
    keys = rows.order_by("pk").values_list("pk", flat=True)
    return sum(pay_with_deposits(key, today=today) for key in keys)


def waiting_invoices() -> set[int]:
    """The documents that bill a deposit kept and were not paid with it."""
    kept = [
        Charge.objects.filter(kept_deposit__receipt=None, kept_deposit__isnull=False),
        Charge.objects.filter(kept_accessloan__receipt=None, kept_accessloan__isnull=False),
    ]
    found = (rows.exclude(invoice=None).values_list("invoice", flat=True) for rows in kept)
    return {key for keys in found for key in keys}


def _known(mode: str) -> str:
    if mode not in PaymentMode.values:
        raise Refused(Code.VALUE_INVALID, _("Ce moyen de paiement n’existe pas."), field="mode")
    return mode


def _said(held: Held, section: int, on: date) -> dict[str, Any]:
    return {
        "section": section,
        "on": on,
        "number": held.number,
        "party": held.party,
    }


def _letter(held: Held, *, on: date, actor: Any) -> None:
    """Once nothing is left of it: what received it, what gave it back, what it paid."""
    if held.entry is None:
        return
    source = {
        "entry__source_type": ContentType.objects.get_for_model(type(held)),
        "entry__source_id": held.pk,
        "entry__gte": held.entry_id,
    }
    rows = EntryLine.objects.filter(account__role=AccountRole.DEPOSIT_RECEIVED)
    lines = [*rows.filter(**source), *rows.filter(entry=held.receipt.entry_id if held.receipt else None)]
    is_over = sum((line.debit - line.credit for line in lines), ZERO) == ZERO
    # A place that changed its activity since pays from another section: that is for the accountant to move.
    if is_over and lines[0].account.is_lettered and len({line.analytic_id for line in lines}) == 1:
        letter_lines(lines, actor=actor, on=on, origin=LetteringOrigin.ITSELF)
