"""The waiting list: a place freed is offered to the first whom it holds, for a time, then to the next
(COW-30)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.workflow import performs
from coworking.calculations.seats import Door, door_of
from coworking.models import Event, Registration
from coworking.selectors.events import room_of
from coworking.services.registration_mails import OFFERED, TOO_LATE, write_to
from coworking.states.events import REGISTRATION_FLOW, RegistrationState


@performs(REGISTRATION_FLOW, "offer")
def offer_place(row: Registration, *, now: datetime, actor: Any) -> None:
    """Does: keeps a place for somebody who waits, as long as the event says, and tells them. Refuses: nothing
    more than the table of moves; the trigger refuses a place that is not free. Leaves behind: the mail,
    audit."""
    event = row.event
    row.offered_until = min(now + timedelta(hours=event.offer_hours), event.ends_at)
    write_to(row, cause=OFFERED, now=now, actor=actor)


@performs(REGISTRATION_FLOW, "lapse")
def lapse_offer(row: Registration, *, now: datetime, actor: Any) -> None:
    """Does: takes back a place that nobody took, and says so while the event is to come: of one called off
    or over there is no next person. Refuses: nothing more than the table of moves. Leaves behind: the mail,
    audit."""
    row.offered_until = None
    if not _is_gone(row.event, now):
        write_to(row, cause=TOO_LATE, now=now, actor=actor)


@transaction.atomic
def offer_by_hand(registration: Registration, *, now: datetime, actor: Any) -> Registration:
    """Does: the team offers a place to somebody who waits, before others. Refuses: an event over, called off
    or not told of, fewer places than their group, somebody who does not wait. Leaves behind: as
    `offer_place`."""
    event = _locked(registration.event_id)
    room = room_of(event)
    if _is_gone(event, now):
        raise Refused(Code.ILLEGAL_MOVE, _("Cet événement ne se tient plus : aucune place à proposer."))
    if not room.holds(registration.seats):
        raise Refused(Code.SLOT_TAKEN, _("Il n’y a pas assez de places libres pour cette personne."))
    return offer_place(registration, now=now, actor=actor)


@transaction.atomic
def lapse_by_hand(registration: Registration, *, now: datetime, actor: Any) -> Registration:
    """Does: the team takes an offer back, and the place goes to the next. Refuses: somebody to whom nothing
    is offered. Leaves behind: as `lapse_offer` and `offer_freed`."""
    event = _locked(registration.event_id)
    row = lapse_offer(registration, now=now, actor=actor)
    offer_freed(event, now=now, actor=actor)
    return row


def offer_freed(event: Event, *, now: datetime, actor: Any) -> int:
    """Does: offers the free places of an event (held under lock by the caller) to those who wait, the first
    whom they hold first. Refuses: nothing; nothing is offered of an event that is over, cancelled or not
    told of. Leaves behind: as `offer_place`; gives how many."""
    count = 0
    for row in event.registrations.waiting().select_related("event"):
        room = room_of(event)
        if _is_gone(event, now):
            break
        if room.left == 0:
            break
        if room.holds(row.seats):
            offer_place(row, now=now, actor=actor)
            count += 1
    return count


def move_waiting_lists(*, now: datetime) -> int:
    """Does: takes back the offers whose time is past, each event under its lock, and offers their places to
    the next. Refuses: nothing. Leaves behind: as `offer_place` and `lapse_offer`; gives how many lapsed."""
    over = Registration.objects.filter(state=RegistrationState.OFFERED, offered_until__lt=now)
    return sum(
        _move(pk, now) for pk in list(over.order_by("event").values_list("event", flat=True).distinct())
    )


@transaction.atomic
def _move(event_id: int, now: datetime) -> int:
    event = _locked(event_id)
    rows = list(event.registrations.filter(state=RegistrationState.OFFERED, offered_until__lt=now))
    for row in rows:
        lapse_offer(row, now=now, actor=None)
    offer_freed(event, now=now, actor=None)
    return len(rows)


def _locked(event_id: int) -> Event:
    return Event.objects.select_for_update(of=("self",)).get(pk=event_id)


def _is_gone(event: Event, now: datetime) -> bool:
    """Nobody is offered a place of it: over, called off, or not told of."""
    return door_of(room_of(event, taken=0), now) in (Door.CANCELLED, Door.NOT_YET, Door.PAST)
