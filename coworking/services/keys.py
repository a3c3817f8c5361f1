"""Keys, badges and codes: lent with a deposit, given back or lost (COW-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from cae.core.workflow import performs
from coworking.models import AccessItem, AccessLoan, Place
from coworking.selectors.bookers import member_at
from coworking.services.charges import make_charge
from coworking.services.held_money import (
    charge_kept,
    payer_of_kept,
    post_given_back,
    post_received,
    release_kept,
)
from coworking.services.payers import payer_of_person
from coworking.states.members import ChargeKind
from coworking.states.places import LOAN_FLOW, AccessKind, LoanState
from invoicing.states.sales import PaymentMode
from people.models import Person, User
from people.services.changes import one_line, refuse_long


@dataclass(frozen=True)
class ItemData:
    """What opens a door: a mark, never a code itself."""

    kind: str
    label: str
    opens: str = ""
    deposit: Decimal = ZERO


@transaction.atomic
def add_item(place: Place, *, data: ItemData, actor: User | None) -> AccessItem:
    """Does: writes a key, a badge or a code that may be lent. Refuses: an unknown kind, no mark or one
    already there, a negative deposit. Leaves behind: the item, audit."""
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if data.kind not in AccessKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez clé, badge ou code."), field="kind")
    label = one_line(data.label, "label", _("Donnez un repère, par exemple « Clé 12 »."), most=60)
    refuse_long(data.opens, "opens", 120)
    if data.deposit < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Une caution ne peut pas être négative."), field="deposit")
    if row.access_items.filter(label__iexact=label).exists():
        raise Refused(Code.DUPLICATE, _("Ce repère est déjà pris dans ce lieu."), field="label")
    item = AccessItem.objects.create(
        place=row, kind=data.kind, label=label, opens=data.opens, deposit=data.deposit
    )
    audit.record(actor, "coworking.access.add", item)
    return item


@transaction.atomic
def withdraw_item(item: AccessItem, *, actor: User | None) -> AccessItem:
    """Does: lends this item no more. Refuses: one that is lent, or already withdrawn. Leaves behind:
    audit."""
    row = AccessItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.archived_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Il est déjà retiré."))
    if row.loans.filter(state=LoanState.LENT).exists():
        raise Refused(Code.NOT_ALLOWED, _("Il est prêté : notez d’abord son retour ou sa perte."))
    row.archived_at = timezone.now()
    row.save(update_fields=["archived_at"])
    audit.record(actor, "coworking.access.withdraw", row)
    return row


@dataclass(frozen=True)
class LoanData:
    """To whom, from when, until when; the deposit received."""

    person: Person
    lent_on: date
    due_on: date | None = None
    deposit: Decimal = ZERO
    note: str = ""
    mode: str = PaymentMode.TRANSFER


@transaction.atomic
def lend(item: AccessItem, *, data: LoanData, actor: User | None) -> AccessLoan:
    """Does: notes that somebody holds it from a day on, and posts the deposit received. Refuses: one already
    lent or withdrawn, a day to come, a return before the loan, a negative deposit, a closed month. Leaves
    behind: the loan, the entry of its deposit, audit."""
    row = AccessItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.archived_at is not None:
        raise Refused(Code.PERIOD_CLOSED, _("Il est retiré : il ne se prête plus."))
    held = row.loans.filter(state=LoanState.LENT).select_related("person").first()
    if held is not None:
        raise Refused(
            Code.ALREADY_DONE,
            _("« %(item)s » est déjà prêté à %(person)s.") % {"item": row, "person": held.person},
            field="item",
        )
    if data.lent_on > timezone.localdate():
        raise Refused(Code.DATE_INVALID, _("Un prêt se note le jour où il se fait."), field="lent_on")
    if data.due_on is not None and data.due_on < data.lent_on:
        raise Refused(Code.PERIOD_INVALID, _("Le retour ne peut pas précéder le prêt."), field="due_on")
    if data.deposit < 0:
        raise Refused(Code.AMOUNT_INVALID, _("Une caution ne peut pas être négative."), field="deposit")
    refuse_long(data.note, "note", 200)
    loan = AccessLoan.objects.create(
        item=row,
        person=data.person,
        lent_on=data.lent_on,
        due_on=data.due_on,
        deposit=data.deposit,
        note=data.note,
        lent_by=actor,
    )
    if data.deposit:
        post_received(
            loan, place=row.place, amount=data.deposit, on=data.lent_on, mode=data.mode, actor=actor
        )
        loan.save(update_fields=["mode", "entry"])
    audit.record(actor, "coworking.access.lend", loan, detail={"amount": str(data.deposit)})
    return loan


@performs(LOAN_FLOW, "give_back")
def give_back(
    loan: AccessLoan,
    *,
    on: date,
    actor: User | None,
    deposit_back: Decimal | None = None,
    note: str = "",
    mode: str = PaymentMode.TRANSFER,
    vat_code: str = "normal",
) -> None:
    """Does: notes that it came back, and what was given back of the deposit (all of it unless said), by which
    `mode`; what is kept is due with its `vat_code`. Refuses: a day before the loan or to come, more than the
    deposit, a closed month. Leaves behind: the loan ended, what was given back posted, what is kept due,
    audit."""
    _end(loan, on, loan.deposit if deposit_back is None else deposit_back, note)
    _settle_deposit(loan, on, actor, mode=mode, vat_code=vat_code)


@performs(LOAN_FLOW, "lose")
def lose(
    loan: AccessLoan,
    *,
    on: date,
    actor: User | None,
    deposit_back: Decimal | None = None,
    note: str = "",
    price: Decimal | None = None,
    mode: str = PaymentMode.TRANSFER,
    vat_code: str = "normal",
) -> None:
    """Does: notes that it is lost; the deposit is kept unless said otherwise (as `give_back` says), and it is
    lent no more; a price (euros excl. tax) is due beyond it by whoever pays for them there, else by them.
    Refuses: a day before the loan or to come, more than the deposit, a price that is not above zero, what
    `payer_of_person` refuses. Leaves behind: the loan ended, the item withdrawn, what is due, audit."""
    _end(loan, on, ZERO if deposit_back is None else deposit_back, note)
    _settle_deposit(loan, on, actor, mode=mode, vat_code=vat_code)
    if price is not None:
        _due(loan, on, price, actor)
    AccessItem.objects.filter(pk=loan.item_id).update(archived_at=timezone.now())


@transaction.atomic
def refund(loan: AccessLoan, *, on: date, actor: User | None, mode: str = PaymentMode.TRANSFER) -> AccessLoan:
    """Does: gives back what was kept of the deposit of a loan that is over, before it is billed. Refuses:
    nothing kept, a line already billed, a day before its end or to come, a closed month. Leaves behind: the
    line given up, the entry, audit."""
    row = AccessLoan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    if row.ended_on is None or not row.ended_on <= on <= timezone.localdate():
        raise Refused(Code.DATE_INVALID, _("Ce jour va de celui du retour à aujourd’hui."), field="on")
    kept = row.kept
    release_kept(row, actor=actor)
    row.deposit_back = row.deposit
    post_given_back(row, amount=kept, on=on, mode=mode, actor=actor)
    row.save(update_fields=["deposit_back", "back_mode"])
    audit.record(actor, "coworking.access.refund", row, detail={"amount": str(kept)})
    return row


def _settle_deposit(
    loan: AccessLoan,
    on: date,
    actor: User | None,
    *,
    mode: str,
    vat_code: str,
) -> None:
    if loan.entry is None or loan.deposit_back is None:
        return
    if loan.deposit_back:
        post_given_back(loan, amount=loan.deposit_back, on=on, mode=mode, actor=actor)
    if not loan.kept:
        return
    member = member_at(loan.person, loan.place, on)
    charge_kept(
        loan,
        payer=payer_of_kept(loan.place, member.payer if member else None, loan.person, actor=actor),
        label=(_("%(item)s : caution gardée") % {"item": loan.item})[:200],
        amount=loan.kept,
        on=on,
        vat_code=vat_code,
        actor=actor,
    )


def _due(loan: AccessLoan, on: date, price: Decimal, actor: User | None) -> None:
    if price <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Indiquez un montant positif."), field="price")
    place = loan.item.place
    member = member_at(loan.person, place, on)
    make_charge(
        (member and member.payer) or payer_of_person(place, loan.person, actor=actor),
        kind=ChargeKind.LOSS,
        label=_("%(item)s, non rendu") % {"item": loan.item},
        day=on,
        amount=price,
        actor=actor,
    )


def _end(loan: AccessLoan, on: date, deposit_back: Decimal, note: str) -> None:
    if not loan.lent_on <= on <= timezone.localdate():
        raise Refused(Code.DATE_INVALID, _("Ce jour va de celui du prêt à aujourd’hui."), field="on")
    if not 0 <= deposit_back <= loan.deposit:
        raise Refused(
            Code.AMOUNT_INVALID, _("La caution rendue va de zéro à la caution reçue."), field="deposit_back"
        )
    refuse_long(note, "note", 200)
    loan.ended_on, loan.deposit_back = on, deposit_back
    loan.note = note or loan.note
