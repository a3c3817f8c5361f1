"""Deliveries of the demonstration: an order handed over in part, signed by its receiver, the rest on its
way; a quote announced by a proforma (INV-26)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from cae.core.signing import Hand, Origin
from cae.demonstration.loading.activities import Shop
from cae.demonstration.loading.people import key_of
from invoicing.models import DeliveryNote, Quote
from invoicing.selectors.deliveries import OrderLine, order_lines
from invoicing.services.deliveries import DeliveryContent, create_delivery, issue_delivery
from invoicing.services.delivery_signing import sign_online
from invoicing.services.piece_sending import copy_piece_link
from invoicing.services.proformas import make_proforma
from invoicing.states.sales import QuoteState

# The activity of entrepreneur@ first, then a workshop that makes furniture.
_SHOPS = ("LENOIR", "COPEAUX")
_SIGNED_AGO = timedelta(days=2)


def deliver(shops: Sequence[Shop], *, today: date, now: datetime) -> None:
    """Does: hands over half of an order, which is signed, then prepares the rest; makes a proforma of a quote
    that waits. Refuses: nothing; an activity without such a quote delivers nothing. Leaves behind: two
    notes and a proforma for each activity that has what they need."""
    by_code = {shop.plan.code: shop for shop in shops}
    some = [by_code[code] for code in _SHOPS]
    before = today - _SIGNED_AGO
    orders = [(shop, order) for shop in some if (order := next(_orders(shop, before=before), None))]
    # Numbers and dates of notes rise together.
    for shop, order in orders:
        _first_half(shop, order, today=today, now=now)
    for shop, order in orders:
        rest = {line.key: line.left for line in order_lines(order)}
        _issued(shop, order, rest, at=now, on=today)
    for shop in some:
        waiting = shop.activity.quotes.filter(state=QuoteState.SENT, valid_until__gte=today).order_by("pk")
        for quote in waiting[:1]:
            make_proforma(quote, form_key=key_of(f"proforma {quote}"), actor=shop.author, at=now)


def _orders(shop: Shop, *, before: date) -> Iterator[Quote]:
    """Accepted quotes not invoiced yet, of which half of a line may be handed over."""
    rows = shop.activity.quotes.filter(
        state=QuoteState.ACCEPTED, invoices__isnull=True, answered_on__lte=before
    )
    for quote in rows.order_by("pk"):
        if any(_half(line) for line in order_lines(quote)):
            yield quote


def _half(line: OrderLine) -> Decimal:
    return line.left // 2


def _first_half(shop: Shop, order: Quote, *, today: date, now: datetime) -> None:
    first = {line.key: _half(line) for line in order_lines(order)}
    note = _issued(shop, order, first, at=now - _SIGNED_AGO, on=today - _SIGNED_AGO)
    token = copy_piece_link(note, actor=shop.author, at=now - _SIGNED_AGO).rstrip("/").rpartition("/")[2]
    name = order.customer.contact_name or order.customer.name
    sign_online(
        token,
        hand=Hand(name, typed=name),
        reserves="Un carton ouvert à l’arrivée, contenu complet.",
        shown_sha256=note.content_sha256,
        origin=Origin("203.0.113.24", "Mozilla/5.0 (Linux; Android 15) Firefox/140.0"),
        at=now,
    )


def _issued(
    shop: Shop, order: Quote, quantities: dict[int, Decimal], *, at: datetime, on: date
) -> DeliveryNote:
    content = DeliveryContent(
        delivered_on=on,
        quantities=quantities,
        address=order.customer.delivery_address,
        message="Livraison du lundi au vendredi, de 8 h à 12 h.",
    )
    note = create_delivery(
        order, content=content, form_key=key_of(f"delivery {order} {on}"), actor=shop.author
    )
    return issue_delivery(note, actor=shop.author, at=at)
