"""Delivery notes and proforma invoices, each brought where it stands by the services."""

from __future__ import annotations

import re
import uuid
from decimal import Decimal
from typing import Any

from django.core import mail
from django.utils import timezone

from cae.core.signing import Hand
from entrepreneurs.models import Activity
from invoicing.models import DeliveryNote, Invoice, PieceSending, Proforma, Quote
from invoicing.selectors.deliveries import order_lines
from invoicing.selectors.pieces import Piece
from invoicing.services.deliveries import DeliveryContent, create_delivery, issue_delivery
from invoicing.services.delivery_signing import sign_online
from invoicing.services.piece_letters import letter_of_piece
from invoicing.services.piece_sending import send_piece
from invoicing.services.proformas import make_proforma
from tests.factories import invoicing, quotes, sendings
from tests.factories.invoicing import line

HAND = Hand("Jeanne Durand", "Magasinière", typed="Jeanne Durand")


def ordered(owner: Activity | None = None, **details: Any) -> Quote:
    """An accepted quote of ten chairs and two days of work."""
    lines = (
        line("40.00", label="Chaise", quantity=Decimal(10)),
        line("300.00", label="Pose", quantity=Decimal(2)),
    )
    quote, token = sendings.sent_quote(owner, *lines, **details)
    sendings.accept(quote, token)
    quote.refresh_from_db()
    return quote


def content(order: Quote | Invoice, *quantities: str, **details: Any) -> DeliveryContent:
    """These quantities, in the order of the lines; those not said are left out."""
    lines = order_lines(order)
    asked = {one.key: Decimal(said) for one, said in zip(lines, quantities, strict=False)}
    values: dict[str, Any] = {"delivered_on": timezone.localdate(), "quantities": asked}
    return DeliveryContent(**values | details)


def note(order: Quote | Invoice, *quantities: str, actor: Any = None, **details: Any) -> DeliveryNote:
    """A draft."""
    said = content(order, *quantities, **details)
    return create_delivery(order, content=said, form_key=uuid.uuid4(), actor=actor)


def issued(order: Quote | Invoice, *quantities: str, actor: Any = None, **details: Any) -> DeliveryNote:
    return issue_delivery(note(order, *quantities, **details), actor=actor, at=timezone.now())


def sent(piece: Piece, *, actor: Any = None) -> str:
    """The secret by which the customer opens the piece."""
    letter = letter_of_piece(piece, on=timezone.localdate())
    send_piece(
        piece, to=[sendings.READER], letter=letter, form_key=uuid.uuid4(), actor=actor, at=timezone.now()
    )
    return token_of(piece.sendings.latest("pk"))


def token_of(sending: PieceSending) -> str:
    """As the customer finds it in the mail: kept until it leaves, then with its reader alone."""
    assert sending.email is not None
    key = sending.email.message_id
    left = [str(one.body) for one in mail.outbox if one.extra_headers["Message-ID"] == key]
    found = re.search(r"/p/([\w-]+)/", "\n".join([sending.email.text, *left]))
    assert found, sending.email.text
    return found[1]


def sign(delivery: DeliveryNote, token: str, **details: Any) -> DeliveryNote:
    given: dict[str, Any] = {
        "hand": HAND,
        "reserves": "",
        "shown_sha256": delivery.content_sha256,
        "origin": sendings.ORIGIN,
        "at": timezone.now(),
    }
    return sign_online(token, **given | details)


def proforma(document: Quote | Invoice, *, actor: Any = None) -> Proforma:
    return make_proforma(document, form_key=uuid.uuid4(), actor=actor, at=timezone.now())


def handed_over(owner: Activity) -> dict[str, Any]:
    """What the walk visits: notes of one order in every state, a proforma of a quote, links to both."""
    today = timezone.localdate()
    quote = ordered(
        owner, order_reference="BC-4471", customer=owner.customers.first() or sendings.buyer(owner)
    )
    signed = issued(quote, "4", with_prices=True)
    signed_token = sent(signed)
    sign(signed, signed_token, reserves="Une chaise rayée")
    signed.refresh_from_db()
    waiting = issued(quote, "3", message="Par le quai 3")
    announced = quotes.approved(owner, on=today, order_reference="BC-4472")
    announcing = proforma(announced)
    return {
        "delivered_quote": quote,
        "delivered_invoice": invoicing.issued(owner, on=today),
        "delivery_draft": note(quote, "2", "1"),
        "delivery_issued": waiting,
        "delivery_signed": signed,
        "delivery_token": sent(waiting),
        "signed_token": signed_token,
        "announced_quote": announced,
        "announced_draft": invoicing.draft(owner),
        "proforma": announcing,
        "proforma_token": sent(announcing),
    }
