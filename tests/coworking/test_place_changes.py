"""What a place that changes does to who booked, waits, or lost its key (COW-01, COW-07)."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from coworking.calculations.hours import Opening
from coworking.models import Charge, WaitingPlace
from coworking.services.booking_changes import cancel_booking
from coworking.services.hours import ClosureData, close_over, set_week
from coworking.services.keys import ItemData, LoanData, add_item, lend, lose
from coworking.services.waiting import wait_for
from coworking.states.bookings import BookingState, WaitingState
from coworking.states.members import ChargeKind
from coworking.states.places import AccessKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_place, make_resource
from tests.factories.coworking_members import make_member, neighbour
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def test_time_that_closes_is_offered_to_nobody() -> None:
    room = make_room()
    booked = book_at(room, hours("9:00", "10:00"), of=make_member(room.place))
    now = timezone.now()
    other = make_resource(room.place, seats=2)
    book_at(other, hours("9:00", "10:00"), of=make_member(room.place))
    waiting = [
        wait_for(one, hours("9:00", "10:00"), person=neighbour(), actor=None, now=now)
        for one in (room, other)
    ]
    span = hours("8:00", "12:00")

    def give_back(booking: Any, reason: str, actor: Any) -> None:
        cancel_booking(booking, actor=actor, now=now, reason=reason, forgiven=True)

    data = ClosureData(span.starts, span.ends, "Travaux", room)
    close_over(room.place, data=data, actor=None, cancel=give_back)
    booked.refresh_from_db()
    states = [WaitingPlace.objects.get(pk=one.pk).state for one in waiting]
    assert (booked.state, states) == (BookingState.CANCELLED, [WaitingState.LAPSED, WaitingState.WAITING])


def test_new_hours_say_how_many_bookings_they_leave_out() -> None:
    room = make_room()
    place, day = room.place, next_monday()
    out = book_at(room, hours("9:00", "10:00"), of=make_member(place))
    within = book_at(room, hours("14:00", "15:00"), of=make_member(place))
    before = book_at(room, hours("9:00", "10:00", day - timedelta(days=3)), of=make_member(place))
    afternoons = [Opening(rank, time(14), time(18)) for rank in range(7)]
    with refused(Code.NOT_ALLOWED, "keeps_booked", "(1)"):
        set_week(place, starts_on=day, openings=afternoons, actor=None, keeps_booked=False)
    set_week(place, starts_on=day, openings=afternoons, actor=None, keeps_booked=True)
    for booking, is_off in ((out, True), (within, False), (before, False)):
        booking.refresh_from_db()
        assert (booking.state, booking.off_hours) == (BookingState.BOOKED, is_off)
    # What comes after the week that follows is of that week.
    mornings = [Opening(rank, time(9), time(12)) for rank in range(7)]
    earlier = timezone.localdate()
    set_week(place, starts_on=earlier, openings=mornings, actor=None, keeps_booked=False)
    within.refresh_from_db()
    assert within.off_hours is False


def test_a_key_lost_is_due_by_whoever_pays_there() -> None:
    room = make_room()
    member, today = make_member(room.place), timezone.localdate()
    for person, label in ((member.person, "Clé 1"), (neighbour(), "Clé 2")):
        item = add_item(room.place, data=ItemData(AccessKind.KEY, label), actor=None)
        loan = lend(item, data=LoanData(person, today), actor=None)
        with refused(Code.AMOUNT_INVALID, "price"):
            lose(loan, on=today, actor=None, price=Decimal(0))
        lose(loan, on=today, actor=None, price=Decimal("25.00"))
    charges = Charge.objects.filter(kind=ChargeKind.LOSS).order_by("pk")
    assert [(one.label, one.amount) for one in charges] == [
        ("Clé 1, non rendu", Decimal("25.00")),
        ("Clé 2, non rendu", Decimal("25.00")),
    ]
    assert charges[0].payer == member.payer
    # A place that sells nothing invoices nobody.
    quiet = make_place()
    item = add_item(quiet, data=ItemData(AccessKind.KEY, "Clé 3"), actor=None)
    loan = lend(item, data=LoanData(member.person, today), actor=None)
    with refused(Code.NOT_ALLOWED):
        lose(loan, on=today, actor=None, price=Decimal(25))
