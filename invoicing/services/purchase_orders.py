"""Orders from suppliers: written, approved and numbered, sent, received in parts (INV-46)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.money import ZERO, cents
from cae.core.numbering import next_number
from cae.core.turns import take_turn
from cae.core.workflow import performs
from entrepreneurs.models import Activity
from invoicing.calculations.purchase_split import computed_taxes
from invoicing.models import (
    PurchaseDelivery,
    PurchaseDeliveryLine,
    PurchaseOrder,
    PurchaseOrderLine,
    Supplier,
)
from invoicing.selectors.parts import accepted_of
from invoicing.selectors.purchase_orders import ordered_lines
from invoicing.services.purchase_inputs import OrderContent, OrderLineContent
from invoicing.services.purchase_order_files import make_order_pdf
from invoicing.services.purchase_telling import (
    send_order_mail,
    tell_order_approved,
    tell_order_submitted,
)
from invoicing.states.purchases import (
    MAX_PURCHASE_LINES,
    MAX_PURCHASE_TOTAL,
    NUMBERED_ORDERS,
    ORDER_SERIES,
    PURCHASE_ORDER_FLOW,
)
from people.services.changes import one_line, refuse_long, refuse_spent, refuse_stale

_LABEL, _REFERENCE, _PURPOSE, _TEXT, _REASON = 250, 80, 250, 2000, 250
_MOST = Decimal("9999999.9999")


def create_order(
    activity: Activity, *, content: OrderContent, form_key: UUID, actor: Any, on: date
) -> PurchaseOrder:
    """Does: begins an order; the same form sent twice gives the same one. Refuses: a closed activity, an
    archived supplier, a quote of another activity, no line, a quantity or a price that is none. Leaves
    behind: the draft, audit."""
    _check(activity, content, on=on)
    with transaction.atomic():
        # Two clicks at once: the second finds what the first one made.
        take_turn(f"invoicing.form.{form_key}")
        known = PurchaseOrder.objects.filter(form_key=form_key, activity=activity).first()
        if known is not None:
            return known
        order = PurchaseOrder(activity=activity, form_key=form_key, created_by=actor)
        refuse_spent(order)
        _fill(order, content)
        audit.record(actor, "invoicing.create_purchase_order", order)
        return order


def save_order(
    order: PurchaseOrder, *, content: OrderContent, version: int, actor: Any, on: date
) -> PurchaseOrder:
    """Does: changes a draft. Refuses: as `create_order`, an order handed over, a form older than the row.
    Leaves behind: the draft, audit."""
    _check(order.activity, content, on=on)
    with transaction.atomic():
        row = PurchaseOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
        if not row.is_draft:
            raise IllegalMove(_("Seul un brouillon se modifie : reprenez d’abord la commande."))
        refuse_stale(row, version)
        row.version += 1
        _fill(row, content)
        audit.record(actor, "invoicing.save_purchase_order", row)
        return row


@performs(PURCHASE_ORDER_FLOW, "submit")
def submit_order(row: PurchaseOrder, *, actor: Any) -> None:
    """Does: hands an order over to those who approve. Refuses: nothing more than its state. Leaves behind:
    the order closed to changes, the nearest of them told."""
    tell_order_submitted(row, actor=actor)


@performs(PURCHASE_ORDER_FLOW, "take_back")
def take_back_order(row: PurchaseOrder, *, actor: Any) -> None:
    """Does: takes an order back before it is approved. Refuses: nothing more than its state. Leaves behind:
    the draft."""


@performs(PURCHASE_ORDER_FLOW, "approve")
def approve_order(row: PurchaseOrder, *, on: date, actor: Any) -> None:
    """Does: approves an order, which takes its number and changes no more. Refuses: a supplier archived
    since. Leaves behind: the number, the activity told when somebody else approved; its PDF is made after."""
    _require_active(row.supplier)
    row.number = next_number(ORDER_SERIES, on)
    row.approved_on, row.approved_by = on, actor
    run_later("invoicing.make_purchase_order_pdf", order_id=row.pk)
    tell_order_approved(row, actor=actor)


@performs(PURCHASE_ORDER_FLOW, "send")
def send_order(row: PurchaseOrder, *, to: str, message: str, actor: Any, at: datetime) -> None:
    """Does: sends an approved order with its PDF; without address, notes that it left in another way.
    Refuses: a wrong address, a message too long. Leaves behind: the PDF, a mail that waits."""
    refuse_long(message, "message", _TEXT)
    row.pdf = make_order_pdf(row, actor=actor)
    row.sent_at = at
    if not to.strip():
        return
    try:
        validate_email(to.strip())
    except ValidationError as error:
        raise Refused(Code.VALUE_INVALID, _("Cette adresse e-mail n’est pas valable."), field="to") from error
    send_order_mail(row, to=to.strip(), message=message, attached=row.pdf.pk, actor=actor)


@performs(PURCHASE_ORDER_FLOW, "close")
def close_order(row: PurchaseOrder, *, reason: str, actor: Any) -> None:
    """Does: says that nothing more is expected. Refuses: no reason while something is left to receive. Leaves
    behind: the order closed."""
    left = any(line.left_to_receive for line in ordered_lines(row))
    if left:
        sentence = _("Il reste à recevoir : dites pourquoi la commande se termine.")
        row.closed_reason = one_line(reason, "reason", sentence, most=_REASON)
    else:
        refuse_long(reason, "reason", _REASON)
        row.closed_reason = " ".join(reason.split())


@performs(PURCHASE_ORDER_FLOW, "cancel")
def cancel_order(row: PurchaseOrder, *, reason: str, actor: Any) -> None:
    """Does: gives up an order of which nothing came. Refuses: no reason, something received or invoiced.
    Leaves behind: the order cancelled; a number given is not given again."""
    if any(line.received or line.invoiced for line in ordered_lines(row)):
        raise IllegalMove(_("Une part de cette commande est reçue ou facturée : terminez-la plutôt."))
    row.closed_reason = one_line(
        reason, "reason", _("Dites pourquoi cette commande est annulée."), most=_REASON
    )


def receive_delivery(
    order: PurchaseOrder,
    *,
    quantities: Mapping[int, Decimal],
    on: date,
    form_key: UUID,
    actor: Any,
    reference: str = "",
) -> PurchaseDelivery:
    """Does: notes what came in of each line (below zero: goes back); the same form sent twice notes it once.
    Refuses: an order not approved, nothing, a line of another order, less than nothing in all, a day to come
    or before the order. Leaves behind: the delivery, audit."""
    with transaction.atomic():
        row = PurchaseOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
        known = PurchaseDelivery.objects.filter(form_key=form_key, order=row).first()
        if known is not None:
            return known
        if row.state not in NUMBERED_ORDERS or row.approved_on is None:
            raise IllegalMove(_("Seule une commande approuvée reçoit des livraisons."))
        if not row.approved_on <= on <= timezone.localdate():
            raise Refused(
                Code.DATE_INVALID, _("Une livraison arrive entre la commande et aujourd’hui."), field="on"
            )
        came = _checked_quantities(row, quantities)
        delivery = PurchaseDelivery.objects.create(
            order=row,
            on=on,
            reference=" ".join(reference.split())[:100],
            form_key=form_key,
            recorded_by=actor,
        )
        PurchaseDeliveryLine.objects.bulk_create(
            PurchaseDeliveryLine(delivery=delivery, line_id=key, quantity=quantity)
            for key, quantity in came.items()
        )
        audit.record(actor, "invoicing.receive_delivery", row, detail={"on": on.isoformat()})
        return delivery


def _checked_quantities(order: PurchaseOrder, quantities: Mapping[int, Decimal]) -> dict[int, Decimal]:
    came = {key: quantity for key, quantity in quantities.items() if quantity}
    if not came:
        raise Refused(Code.VALUE_MISSING, _("Dites combien est arrivé d’une ligne au moins."))
    lines = {line.key: line for line in ordered_lines(order)}
    for key, quantity in came.items():
        line = lines.get(key)
        if line is None:
            raise Refused(Code.VALUE_INVALID, _("Cette ligne est d’une autre commande."))
        if line.received + quantity < 0 or abs(quantity) > _MOST:
            raise Refused(
                Code.VALUE_INVALID,
                _("« %(label)s » : on ne rend pas plus que ce qui est arrivé.") % {"label": line.label},
                field=f"line_{key}",
            )
    return came


def _check(activity: Activity, content: OrderContent, *, on: date) -> None:
    if activity.closed_on is not None and activity.closed_on < on:
        raise Refused(Code.VALUE_INVALID, _("« %(name)s » est fermée.") % {"name": activity.name})
    _require_active(content.supplier)
    one_line(content.purpose, "purpose", _("Dites ce que vous commandez."), most=_PURPOSE)
    for name in ("message", "internal_note"):
        refuse_long(getattr(content, name), name, _TEXT)
    refuse_long(content.delivery_address, "delivery_address", 400)
    if content.quote is not None and content.quote.activity_id != activity.pk:
        raise Refused(Code.VALUE_INVALID, _("Ce devis est d’une autre activité."), field="quote")
    if not content.lines:
        raise Refused(Code.EMPTY_DOCUMENT, _("Saisissez au moins une ligne."), field="lines")
    if len(content.lines) > MAX_PURCHASE_LINES:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une commande compte au plus %(most)d lignes.") % {"most": MAX_PURCHASE_LINES},
            field="lines",
        )
    for place, line in enumerate(content.lines):
        _check_line(place, line)
    if sum((_net(line) for line in content.lines), ZERO) > MAX_PURCHASE_TOTAL:
        raise Refused(Code.AMOUNT_INVALID, _("Le total de cette commande est trop grand."), field="lines")


def _check_line(place: int, line: OrderLineContent) -> None:
    one_line(line.label, f"lines-{place}-label", _("Nommez cette ligne."), most=_LABEL)
    refuse_long(line.reference, f"lines-{place}-reference", _REFERENCE)
    if not 0 < line.quantity <= _MOST:
        raise Refused(
            Code.VALUE_INVALID, _("Une quantité commandée est positive."), field=f"lines-{place}-quantity"
        )
    if not 0 <= line.unit_price <= _MOST:
        raise Refused(
            Code.AMOUNT_INVALID, _("Un prix ne peut pas être négatif."), field=f"lines-{place}-unit_price"
        )
    if not 0 <= line.rate <= 1:
        raise Refused(Code.VALUE_INVALID, _("Un taux va de 0 à 100 %."), field=f"lines-{place}-rate")


def _require_active(supplier: Supplier) -> None:
    if supplier.is_archived:
        raise Refused(
            Code.VALUE_INVALID, _("Ce fournisseur est archivé : reprenez d’abord sa fiche."), field="supplier"
        )


def _net(line: OrderLineContent) -> Decimal:
    return cents(line.quantity * line.unit_price)


def _fill(order: PurchaseOrder, content: OrderContent) -> None:
    order.supplier, order.quote = content.supplier, content.quote
    order.purpose = " ".join(content.purpose.split())
    order.wanted_on, order.delivery_address = content.wanted_on, content.delivery_address.strip()
    order.message, order.internal_note = content.message.strip(), content.internal_note.strip()
    taxes = computed_taxes([(_net(line), line.rate) for line in content.lines])
    order.total_net = sum((one.net for one in taxes), ZERO)
    order.total_tax = sum((one.tax for one in taxes), ZERO)
    order.total_gross = order.total_net + order.total_tax
    order.save()
    order.lines.all().delete()
    PurchaseOrderLine.objects.bulk_create(
        PurchaseOrderLine(
            order=order,
            position=position,
            label=" ".join(line.label.split()),
            reference=" ".join(line.reference.split()),
            quantity=line.quantity,
            unit=line.unit,
            unit_price=line.unit_price,
            rate=line.rate,
            net=_net(line),
        )
        for position, line in enumerate(content.lines, start=1)
    )


def lines_of_quote(quote: Any) -> tuple[OrderLineContent, ...]:
    """What the customer took, to be ordered: labels, quantities and units; prices are to be typed, since a
    supplier sells for less."""
    return tuple(
        OrderLineContent(
            label=line.label,
            quantity=line.quantity,
            unit_price=ZERO,
            rate=line.vat_rate.rate,
            unit=line.unit,
        )
        for line in accepted_of(quote).lines
        if line.label and line.quantity > 0
    )
