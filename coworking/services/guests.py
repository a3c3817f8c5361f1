"""Those who come with a booking: named, greeted, erased after their delay (COW-16, COW-23)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, IllegalMove, Refused
from coworking.models import Booking, Visitor
from coworking.states.bookings import COMING
from people.services.changes import one_line, refuse_long


@dataclass(frozen=True)
class Guest:
    name: str
    email: str = ""


def name_guests(booking: Booking, guests: Iterable[Guest], *, actor: Any) -> None:
    """Does: announces those who come with a booking. Refuses: no name, more of them than people booked for.
    Leaves behind: the visitors."""
    named = list(guests)
    if len(named) > max(booking.people, 1):
        raise Refused(
            Code.VALUE_INVALID,
            _("Vous annoncez %(count)d invité·es pour %(people)d personnes : augmentez le nombre.")
            % {"count": len(named), "people": booking.people},
            field="guests",
        )
    for one in named:
        refuse_long(one.email, "guests", 254)
        Visitor.objects.create(
            place_id=booking.place_id,
            booking=booking,
            host=booking.member.person if booking.member else booking.person,
            name=one_line(one.name, "guests", _("Donnez le nom de chaque invité·e."), most=160),
            email=one.email,
            expected_at=booking.during.lower,
            created_by=actor,
        )


@transaction.atomic
def add_guest(booking: Booking, guest: Guest, *, actor: Any) -> Visitor:
    """Does: announces one more guest. Refuses: a booking that is over or called off, what `name_guests`
    refuses. Leaves behind: the visitor, audit."""
    row = _coming(booking)
    if row.guests.filter(cancelled_at__isnull=True).count() >= row.people:
        raise Refused(
            Code.VALUE_INVALID,
            _("La réservation est pour %(people)d personnes : toutes sont déjà annoncées.")
            % {"people": row.people},
            field="name",
        )
    name_guests(row, [guest], actor=actor)
    audit.record(actor, "coworking.booking.guest", row)
    return row.guests.latest("pk")


@transaction.atomic
def remove_guest(booking: Booking, visitor: int, *, actor: Any, now: datetime) -> None:
    """Does: a guest comes no more. Refuses: a booking that is over or called off, somebody who is not
    announced there. Leaves behind: the instant, audit."""
    row = _coming(booking)
    guest = row.guests.filter(pk=visitor, cancelled_at__isnull=True, arrived_at__isnull=True).first()
    if guest is None:
        raise Refused(Code.VALUE_INVALID, _("Cette personne n’est pas annoncée ici."))
    guest.cancelled_at = now
    guest.save(update_fields=["cancelled_at"])
    audit.record(actor, "coworking.booking.guest_off", row)


def move_guests(booking: Booking) -> None:
    """Does: those who come with a booking are awaited at its new hour. Leaves behind: the visitors."""
    booking.guests.filter(arrived_at__isnull=True).update(
        expected_at=booking.during.lower, place=booking.place_id
    )


def call_off_guests(booking: Booking, *, now: datetime) -> None:
    """Does: those who came with a booking are awaited no more. Leaves behind: the instant."""
    booking.guests.filter(cancelled_at__isnull=True, arrived_at__isnull=True).update(cancelled_at=now)


def _coming(booking: Booking) -> Booking:
    row = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    if row.state not in COMING:
        raise IllegalMove(_("Cette réservation est passée ou annulée : ses invité·es ne changent plus."))
    return row
