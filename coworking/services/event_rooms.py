"""Rooms of an event: taken with it, moved with it in one transaction, freed with it (COW-28)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Event, EventRoom, Resource
from coworking.selectors.availability import freedom_around, gaps_of, range_of
from coworking.selectors.bookers import Booker
from coworking.services.booking_changes import cancel_booking
from coworking.services.booking_checks import SlotRefused, last_word, lock_for, taken_sentence, units_left
from coworking.states.bookings import COMING
from coworking.states.places import ResourceKind


@transaction.atomic
def take_room(event: Event, resource: Resource, *, now: datetime, actor: Any) -> EventRoom:
    """Does: takes a room for the whole time of an event, outside the hours of the place too. Refuses: a room
    of another place, one withdrawn, one already taken then, one of this event already, an event begun. Leaves
    behind: the booking of the house, audit."""
    held = Event.objects.select_for_update(of=("self",)).select_related("place").get(pk=event.pk)
    if resource.place_id != held.place_id or resource.kind != ResourceKind.ROOM or resource.archived_at:
        raise Refused(Code.VALUE_INVALID, _("Choisissez une salle du lieu de l’événement."), field="resource")
    known = EventRoom.objects.filter(event=held, resource=resource).select_related("booking").first()
    if known is not None and known.booking.state in COMING:
        raise Refused(
            Code.ALREADY_DONE, _("Cette salle est déjà prise pour cet événement."), field="resource"
        )
    booking = Booking(
        place_id=resource.place_id,
        resource=resource,
        title=held.title[:160],
        people=min(held.capacity or 1, resource.seats),
        off_hours=True,
        created_by=actor,
    )
    _place(booking, resource, held, now=now)
    if known is not None:
        known.booking = booking
        known.save(update_fields=["booking"])
        room = known
    else:
        room = EventRoom.objects.create(event=held, resource=resource, booking=booking)
    audit.record(actor, "coworking.eventroom.take", room)
    return room


@transaction.atomic
def free_room(room: EventRoom, *, now: datetime, actor: Any) -> None:
    """Does: gives a room back. Refuses: one whose event has begun. Leaves behind: the booking cancelled,
    audit."""
    Event.objects.select_for_update(of=("self",)).get(pk=room.event_id)
    lock_for([room.resource], Booker())
    if room.booking.state in COMING:
        cancel_booking(room.booking, actor=actor, now=now, forgiven=True)
    audit.record(actor, "coworking.eventroom.free", room)
    room.delete()


def move_rooms(event: Event, *, now: datetime, actor: Any) -> None:
    """Does: moves the rooms with an event whose hours changed, held under lock by the caller; in another
    place, its rooms are given back. Refuses: a room taken at the new hours, in one sentence with its name.
    Leaves behind: the bookings at the new hours."""
    event.parts.filter(room__isnull=False).exclude(room__place=event.place_id).update(room=None)
    rooms = _live(event)
    locked = lock_for([room.resource for room in rooms], Booker()) if rooms else {}
    for room in rooms:
        if room.resource.place_id != event.place_id:
            cancel_booking(room.booking, actor=actor, now=now, forgiven=True)
            room.delete()
            continue
        row = Booking.objects.select_for_update(of=("self",)).get(pk=room.booking_id)
        row.title = event.title[:160]
        row.version += 1
        _place(row, locked[room.resource_id], event, now=now)


def free_rooms(event: Event, *, now: datetime, actor: Any) -> None:
    """Does: gives back the rooms of an event that is cancelled. Refuses: nothing; what has begun stays.
    Leaves behind: the bookings cancelled."""
    rooms = _live(event)
    if rooms:
        lock_for([room.resource for room in rooms], Booker())
    for room in rooms:
        if room.booking.during.lower > now:
            cancel_booking(room.booking, actor=actor, now=now, forgiven=True)


def _live(event: Event) -> Sequence[EventRoom]:
    rows = event.rooms.filter(booking__state__in=COMING)
    return list(rows.select_related("resource", "booking__resource").order_by("resource"))


def _place(row: Booking, resource: Resource, event: Event, *, now: datetime) -> None:
    """Writes the booking at the hours of the event. Raises SlotRefused at the beginning of the event."""
    wanted = Stretch(event.starts_at, event.ends_at)
    besides = row if row.pk else None
    lock_for([resource], Booker())
    free = freedom_around(resource, wanted, besides=besides, any_hour=True)
    units = units_left(free, wanted, Booker(), now=now)
    if not units:
        refused = SlotRefused(taken_sentence(free, wanted), resource, free.nearest(wanted, after=now))
        refused.field = "starts_at" if row.pk else "resource"
        raise refused
    row.unit_id = row.unit_id if row.unit_id in units else units[0]
    row.during, row.taken = range_of(wanted), range_of(gaps_of(resource).around(wanted))
    try:
        with last_word(resource, wanted, now=now, besides=besides):
            row.save()
    except SlotRefused as refused:
        refused.field = "starts_at" if besides else "resource"
        raise
