"""Sells between two activities of the cooperative: offer, agreement, invoice, credit note (INV-31)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounting.services.contribution import take_weighed, weigh_document
from accounting.services.posting import write_entry
from accounting.services.runs import open_desk
from accounting.states.contributions import SaleCategory
from cae.core import audit, numbering
from cae.core.background import run_later
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.templatetags.formats import money
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.calculations.internal_sales import internal_entry, left_to_credit
from invoicing.models import InternalCredit, InternalSale
from invoicing.selectors.checkers import authors_of_activity
from invoicing.selectors.internal_sales import credited_on
from invoicing.states.joint import (
    INTERNAL_CREDIT_SERIES,
    INTERNAL_FLOW,
    INTERNAL_SERIES,
    MOST_INTERNAL,
    InternalState,
)
from people.services.changes import one_line, refuse_long, refuse_spent, refuse_stale

TO_ANSWER, ANSWERED, INVOICED = (
    "invoicing.internal_to_answer",
    "invoicing.internal_answered",
    "invoicing.internal_invoiced",
)
ARCHIVE_TASK = "invoicing.archive_internal"
_MOST_TITLE, _MOST_TEXT, _MOST_REASON = 160, 4000, 250


@dataclass(frozen=True)
class InternalContent:
    """What is typed of an internal sale."""

    buyer: Activity
    title: str
    amount: Decimal
    description: str = ""


@transaction.atomic
def create_internal(
    seller: Activity, *, content: InternalContent, form_key: UUID, on: date, actor: Any
) -> InternalSale:
    """Does: begins an internal sale, once for a form sent twice. Refuses: no title, no amount, the seller
    as its own buyer, an activity that is not open that day. Leaves behind: the draft, audit."""
    sale = InternalSale(seller=seller, form_key=form_key, created_by=actor)
    _write(sale, content, on=on)
    # One beginning at a time in an activity: the second click finds what the first one made.
    Activity.objects.select_for_update(no_key=True).get(pk=seller.pk)
    known = InternalSale.objects.filter(seller=seller, form_key=form_key).first()
    if known is not None:
        return known
    refuse_spent(sale)
    sale.save()
    audit.record(actor, "invoicing.create_internal", sale)
    return sale


@transaction.atomic
def save_internal(
    sale: InternalSale, *, content: InternalContent, version: int, on: date, actor: Any
) -> InternalSale:
    """Does: changes a draft. Refuses: what `create_internal` refuses, what the buyer was shown, a form older
    than the row. Leaves behind: the row, audit."""
    row = InternalSale.objects.select_for_update().get(pk=sale.pk)
    if row.state != InternalState.DRAFT:
        raise Refused(Code.ILLEGAL_MOVE, _("L’acheteur a reçu ce devis : reprenez-le avant de le changer."))
    refuse_stale(row, version)
    _write(row, content, on=on)
    row.version += 1
    row.save()
    audit.record(actor, "invoicing.save_internal", row)
    return row


@performs(INTERNAL_FLOW, "offer")
def offer_internal(sale: InternalSale, *, on: date, actor: Any, agreed: bool = False) -> None:
    """Does: proposes the sale to its buyer. Refuses: an activity that is no longer open. Leaves behind: the
    day, the people of the buyer told unless it was `agreed` beforehand, audit."""
    _require_open(sale.seller, sale.buyer, on=on)
    sale.offered_on = on
    if agreed:
        return
    facts = {"seller": sale.seller.name, "title": sale.title, "amount": money(sale.amount)}
    notify(
        authors_of_activity(sale.buyer),
        TO_ANSWER,
        subject=lambda: _("Devis interne de %(seller)s : %(title)s, %(amount)s") % facts,
        url=sale.get_absolute_url(),
        about=sale,
        actor=actor,
    )


@performs(INTERNAL_FLOW, "take_back")
def take_back_internal(sale: InternalSale, *, actor: Any) -> None:
    """Does: takes back what the buyer has not answered. Refuses: nothing. Leaves behind: a draft, audit."""
    sale.offered_on = None


@performs(INTERNAL_FLOW, "accept")
def accept_internal(
    sale: InternalSale, *, on: date, actor: Any, version: int | None = None, agreed: bool = False
) -> None:
    """Does: makes the offer an order of the buyer. Refuses: an offer taken back and changed since it was read
    (`version`: as read). Leaves behind: who agreed and when, the people of the seller told unless it was
    `agreed` beforehand, audit; the PDF to come."""
    if version is not None and sale.version != version:
        raise Refused(Code.STALE_FORM, _("Ce devis a changé depuis votre lecture : relisez-le."))
    sale.answered_on, sale.answered_by = on, actor
    run_later(ARCHIVE_TASK, sale_id=sale.pk)
    if not agreed:
        _tell_answer(sale, actor=actor, accepted=True)


@performs(INTERNAL_FLOW, "decline")
def decline_internal(sale: InternalSale, *, reason: str, on: date, actor: Any) -> None:
    """Does: refuses the offer. Refuses: no reason. Leaves behind: who, when and why, the people of the seller
    told, audit."""
    sale.refusal_reason = one_line(
        reason, "reason", _("Dites pourquoi ce devis est refusé."), most=_MOST_REASON
    )
    sale.answered_on, sale.answered_by = on, actor
    _tell_answer(sale, actor=actor, accepted=False)


@performs(INTERNAL_FLOW, "discard")
def discard_internal(sale: InternalSale, *, actor: Any) -> None:
    """Does: gives a draft up. Refuses: nothing. Leaves behind: the state, audit."""


@performs(INTERNAL_FLOW, "invoice")
def invoice_internal(sale: InternalSale, *, on: date, actor: Any) -> None:
    """Does: numbers the order as an internal invoice, posts it on both sides and takes the contribution of
    the seller. Refuses: a day before the agreement or the last invoice. Leaves behind: number and day, the
    entry, the contribution, the people of the buyer told, audit."""
    if sale.answered_on is not None and on < sale.answered_on:
        raise Refused(Code.DATE_INVALID, _("Une facture interne ne précède pas l’accord de l’acheteur."))
    sale.number, sale.invoiced_on = numbering.next_number(INTERNAL_SERIES, on), on
    _post(sale, sale, number=sale.number, amount=sale.amount, on=on, actor=actor)
    run_later(ARCHIVE_TASK, sale_id=sale.pk)
    _tell_booked(sale, sale, actor=actor)


@transaction.atomic
def credit_internal(
    sale: InternalSale, *, amount: Decimal, reason: str, form_key: UUID, on: date, actor: Any
) -> InternalCredit:
    """Does: gives back a part or all of an internal invoice, once for a form sent twice. Refuses: a sale not
    invoiced, no reason, no amount, more than what is left, a day before the invoice. Leaves behind: the
    credit note, its entry, the contribution given back, the people of the buyer told, audit."""
    row = InternalSale.objects.select_for_update(of=("self",)).get(pk=sale.pk)
    known = row.credits.filter(form_key=form_key).first()
    if known is not None:
        return known
    if row.invoiced_on is None:
        raise Refused(Code.ILLEGAL_MOVE, _("Un avoir interne reprend une facture interne : il n’y en a pas."))
    reason = one_line(reason, "reason", _("Dites pourquoi cet avoir est fait."), most=_MOST_REASON)
    if amount <= 0:
        raise Refused(Code.AMOUNT_INVALID, _("Un avoir reprend un montant positif."), field="amount")
    left = left_to_credit(row.amount, credited_on(row))
    if amount > left:
        message = _("Il reste %(left)s à reprendre sur cette facture.") % {"left": money(left)}
        raise Refused(Code.AMOUNT_ABOVE_DUE, message, field="amount")
    if on < row.invoiced_on:
        raise Refused(Code.DATE_INVALID, _("Un avoir ne peut pas précéder sa facture."))
    credit = InternalCredit.objects.create(
        sale=row,
        number=numbering.next_number(INTERNAL_CREDIT_SERIES, on),
        on=on,
        amount=amount,
        reason=reason,
        form_key=form_key,
        created_at=timezone.now(),
        created_by=actor,
    )
    _post(row, credit, number=credit.number, amount=-amount, on=on, actor=actor)
    run_later(ARCHIVE_TASK, sale_id=row.pk)
    audit.record(actor, "invoicing.credit_internal", row, detail={"number": credit.number})
    _tell_booked(row, credit, actor=actor)
    return credit


def _write(sale: InternalSale, content: InternalContent, *, on: date) -> None:
    sale.title = one_line(content.title, "title", _("Dites ce que vous vendez."), most=_MOST_TITLE)
    refuse_long(content.description, "description", _MOST_TEXT)
    if content.buyer.pk == sale.seller_id:
        message = _("Une activité ne se vend rien à elle-même : choisissez une autre activité.")
        raise Refused(Code.VALUE_INVALID, message, field="buyer")
    if not 0 < content.amount <= MOST_INTERNAL:
        raise Refused(Code.AMOUNT_INVALID, _("Indiquez un montant positif."), field="amount")
    _require_open(sale.seller, content.buyer, on=on)
    sale.buyer, sale.amount, sale.description = content.buyer, content.amount, content.description.strip()


def _require_open(seller: Activity, buyer: Activity, *, on: date) -> None:
    names = dict(Activity.objects.open_on(on).filter(pk__in=[seller.pk, buyer.pk]).values_list("pk", "name"))
    closed = next((one for one in (seller, buyer) if one.pk not in names), None)
    if closed is not None:
        message = _("« %(activity)s » n’est pas ouverte à cette date.") % {"activity": closed.name}
        raise Refused(Code.VALUE_INVALID, message, field="buyer" if closed is buyer else None)


def _post(
    sale: InternalSale,
    source: InternalSale | InternalCredit,
    *,
    number: str,
    amount: Decimal,
    on: date,
    actor: Any,
) -> None:
    corrects = "" if source is sale else str(sale.number)
    weighed = weigh_document(sale.seller, parts=[(SaleCategory.INTERNAL, amount)], on=on, corrects=corrects)
    desk = open_desk([sale.seller, sale.buyer])
    entry = internal_entry(
        number,
        amount,
        seller=(desk.section_of(sale.seller), sale.seller.name),
        buyer=(desk.section_of(sale.buyer), sale.buyer.name),
        on=on,
    )
    write_entry(entry, actor=actor, source=source, reverses=None, desk=desk.books)
    take_weighed(weighed, document_number=number, source=source, actor=actor, desk=desk)


def _tell_booked(sale: InternalSale, source: InternalSale | InternalCredit, *, actor: Any) -> None:
    """Tells the buyer what was booked on its side."""
    facts = {"number": source.number, "seller": sale.seller.name, "amount": money(source.amount)}

    def subject() -> str:
        if source is sale:
            return _("Facture interne %(number)s de %(seller)s : %(amount)s") % facts
        return _("Avoir interne %(number)s de %(seller)s : %(amount)s") % facts

    notify(
        authors_of_activity(sale.buyer),
        INVOICED,
        subject=subject,
        url=sale.get_absolute_url(),
        about=sale,
        actor=actor,
    )


def _tell_answer(sale: InternalSale, *, actor: Any, accepted: bool) -> None:
    facts = {"buyer": sale.buyer.name, "title": sale.title}

    def subject() -> str:
        if accepted:
            return _("%(buyer)s accepte votre devis interne : %(title)s") % facts
        return _("%(buyer)s refuse votre devis interne : %(title)s") % facts

    notify(
        authors_of_activity(sale.seller),
        ANSWERED,
        subject=subject,
        text=sale.refusal_reason,
        url=sale.get_absolute_url(),
        about=sale,
        actor=actor,
    )
