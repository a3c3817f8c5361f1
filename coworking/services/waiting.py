"""Somebody waits for a span; freed, it is offered to the first one for a time (COW-19)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.settings import value_of
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Place, Resource, WaitingPlace
from coworking.selectors.availability import freedom_around, range_of, stretch_of
from coworking.selectors.bookers import Booker
from coworking.selectors.booking_words import span_words
from coworking.services.booking_checks import day_of, lock_for, refuse_public
from coworking.services.booking_mails import tell_offer, tell_stopped
from coworking.services.bookings import Ask, BookingData, book
from coworking.states.bookings import WaitingState
from people.models import Person

OFFER_HOURS = "coworking.waiting_offer_hours"
_ALIVE = (WaitingState.WAITING, WaitingState.OFFERED)


@transaction.atomic
def wait_for(
    resource: Resource, wanted: Stretch, *, person: Person, actor: Any, now: datetime
) -> WaitingPlace:
    """Does: puts a person in the queue of a span; asked twice is once. Refuses: a span that is past, closed,
    reserved to others, or free: it is booked at once. Leaves behind: the place in the queue, audit."""
    room = Resource.objects.select_for_update(of=("self",), no_key=True).get(pk=resource.pk)
    refuse_public(room, Booker(person=person), day_of(wanted))
    if wanted.starts <= now:
        raise Refused(Code.DATE_INVALID, _("Ces heures sont déjà passées."))
    free = freedom_around(room, wanted)
    if free.is_closed(wanted):
        raise Refused(
            Code.SLOT_TAKEN,
            _("%(name)s : ces heures ne sont pas ouvertes, %(span)s.")
            % {"name": room, "span": span_words(wanted)},
        )
    if free.units_free(wanted):
        raise Refused(Code.SLOT_TAKEN, _("%(name)s est libre à ces heures : réservez.") % {"name": room})
    row, made = WaitingPlace.objects.filter(state__in=_ALIVE).get_or_create(
        resource=room, person=person, during=range_of(wanted)
    )
    if made:
        audit.record(actor, "coworking.waiting.join", row)
    return row


def offer_freed(resource: Resource, freed: Stretch, *, now: datetime) -> WaitingPlace | None:
    """Does: offers what was freed to the first one who waits for a span within it that is free now. Refuses:
    nothing. Leaves behind: the offer and its end, its person told."""
    rows = WaitingPlace.objects.filter(
        resource=resource,
        state=WaitingState.WAITING,
        during__overlap=range_of(freed),
        during__startswith__gt=now,
    ).select_for_update(of=("self",), skip_locked=True)
    for row in rows.order_by("created_at", "pk"):
        if _is_free_for(row):
            return _offer(row, now)
    return None


def _is_free_for(row: WaitingPlace) -> bool:
    """A unit is free that is not already offered to somebody else at that time."""
    wanted = stretch_of(row.during)
    offered = WaitingPlace.objects.filter(
        resource=row.resource_id, state=WaitingState.OFFERED, during__overlap=row.during
    ).exclude(pk=row.pk)
    return len(freedom_around(row.resource, wanted).units_free(wanted)) > offered.count()


def _offer(row: WaitingPlace, now: datetime) -> WaitingPlace:
    delay = timedelta(hours=value_of(OFFER_HOURS, on=now.date()))
    row.state, row.state_since = WaitingState.OFFERED, now
    # No later than its beginning: nobody comes after.
    row.offered_until = min(now + delay, row.during.lower)
    row.save()
    audit.record(None, "coworking.waiting.offer", row)
    tell_offer(row)
    return row


@transaction.atomic
def take_offer(
    waiting: WaitingPlace, *, booker: Booker, actor: Any, now: datetime, shown: Decimal | None = None
) -> Booking:
    """Does: books what was offered. Refuses: an offer that has lapsed, what `book` refuses. Leaves behind:
    the booking, the place in the queue taken, audit."""
    # First, as whoever closes the place and stops its queues.
    lock_for([waiting.resource], booker)
    row = _held(waiting)
    if row.state != WaitingState.OFFERED or row.offered_until is None or row.offered_until < now:
        raise IllegalMove(_("Cette proposition a expiré : la place a été proposée à quelqu’un d’autre."))
    ask = Ask(row.resource, stretch_of(row.during))
    made = book([ask], booker=booker, data=BookingData(), actor=actor, shown=shown, now=now)[0]
    row.state, row.state_since, row.booking = WaitingState.TAKEN, now, made
    row.save()
    audit.record(actor, "coworking.waiting.take", row)
    return made


@transaction.atomic
def leave_queue(waiting: WaitingPlace, *, actor: Any, now: datetime) -> None:
    """Does: takes a person out of the queue; what was offered to them is offered to the next. Refuses: one
    who no longer waits. Leaves behind: audit."""
    row = _held(waiting)
    if row.state not in _ALIVE:
        raise IllegalMove(_("Vous n’attendez plus cette place."))
    row.state, row.state_since = WaitingState.LEFT, now
    row.save()
    audit.record(actor, "coworking.waiting.leave", row)
    offer_freed(row.resource, stretch_of(row.during), now=now)


def stop_waiting(
    place: Place, closed: Stretch, *, resource: Resource | None, now: datetime, reason: str = ""
) -> int:
    """Does: takes out of the queues those who wait there for a time that closes, whatever part of it.
    Refuses: nothing. Leaves behind: the states, audit, each of them told why; gives how many."""
    rows = (
        WaitingPlace.objects.select_for_update(of=("self",))
        .filter(resource__place=place, state__in=_ALIVE, during__overlap=range_of(closed))
        .select_related("resource__place", "person")
    )
    if resource is not None:
        rows = rows.filter(resource=resource)
    found = list(rows.order_by("pk"))
    for row in found:
        row.state, row.state_since = WaitingState.LAPSED, now
        row.save()
        audit.record(None, "coworking.waiting.lapse", row)
        tell_stopped(row, reason)
    return len(found)


def lapse_offers(*, now: datetime) -> int:
    """Does: ends the offers whose time is over, and those who waited for an hour that is past; offers what is
    left to the next. Refuses: nothing. Leaves behind: the states, audit; gives how many."""
    count = 0
    keys = WaitingPlace.objects.filter(state=WaitingState.OFFERED, offered_until__lt=now)
    past = WaitingPlace.objects.filter(state=WaitingState.WAITING, during__startswith__lte=now)
    for key in [*keys.values_list("pk", flat=True), *past.values_list("pk", flat=True)]:
        with transaction.atomic():
            row = (
                WaitingPlace.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=key).first()
            )
            if row is None or row.state not in _ALIVE:
                continue
            row.state, row.state_since = WaitingState.LAPSED, now
            row.save()
            audit.record(None, "coworking.waiting.lapse", row)
            offer_freed(row.resource, stretch_of(row.during), now=now)
            count += 1
    return count


def _held(waiting: WaitingPlace) -> WaitingPlace:
    rows = WaitingPlace.objects.select_for_update(of=("self",)).select_related("resource__place")
    return rows.get(pk=waiting.pk)
