"""Delivery notes: what is left of an order, what a note says, when the last delivery was (INV-26)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.keys import key_in
from cae.core.money import ZERO, cents
from entrepreneurs.states.trades import Unit
from invoicing.calculations.deliveries import Delivered, ToDeliver, how_far, offered_day
from invoicing.calculations.variants import optional_places, variants_of
from invoicing.engines.delivery import DeliveryPaper, HandedOver
from invoicing.models import ChosenOption, Customer, DeliveryLine, DeliveryNote, Invoice, Quote
from invoicing.models.documents import SaleLine
from invoicing.states.pieces import STANDING, DeliveryState

_QUANTITY: DecimalField[Any, Any] = DecimalField(max_digits=16, decimal_places=4)
_NONE = Value(Decimal(0), output_field=_QUANTITY)

_SHAPES: dict[str, tuple[str, str]] = {
    DeliveryState.DRAFT: ("neutral", "◇"),
    DeliveryState.ISSUED: ("warning", "■"),
    DeliveryState.SIGNED: ("success", "✔"),
    DeliveryState.CANCELLED: ("neutral", "✕"),
}


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of the order that may be handed over, and how far it was."""

    sold: SaleLine
    to_deliver: ToDeliver

    @property
    def key(self) -> int:
        return self.to_deliver.key

    @property
    def left(self) -> Decimal:
        return self.to_deliver.left


def status_of_delivery(note: DeliveryNote) -> tuple[str, str, str]:
    """Gives tone, shape and word of a delivery note."""
    return (*_SHAPES[note.state], str(note.get_state_display()))


def deliveries_visible(user: Any) -> QuerySet[DeliveryNote]:
    rows = DeliveryNote.objects.visible_to(user).select_related("activity", "customer", "quote", "invoice")
    return rows.defer("facts", "quote__facts", "invoice__facts")


def order_lines(order: Quote | Invoice) -> list[OrderLine]:
    """What was taken of the order, with what the notes that stand handed over of each line; a line taken
    back (negative) is never handed over."""
    path = "quote_line" if isinstance(order, Quote) else "invoice_line"
    rows = list(_with_delivered(order, path))
    taken = _taken_of(rows) if isinstance(order, Quote) else rows
    return [
        OrderLine(row, ToDeliver(row.pk, row.quantity, row.delivered_so_far))
        for row in taken
        if row.quantity > 0
    ]


def _with_delivered(order: Quote | Invoice, path: str) -> QuerySet[Any]:
    standing = DeliveryLine.objects.filter(**{path: OuterRef("pk")}, note__state__in=STANDING).order_by()
    summed = standing.values(path).annotate(sum=Sum("quantity")).values("sum")
    rows: QuerySet[Any] = order.lines.select_related("vat_rate").order_by("position")
    rows = rows.annotate(delivered_so_far=Coalesce(Subquery(summed, output_field=_QUANTITY), _NONE))
    if path == "quote_line":
        rows = rows.annotate(taken=Exists(ChosenOption.objects.filter(line=OuterRef("pk"))))
    return rows


def _taken_of(rows: Sequence[Any]) -> list[Any]:
    """The lines that the customer took: neither an option left, nor a variant not chosen."""
    taken = {place for place, row in enumerate(rows) if row.taken}
    variants = [one for one in variants_of(rows) if one.first in taken]
    left = optional_places(rows, taken=variants, options=taken)
    return [row for place, row in enumerate(rows) if place not in left]


def how_far_delivered(lines: Sequence[OrderLine]) -> Delivered:
    return how_far([line.to_deliver for line in lines])


def notes_of_order(order: Quote | Invoice) -> QuerySet[DeliveryNote]:
    """Every note of an order, the latest first."""
    return order.delivery_notes.select_related("activity", "customer").order_by("-created_at", "-pk")


def last_delivery(quote: Quote, *, on: date) -> date | None:
    """The day of delivery that an invoice of this day, made from the quote, is offered."""
    days = quote.delivery_notes.filter(state__in=STANDING).values_list("delivered_on", flat=True)
    return offered_day(days, on=on)


def lines_of(note: DeliveryNote) -> list[DeliveryLine]:
    rows = note.lines.select_related("quote_line__vat_rate", "invoice_line__vat_rate").order_by("position")
    return list(rows)


def paper_of(note: DeliveryNote, *, number: str = "", on: date | None = None) -> DeliveryPaper:
    """What the note says; an issued one is read from its frozen facts, another says what it would if it were
    issued on this day under this number."""
    if note.facts is not None:
        return DeliveryPaper.from_json(note.facts)
    customer = note.customer
    with translation.override(customer.language):
        lines = tuple(_handed_over(note))
        return DeliveryPaper(
            number=number or str(note),
            issued_on=on or note.delivered_on,
            delivered_on=note.delivered_on,
            activity=note.activity.name,
            customer=customer.name,
            customer_address=address_lines(customer),
            place=tuple(line.strip() for line in note.address.splitlines() if line.strip()),
            origin=_origin(note),
            lines=lines,
            order_reference=note.order_reference,
            message=note.message,
            net=sum((line.net or ZERO for line in lines), ZERO) if note.with_prices else None,
            language=customer.language,
        )


def _origin(note: DeliveryNote) -> str:
    if note.quote is not None:
        return _("Devis %(number)s") % {"number": note.quote}
    return _("Facture %(number)s") % {"number": note.order}


def _handed_over(note: DeliveryNote) -> list[HandedOver]:
    before = {line.key: line.to_deliver for line in order_lines(note.order)}
    found = []
    for line in lines_of(note):
        sold = line.sold
        known = before.get(sold.pk) or ToDeliver(sold.pk, sold.quantity)
        priced = {"unit_price": sold.unit_price, "net": _net(line, known)} if note.with_prices else {}
        found.append(
            HandedOver(
                label=line.label,
                description=sold.description,
                unit=str(Unit(line.unit).label),
                quantity=line.quantity,
                ordered=sold.quantity,
                left=max(known.left - line.quantity, ZERO),
                **priced,
            )
        )
    return found


def _net(line: DeliveryLine, known: ToDeliver) -> Decimal:
    """The share of the line of the order, its discount included: cumulative, so that notes add up to it."""
    return _share(line.sold, known.delivered + line.quantity) - _share(line.sold, known.delivered)


def _share(sold: SaleLine, quantity: Decimal) -> Decimal:
    return cents(sold.net * quantity / sold.quantity)


def address_lines(customer: Customer) -> tuple[str, ...]:
    town = f"{customer.postcode} {customer.city}".strip()
    country = "" if customer.country == "FR" else customer.country
    parts = (customer.address_line, customer.address_line2, town, country)
    return tuple(part for part in parts if part)


def of_order(text: str) -> Q:
    """The notes of one order, named in an address: « devis-12 », « facture-7 »; none for anything else."""
    kind, _dash, rest = text.partition("-")
    paths, key = {"devis": "quote", "facture": "invoice"}, key_in(rest)
    return Q(**{paths[kind]: key}) if kind in paths and key is not None else Q(pk__in=())
