"""Desks that their residents leave to others for some days (COW-19)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from coworking.calculations.hours import whole_days
from coworking.calculations.rhythms import clock_of
from coworking.models import Booking, DeskAbsence, Place
from coworking.selectors.availability import range_of
from coworking.selectors.opening import ZONE
from coworking.states.bookings import BookingState

_HELD = (BookingState.ASKED, BookingState.BOOKED, BookingState.PRESENT)


def last_day_of(absence: DeskAbsence) -> date:
    return absence.ends_on or absence.starts_on


def absences_at(place: Place, first: date, last: date) -> QuerySet[DeskAbsence]:
    """Those of a place that meet these days, in order."""
    rows = DeskAbsence.objects.filter(
        subscription__member__place=place, starts_on__lte=last, ends_on__gte=first
    )
    return rows.select_related("subscription__unit__resource", "subscription__member__person").order_by(
        "starts_on", "pk"
    )


def booked_meanwhile(absence: DeskAbsence, first: date) -> list[date]:
    """The days of an absence, from one on, on which somebody booked the desk and may still come; in order."""
    last = last_day_of(absence)
    window = range_of(whole_days(first, last, ZONE))
    rows = Booking.objects.filter(
        unit=absence.subscription.unit_id, state__in=_HELD, during__overlap=window
    ).values_list("during", flat=True)
    days = set[date]()
    for one in rows.order_by():
        day = max(first, clock_of(one.lower, ZONE)[0])
        until = min(last, clock_of(one.upper - timedelta(microseconds=1), ZONE)[0])
        days |= {date.fromordinal(rank) for rank in range(day.toordinal(), until.toordinal() + 1)}
    return sorted(days)
