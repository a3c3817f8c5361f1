"""Books what is free: one resource or several at once, all of them or none (COW-16, COW-17)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.money import ZERO
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch
from coworking.models import Basket, Booking, BookingSeries, Charge, Cover, Pass, Payer, Place, Resource, Unit
from coworking.selectors.availability import LOOKED, Freedom, freedom, gaps_of, range_of
from coworking.selectors.bookers import Allowed, Booker, allowed
from coworking.selectors.booking_words import span_words
from coworking.selectors.hires import is_on_quote
from coworking.selectors.opening import ZONE
from coworking.selectors.pricing import Purse, Quote, cover_of, tariff_on
from coworking.services.booking_checks import (
    SlotRefused,
    day_of,
    last_word,
    lock_for,
    refuse_price,
    refuse_public,
    refuse_terms,
    refuse_unbookable,
    taken_sentence,
    units_left,
)
from coworking.services.booking_mails import tell_made, tell_team
from coworking.services.charges import make_charge
from coworking.services.guests import Guest, name_guests
from coworking.services.paying_bookings import payer_for
from coworking.states.bookings import BookingState
from coworking.states.members import ChargeKind
from people.services.changes import refuse_long

# In one basket.
MOST = 20


@dataclass(frozen=True)
class Ask:
    """One resource, from an instant to another."""

    resource: Resource
    wanted: Stretch


@dataclass(frozen=True)
class BookingData:
    """What is said of bookings made together; `off_hours`: by the team, outside the hours of the place;
    `off_rules`: by the team, whatever the rules of the resource."""

    title: str = ""
    people: int = 1
    guests: tuple[Guest, ...] = ()
    off_hours: bool = False
    off_rules: bool = False
    needs_approval: bool = False
    series: BookingSeries | None = None


@dataclass
class Making:
    """Bookings being made in one transaction."""

    booker: Booker
    data: BookingData
    basket: Basket | None
    actor: Any
    now: datetime
    purse: Purse
    freedoms: dict[int, Freedom]
    made: list[Booking] = field(default_factory=list)
    total: Decimal = ZERO
    notes: list[str] = field(default_factory=list)


def book(
    asks: Sequence[Ask],
    *,
    booker: Booker,
    data: BookingData,
    actor: Any,
    shown: Decimal | None = None,
    form_key: uuid.UUID | None = None,
    now: datetime | None = None,
) -> list[Booking]:
    """Does: books each of these, all or none; the same form sent twice books once; the unit of a pool is the
    one last used by the member, else the first free. Refuses: what is not open, closed, taken, or not allowed
    by the rules of the resource (slot_taken, with the nearest free spans), what is reserved to others, a
    machine without clearance, too many people, resources of two places, a total that is not the one shown,
    with both figures. Leaves behind: the bookings with what covers them, their guests, what is due of those
    that need no approval, audit, the holder told when another did it, the team told of what it has to
    approve."""
    now = now or timezone.now()
    place = _one_place(asks)
    refuse_long(data.title, "title", 160)
    with transaction.atomic():
        locked = lock_for([one.resource for one in asks], booker)
        if form_key is not None and (known := Basket.objects.filter(form_key=form_key).first()):
            return _sent_before(known, asks)
        basket = Basket.objects.create(
            place=place, created_by=actor, **({"form_key": form_key} if form_key else {})
        )
        purse = Purse(member=booker.member, person=booker.person)
        free = freedoms_for(asks, any_hour=data.off_hours)
        making = Making(booker, data, basket, actor, now, purse, free)
        # Those who come are greeted once, where there is the most room.
        roomiest = max(asks, key=lambda ask: ask.resource.seats)
        for ask in asks:
            book_one(making, Ask(locked[ask.resource.pk], ask.wanted), with_guests=ask is roomiest)
        refuse_price(shown, making.total, purse, " ".join(making.notes))
        settle(making.made, actor=actor)
        tell_booked(making)
        return making.made


def book_one(making: Making, ask: Ask, *, with_guests: bool = True) -> Booking:
    """Does: writes one booking and what covers it, under the lock of its resource. Refuses, leaves behind:
    see `book`; what is due is left to `settle`."""
    resource, wanted, data = ask.resource, ask.wanted, making.data
    on = day_of(wanted)
    refuse_unbookable(resource, making.booker, people=data.people, on=on)
    may = allowed(resource, making.purse, on)
    if not data.off_rules:
        refuse_public(resource, making.booker, on)
        refuse_terms(resource, wanted, may, booker=making.booker, now=making.now)
    unit = _unit_for(making, resource, wanted)
    quote = making.purse.quote(resource, wanted)
    if quote.refusal:
        raise Refused(Code.NOT_ALLOWED, quote.refusal, field="starts")
    booking = _row(making, ask, quote, may)
    booking.unit = unit
    with last_word(resource, wanted, now=making.now):
        booking.save(force_insert=True)
    making.freedoms[resource.pk].taken[unit.pk].append(gaps_of(resource).around(wanted))
    write_covers(booking, quote)
    name_guests(booking, data.guests if with_guests else (), actor=making.actor)
    audit.record(making.actor, "coworking.booking.book", booking)
    making.made.append(booking)
    making.total += quote.amount
    making.notes += [quote.note] if quote.note else []
    return booking


def freedoms_for(asks: Sequence[Ask], *, any_hour: bool) -> dict[int, Freedom]:
    """What is free of all these resources, far enough around to tell the nearest free spans."""
    first = min(one.wanted.starts for one in asks) - LOOKED
    last = max(one.wanted.ends for one in asks) + LOOKED
    days = clock_of(first, ZONE)[0], clock_of(last, ZONE)[0]
    return freedom({one.resource.pk: one.resource for one in asks}.values(), *days, any_hour=any_hour)


def settle(bookings: Iterable[Booking], *, actor: Any) -> None:
    """Does: makes what is due of the bookings that are sure; what a quote bills is due by it alone. Refuses:
    nobody to pay. Leaves behind: charges."""
    for one in bookings:
        is_sure = one.state == BookingState.BOOKED and one.price and one.charge_id is None
        if is_sure and not is_on_quote(one):
            one.payer = one.payer or payer_for(one, actor=actor)
            one.charge = charge_of(one, one.payer, actor=actor)
            one.save(update_fields=["payer", "charge"])


def tell_booked(making: Making) -> None:
    """Does: tells the holder when another booked, and the team of what waits for its word (a hire is told
    once who hires is known). Leaves behind: notices, mails."""
    tell_made(making.made, actor=making.actor)
    asked = [one for one in making.made if one.state == BookingState.ASKED]
    if asked and not making.data.needs_approval:
        tell_team(asked, actor=making.actor)


def charge_of(booking: Booking, payer: Payer, *, actor: Any) -> Charge:
    """Does: makes what is due of a booking at its price. Leaves behind: the charge."""
    on = day_of(Stretch(booking.during.lower, booking.during.upper))
    tariff = tariff_on(booking.resource, on)
    return make_charge(
        payer,
        kind=ChargeKind.BOOKING,
        label=_("%(name)s, %(span)s") % {"name": booking.resource, "span": span_words(booking.during)},
        day=on,
        amount=booking.price or ZERO,
        vat_code=tariff.vat_code if tariff else "normal",
        working=booking.working,
        actor=actor,
    )


def write_covers(booking: Booking, quote: Quote) -> None:
    """Does: keeps what a booking took; a pass loses its units. Leaves behind: the rows."""
    for one in quote.taken:
        row = Cover(booking=booking, **cover_of(one))
        row.save()
        if row.used_pass_id is not None:
            Pass.objects.filter(pk=row.used_pass_id).update(left=F("left") - one.units)


def give_back_covers(booking: Booking, *, now: datetime) -> None:
    """Does: gives back what a booking took of plans and passes; once. Leaves behind: the instant."""
    rows = booking.covers.filter(given_back_at__isnull=True).order_by("used_pass", "pk")
    for one in rows.select_for_update(of=("self",)):
        if one.used_pass_id is not None:
            Pass.objects.filter(pk=one.used_pass_id).update(left=F("left") + one.units)
        one.given_back_at = now
        one.save(update_fields=["given_back_at"])


def _one_place(asks: Sequence[Ask]) -> Place:
    if not asks:
        raise Refused(Code.VALUE_MISSING, _("Choisissez ce que vous réservez."), field="resources")
    places = {one.resource.place_id for one in asks}
    if len(places) > 1 or len(asks) > MOST:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un panier tient en un lieu, et en %(most)d réservations au plus.") % {"most": MOST},
            field="resources",
        )
    return asks[0].resource.place


def _sent_before(basket: Basket, asks: Sequence[Ask]) -> list[Booking]:
    """What the same form already booked."""
    made = list(basket.bookings.order_by("pk"))
    if [one.resource_id for one in made] != [one.resource.pk for one in asks]:
        raise Refused(
            Code.STALE_FORM, _("Ce formulaire a déjà été envoyé pour autre chose : ouvrez-en un nouveau.")
        )
    return made


def _unit_for(making: Making, resource: Resource, wanted: Stretch) -> Unit:
    free = making.freedoms[resource.pk]
    units = units_left(free, wanted, making.booker, now=making.now)
    if not units:
        near = free.nearest(wanted, after=making.now)
        raise SlotRefused(taken_sentence(free, wanted), resource, near)
    last = Booking.objects.filter(unit__in=units).order_by("-during")
    if making.booker.member is not None:
        last = last.filter(member=making.booker.member)
    elif making.booker.person is not None:
        last = last.filter(person=making.booker.person)
    else:
        last = last.none()
    key = last.values_list("unit", flat=True).first() or units[0]
    return Unit.objects.get(pk=key)


def _row(making: Making, ask: Ask, quote: Quote, may: Allowed) -> Booking:
    booker, data = making.booker, making.data
    asked = (may.needs_approval and not data.off_rules) or data.needs_approval
    return Booking(
        place_id=ask.resource.place_id,
        resource=ask.resource,
        during=range_of(ask.wanted),
        taken=range_of(gaps_of(ask.resource).around(ask.wanted)),
        member=booker.member,
        person=None if booker.member else booker.person,
        name=booker.name,
        email=booker.email,
        phone=booker.phone,
        title=" ".join(data.title.split()),
        people=data.people,
        off_hours=data.off_hours,
        price=quote.price,
        working=quote.working[:300],
        basket=making.basket,
        series=data.series,
        state=BookingState.ASKED if asked else BookingState.BOOKED,
        created_by=making.actor,
    )
