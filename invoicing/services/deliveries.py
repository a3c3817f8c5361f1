"""Delivery notes: written from an order, numbered, signed by their receiver, or cancelled (INV-26)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.canonical import sha256_of
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.numbering import next_number
from cae.core.templatetags.formats import quantity
from cae.core.workflow import performs
from invoicing.calculations.deliveries import DeliveryFault, DeliveryRefusal, refused
from invoicing.models import DeliveryLine, DeliveryNote, Invoice, Quote
from invoicing.selectors.deliveries import OrderLine, lines_of, order_lines, paper_of
from invoicing.services.delivery_files import TASK
from invoicing.services.piece_sending import close_links
from invoicing.states.pieces import DELIVERY_FLOW, DELIVERY_SERIES
from invoicing.states.sales import QuoteState
from people.services.changes import one_line, refuse_long, refuse_stale

_MOST_ADDRESS, _MOST_MESSAGE, _MOST_REASON = 400, 2000, 250


@dataclass(frozen=True)
class DeliveryContent:
    """What is typed of a delivery note: `quantities` by line of the order, zero for a line left out."""

    delivered_on: date
    quantities: Mapping[int, Decimal]
    address: str = ""
    message: str = ""
    with_prices: bool = False


def create_delivery(
    order: Quote | Invoice, *, content: DeliveryContent, form_key: UUID, actor: Any
) -> DeliveryNote:
    """Does: begins a note of an accepted quote or of an issued invoice; the same form sent twice gives the
    same one. Refuses: an order that is not agreed, an invoice made from a quote, nothing to hand over, more
    than what is left, a day before the agreement. Leaves behind: the draft, audit."""
    with transaction.atomic():
        row = _locked(order)
        known = DeliveryNote.objects.filter(form_key=form_key, activity=row.activity_id).first()
        if known is not None:
            return known
        require_deliverable(row)
        note = DeliveryNote(
            activity=row.activity,
            customer=row.customer,
            quote=row if isinstance(row, Quote) else None,
            invoice=row if isinstance(row, Invoice) else None,
            order_reference=row.order_reference,
            form_key=form_key,
            created_by=actor,
        )
        _fill(note, row, content)
        audit.record(actor, "invoicing.create_delivery", note)
        return note


def save_delivery(note: DeliveryNote, *, content: DeliveryContent, version: int, actor: Any) -> DeliveryNote:
    """Does: changes a draft. Refuses: what `create_delivery` refuses, a note issued, a form older than the
    row. Leaves behind: the draft, audit."""
    with transaction.atomic():
        row = DeliveryNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
        if not row.is_draft:
            raise IllegalMove(_("Seul un brouillon se modifie : annulez ce bon, puis faites-en un autre."))
        refuse_stale(row, version)
        row.version += 1
        _fill(row, row.order, content)
        audit.record(actor, "invoicing.save_delivery", row)
        return row


@performs(DELIVERY_FLOW, "issue")
def issue_delivery(note: DeliveryNote, *, actor: Any, at: datetime) -> None:
    """Does: numbers a note, which changes no more; its quantities count against the order. Refuses: more than
    what other notes left meanwhile. Leaves behind: the number, the frozen content and its hash; its PDF is
    made after."""
    order = _locked(note.order)
    asked = {line.sold.pk: line.quantity for line in lines_of(note)}
    _require_left(asked, order_lines(order))
    on = timezone.localdate(at)
    number = next_number(DELIVERY_SERIES, on)
    facts = paper_of(note, number=number, on=on).to_json()
    note.number, note.issued_on, note.issued_by = number, on, actor
    note.facts, note.content_sha256 = facts, sha256_of(facts)
    run_later(TASK, note_id=note.pk)


@performs(DELIVERY_FLOW, "cancel")
def cancel_delivery(note: DeliveryNote, *, reason: str, actor: Any, at: datetime) -> None:
    """Does: gives up a note that nobody signed; its quantities may be handed over again. Refuses: no reason.
    Leaves behind: the reason, its links closed; a number given is not given again."""
    note.cancel_reason = one_line(reason, "reason", _("Dites pourquoi ce bon est annulé."), most=_MOST_REASON)
    close_links(note, actor=actor, at=at)


def require_deliverable(order: Quote | Invoice) -> None:
    """Raises IllegalMove unless something was agreed that may be handed over."""
    if isinstance(order, Quote):
        if order.state != QuoteState.ACCEPTED:
            raise IllegalMove(_("Seul un devis accepté se livre : notez d’abord la réponse du client."))
        return
    if order.is_credit_note or not order.is_issued:
        raise IllegalMove(_("Un bon de livraison se fait d’un devis accepté ou d’une facture émise."))
    if order.quote is not None:
        raise IllegalMove(
            _("Cette facture vient du devis %(quote)s : la livraison se note sur ce devis.")
            % {"quote": order.quote}
        )


def _locked(order: Quote | Invoice) -> Any:
    """The order, so that two notes of its last unit wait for each other."""
    rows = type(order)._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("activity", "customer").get(pk=order.pk)


def _fill(note: DeliveryNote, order: Quote | Invoice, content: DeliveryContent) -> None:
    refuse_long(content.address, "address", _MOST_ADDRESS)
    refuse_long(content.message, "message", _MOST_MESSAGE)
    agreed = order.answered_on if isinstance(order, Quote) else None
    if agreed is not None and content.delivered_on < agreed:
        raise Refused(
            Code.DATE_INVALID,
            _("Une livraison ne précède pas l’accord du client, du %(day)s.")
            % {"day": agreed.strftime("%d/%m/%Y")},
            field="delivered_on",
        )
    lines = order_lines(order)
    _require_left(content.quantities, lines)
    note.delivered_on, note.with_prices = content.delivered_on, content.with_prices
    note.address, note.message = content.address.strip(), content.message.strip()
    note.save()
    note.lines.all().delete()
    of_quote = isinstance(order, Quote)
    handed = [line for line in lines if content.quantities.get(line.key)]
    DeliveryLine.objects.bulk_create(
        DeliveryLine(
            note=note,
            position=position,
            label=line.sold.label,
            quantity=content.quantities[line.key],
            unit=line.sold.unit,
            **{"quote_line_id" if of_quote else "invoice_line_id": line.key},
        )
        for position, line in enumerate(handed, start=1)
    )


def _require_left(asked: Mapping[int, Decimal], lines: list[OrderLine]) -> None:
    """Raises Refused at the line that asks for what is not left, or for nothing at all."""
    faults = refused(asked, [line.to_deliver for line in lines])
    if faults:
        labels = {line.key: line.sold.label for line in lines}
        first = faults[0]
        field = None if first.key is None else f"line_{first.key}"
        raise Refused(_CODES[first.fault], _said(first, labels), field=field)


_CODES = {
    DeliveryFault.EMPTY: Code.VALUE_MISSING,
    DeliveryFault.NOT_POSITIVE: Code.VALUE_INVALID,
    DeliveryFault.NOT_ORDERED: Code.VALUE_INVALID,
    DeliveryFault.ABOVE_LEFT: Code.VALUE_INVALID,
}


def _said(fault: DeliveryRefusal, labels: Mapping[int, str]) -> str:
    facts = {"label": labels.get(fault.key or 0, ""), "left": quantity(fault.left)}
    if fault.fault is DeliveryFault.EMPTY:
        return _("Dites combien est livré d’une ligne au moins.")
    if fault.fault is DeliveryFault.NOT_POSITIVE:
        return _("« %(label)s » : une quantité livrée est positive.") % facts
    if fault.fault is DeliveryFault.NOT_ORDERED:
        return _("Cette ligne n’est pas de cette commande.")
    if not fault.left:
        return _("« %(label)s » : tout est déjà livré.") % facts
    return _("« %(label)s » : il ne reste que %(left)s à livrer.") % facts
