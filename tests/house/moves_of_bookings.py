"""The moves of bookings, those who wait, planning."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from coworking.calculations.stretches import Stretch
from coworking.models import Booking
from coworking.selectors.availability import range_of
from coworking.services.booking_changes import approve_booking
from people.models import User
from tests.factories.bookings import book_at
from tests.factories.coworking import make_facilitator, make_hours, make_resource
from tests.factories.coworking_members import make_member, neighbour, place_that_sells
from tests.factories.people import make_user
from tests.house.moving import Case, Page, Subject

_QUARTER = timedelta(minutes=15)


def _asked() -> Case:
    """It begins in an hour, in a place that never closes, and waits for its team."""
    place = place_that_sells()
    make_hours(place, days=range(7), opens=time(0), closes=time(0))
    room = make_resource(place, needs_approval=True, seats=4)
    user: User = make_user(person=neighbour())
    member = make_member(place, user.person)
    now = timezone.now()
    starts = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    row = book_at(room, Stretch(starts, starts + timedelta(hours=1)), of=member)
    return Case(row, [user, make_facilitator(place)])


def _booked(case: Case) -> Any:
    return approve_booking(case.row, actor=case.users[1])


def _begun(case: Case) -> Any:
    """The clock went on."""
    row = approve_booking(case.row, actor=case.users[1])
    begun = timezone.now() - _QUARTER
    row.during = row.taken = range_of(Stretch(begun, begun + timedelta(hours=1)))
    row.save()
    return Booking.objects.get(pk=row.pk)


def _act(do: str, before: Any = None) -> Page:
    return Page("coworking:booking_act", (), {"do": do}, before)


BOOKINGS: dict[str, Subject] = {
    "coworking.Booking": Subject(
        _asked,
        {
            "approve": _act("approve"),
            "refuse": Page("coworking:booking_refuse", (), {"reason": "Assemblée ce jour-là"}),
            "cancel": Page("coworking:booking_cancel", (), {"reason": ""}),
            "arrive": _act("arrive", _booked),
            "end": _act("end", _begun),
            "miss": _act("miss", _begun),
        },
    ),
}
