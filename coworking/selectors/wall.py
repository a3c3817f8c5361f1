"""What the screen of a place shows to anybody who walks in: first names by consent only (COW-22)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext as _

from coworking.calculations.stretches import common
from coworking.models import Booking, Place
from coworking.selectors.availability import stretch_of
from coworking.selectors.booking_words import hours_words, unit_words
from coworking.selectors.days import bookings_of_day, day_at, here_now
from coworking.selectors.events import agenda
from coworking.selectors.opening import today_at
from coworking.states.places import ResourceKind

# Rooms, offices and machines: whose desk is whose is nobody’s business.
_NOT_SHOWN = (ResourceKind.DESK,)


@dataclass(frozen=True)
class Line:
    """One line: hours, what, for whom."""

    hours: str
    what: str
    who: str = ""
    is_now: bool = False


@dataclass(frozen=True)
class Wall:
    """All that the screen shows."""

    is_open: bool
    until: datetime | None
    names: tuple[str, ...]
    # Those who are there and show no name.
    others: int
    bookings: tuple[Line, ...]
    events: tuple[Line, ...]


def wall_of(place: Place, now: datetime) -> Wall:
    """The day as the screen tells it at this instant: never a guest, never a name without consent."""
    here = list(here_now(place, now))
    names = sorted(one.person.first_name for one in here if one.member is not None and one.member.is_shown)
    opening = today_at(place, now)
    rooms = (
        bookings_of_day(place, now).exclude(resource__kind__in=_NOT_SHOWN).filter(during__endswith__gt=now)
    )
    events = agenda(AnonymousUser(), now, place=place.slug).filter(starts_at__lt=day_at(now).ends)
    return Wall(
        is_open=opening.is_open,
        until=opening.until,
        names=tuple(names),
        others=len(here) - len(names),
        bookings=tuple(_line(one, now) for one in rooms),
        events=tuple(
            Line(f"{timezone.localtime(one.starts_at):%H:%M}", one.title, is_now=one.starts_at <= now)
            for one in events
        ),
    )


def _line(booking: Booking, now: datetime) -> Line:
    today = common([stretch_of(booking.during)], [day_at(now)])[0]
    member = booking.member
    who = member.person.first_name if member is not None and member.is_shown else _("Réservé")
    return Line(hours_words(today), unit_words(booking), who, booking.during.lower <= now)
