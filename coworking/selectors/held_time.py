"""What is booked in a place, for whoever wants to close it or a part of it (COW-01)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from coworking.calculations.hours import whole_days
from coworking.models import Booking, Event, HalfDay, Place, Resource, Unit
from coworking.selectors.opening import ZONE
from coworking.states.bookings import BookingState
from coworking.states.events import EventState
from coworking.states.training import SessionState

# Those that a closure would put out: what was lived through bothers nobody.
_HELD = (BookingState.ASKED, BookingState.BOOKED, BookingState.PRESENT)


def held_after(
    day: date, *, place: Place, resource: Resource | None = None, unit: Unit | None = None
) -> QuerySet[Booking]:
    """The bookings that are not over at the end of that day."""
    morrow = whole_days(day + timedelta(days=1), day + timedelta(days=1), ZONE).starts
    return _of(place, resource, unit).filter(during__endswith__gt=morrow)


def told_after(day: date, *, place: Place) -> int:
    """How many events and sessions of training, told of and not called off, go on there after that day."""
    morrow = whole_days(day + timedelta(days=1), day + timedelta(days=1), ZONE).starts
    live = (SessionState.OPEN, SessionState.RUNNING)
    events = Event.objects.filter(place=place, state=EventState.PUBLISHED, ends_at__gt=morrow)
    taught = HalfDay.objects.filter(session__place=place, session__state__in=live, ends_at__gt=morrow)
    return events.count() + taught.values("session").distinct().order_by().count()


def held_over(
    starts: datetime, ends: datetime, *, place: Place, resource: Resource | None = None
) -> QuerySet[Booking]:
    """The bookings that meet a stretch of time, of the place or of one resource."""
    return _of(place, resource, None).filter(during__overlap=(starts, ends))


def _of(place: Place, resource: Resource | None, unit: Unit | None) -> QuerySet[Booking]:
    narrowed: dict[str, Any] = {"resource": resource, "unit": unit}
    whose = {name: row for name, row in narrowed.items() if row is not None}
    return Booking.objects.filter(place=place, state__in=_HELD, **whose)
