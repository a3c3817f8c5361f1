"""A room hired from outside: asked from the public page, answered by the team, invoiced to a customer
(COW-20)."""

from __future__ import annotations

import uuid
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.links import find_link
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Hire, Resource
from coworking.selectors.bookers import Booker
from coworking.selectors.hires import hire_on_quote, hires_to_lapse
from coworking.services.booking_changes import approve_booking, cancel_booking
from coworking.services.booking_mails import BOOKING_LINK, tell_holder, tell_team
from coworking.services.bookings import Ask, BookingData, book
from coworking.services.paying_bookings import content_of
from coworking.states.bookings import COMING, BookingState
from invoicing.events import QuoteAnswered
from invoicing.services.customers import checked_content
from invoicing.states.sales import CustomerKind
from people.services.changes import one_line, refuse_long


@dataclass(frozen=True)
class HireData:
    """What is typed by who hires."""

    name: str
    email: str
    phone: str = ""
    kind: str = CustomerKind.PRIVATE_PERSON
    firm: str = ""
    siren: str = ""
    address_line: str = ""
    address_line2: str = ""
    postcode: str = ""
    city: str = ""
    title: str = ""
    people: int = 1
    message: str = ""
    rules_accepted: bool = False


def ask_to_hire(
    resource: Resource,
    wanted: Stretch,
    *,
    data: HireData,
    shown: Decimal | None,
    form_key: uuid.UUID | None,
    now: datetime,
) -> Booking:
    """Does: asks for a room without account; the time is held until the team answers; sent twice is once.
    Refuses: a resource that is not hired from outside, rules not accepted, no name, an address that no
    invoice could bear, what `book` refuses. Leaves behind: the booking, asked, who hires, audit, a mail with
    a personal link, the team told."""
    if not resource.is_public or not resource.place.is_public:
        raise Refused(Code.NOT_ALLOWED, _("Cette ressource ne se loue pas depuis la page publique."))
    name = one_line(data.name, "name", _("Dites votre nom."), most=160)
    email = one_line(data.email, "email", _("Donnez l’adresse e-mail où vous répondre."), most=254)
    if resource.place.charter and not data.rules_accepted:
        raise Refused(Code.VALUE_MISSING, _("Acceptez les règles du lieu."), field="rules_accepted")
    refuse_long(data.message, "message", 2000)
    firm = ""
    if data.kind != CustomerKind.PRIVATE_PERSON:
        firm = one_line(data.firm, "firm", _("Donnez le nom de l’organisme."), most=160)
    with transaction.atomic():
        booker = Booker(name=name, email=email, phone=data.phone[:30])
        said = BookingData(title=data.title, people=data.people, needs_approval=True)
        asks = [Ask(resource, wanted)]
        booking = book(asks, booker=booker, data=said, actor=None, shown=shown, form_key=form_key, now=now)[0]
        if Hire.objects.filter(booking=booking).exists():
            return booking
        hire = Hire(
            booking=booking,
            kind=data.kind,
            firm=firm,
            siren="".join(data.siren.split()),
            address_line=data.address_line,
            address_line2=data.address_line2,
            postcode=data.postcode,
            city=data.city,
            message=data.message,
            rules_accepted=data.rules_accepted,
            rules=resource.place.charter if data.rules_accepted else "",
        )
        if booking.price:
            checked_content(content_of(hire))
        hire.save()
        audit.record(None, "coworking.hire.ask", booking)
        tell_holder(booking, "asked", actor=None)
        tell_team([booking], actor=None)
        return booking


def booking_of_link(token: str) -> Booking:
    """Gives the booking that a personal link opens. Raises Refused for a dead one."""
    link = find_link(token, BOOKING_LINK)
    rows = Booking.objects.select_related("place", "resource", "unit", "charge")
    return rows.get(pk=link.about_id)


def cancel_hire(token: str, *, now: datetime) -> Booking:
    """Does: who hired calls it off by their link. Refuses: a dead link, what `cancel_booking` refuses. Leaves
    behind: what it leaves."""
    booking = booking_of_link(token)
    return cancel_booking(booking, actor=None, now=now, reason=_("annulée par la personne"))


@transaction.atomic
def settle_by_quote(event: QuoteAnswered, *, now: datetime) -> None:
    """Does: a customer answered the quote of a hire: taken, the room is booked at what they took, billed from
    the quote; declined, the room is free. Refuses: a quote taken of a hire that is no more. Leaves behind:
    what `approve_booking` or `cancel_booking` leaves."""
    hire = hire_on_quote(event.number)
    if hire is None:
        return
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=hire.booking_id)
    if not event.accepted:
        if booking.state in COMING and booking.during.lower > now:
            cancel_booking(booking, reason=_("devis refusé"), forgiven=True, actor=event.actor, now=now)
        return
    if booking.state != BookingState.ASKED:
        raise Refused(
            Code.ILLEGAL_MOVE,
            _("Cette demande de location n’est plus en attente : demandez un nouveau devis."),
        )
    hire.quote_id = event.quote_id
    hire.save(update_fields=["quote"])
    booking.price, booking.working = event.total, _("devis %(number)s") % {"number": event.number}
    booking.save(update_fields=["price", "working"])
    approve_booking(booking, actor=event.actor, agreed=True)


def lapse_hires(*, now: datetime) -> int:
    """Does: frees the rooms whose quote was not answered by its last day. Refuses: nothing. Leaves behind:
    what `cancel_booking` leaves; gives how many."""
    count = 0
    for hire in hires_to_lapse(timezone.localdate(now)):
        with suppress(Refused):
            cancel_booking(
                hire.booking, reason=_("devis resté sans réponse"), forgiven=True, actor=None, now=now
            )
            count += 1
    return count
