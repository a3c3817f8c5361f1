"""A hundred people at once on the last unit: one has it, the others get one sentence and what is free
(COW-17)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from coworking.models import Allowance, Booking, Closure, Cover, Pass
from coworking.selectors.availability import range_of
from coworking.selectors.bookers import Booker
from coworking.services.booking_changes import cancel_booking, move_booking
from coworking.services.booking_checks import SlotRefused
from coworking.services.bookings import Ask, BookingData, book
from coworking.services.hours import ClosureData, close_over
from coworking.states.bookings import BookingState
from coworking.states.members import PlanKind, TimeUnit
from coworking.states.places import ResourceKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_hours, make_resource
from tests.factories.coworking_members import make_member, make_plan, place_that_sells
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

REQUESTS, HANDS = 100, 20


def test_a_hundred_requests_for_the_last_unit(race: Race) -> None:
    place = place_that_sells()
    make_hours(place)
    desks = make_resource(place, ResourceKind.DESK, units=2)
    span = hours("9:00", "13:00")
    members = [make_member(place, payer=None) for _hand in range(HANDS)]
    book_at(desks, span, of=make_member(place))

    def one(rank: int) -> Any:
        # Not the same span each time: all of them meet.
        wanted = hours("9:00", "13:00") if rank % 2 else hours("10:00", "14:00")
        return book_at(desks, wanted, of=members[rank % HANDS])

    results: list[Any] = []
    for begin in range(0, REQUESTS, HANDS):
        acts: list[Callable[[], Any]] = [partial(one, begin + rank) for rank in range(HANDS)]
        results += race(acts)
    won = [found for found in results if isinstance(found, Booking)]
    lost = [found for found in results if isinstance(found, Refused)]
    assert (len(won), len(lost)) == (1, REQUESTS - 1)
    assert all(isinstance(found, SlotRefused) for found in lost)
    assert {found.code for found in lost} == {Code.SLOT_TAKEN}
    assert all(len(found.nearest) == 3 for found in lost if isinstance(found, SlotRefused))
    assert Booking.objects.count() == 2


def test_a_booking_and_a_closure_at_once_leave_one_of_them(race: Race) -> None:
    room = make_room()
    member = make_member(room.place)
    span = hours("9:00", "10:00")
    data = ClosureData(span.starts, span.ends, "Travaux")
    results = race(
        [partial(book_at, room, span, of=member), partial(close_over, room.place, data=data, actor=None)]
    )
    assert sum(isinstance(one, Refused) for one in results) == 1
    assert Booking.objects.count() + Closure.objects.count() == 1


def test_one_hour_of_a_pass_is_taken_once_whatever_is_booked(race: Race) -> None:
    room = make_room()
    other = make_resource(room.place, prices={"hour": "10"})
    member = make_member(room.place)
    plan = make_plan(room.place, kind=PlanKind.PASS, units=10, valid_days=365, unit=TimeUnit.HOUR)
    Allowance.objects.create(plan=plan, resource_kind=ResourceKind.ROOM, unit=TimeUnit.HOUR)
    held = Pass.objects.create(
        member=member,
        plan=plan,
        payer=member.payer,
        bought_on=timezone.localdate(),
        until=next_monday() + timedelta(days=30),
        units=10,
        left=1,
    )
    span = hours("9:00", "10:00")
    made = race([partial(book_at, one, span, of=member) for one in (room, other)])
    assert sorted(one.price or Decimal(0) for one in made) == [Decimal(0), Decimal("10.00")]
    held.refresh_from_db()
    assert (held.left, Cover.objects.count()) == (0, 1)


def test_a_form_sent_twice_two_who_swap_and_one_who_leaves(race: Race) -> None:
    room = make_room()
    one, two = make_member(room.place), make_member(room.place)
    key = Booking._meta.get_field("form_key").get_default()
    ask = [Ask(room, hours("9:00", "10:00"))]
    booker = Booker(member=one)
    send = partial(book, ask, booker=booker, data=BookingData(), actor=None, form_key=key)
    made = race([send] * 3)
    assert len({found[0].pk for found in made}) == 1
    first, second = made[0][0], book_at(room, hours("10:00", "11:00"), of=two)
    now = timezone.now()
    move = partial(move_booking, resource=room, actor=None, now=now)
    # Each wants where the other is: neither waits for the other for ever.
    swapped = race(
        [
            partial(move, first, wanted=hours("10:00", "11:00")),
            partial(move, second, wanted=hours("9:00", "10:00")),
            partial(cancel_booking, first, actor=None, now=now),
        ]
    )
    assert all(isinstance(found, Booking | Refused) for found in swapped)
    held = Booking.objects.filter(state=BookingState.BOOKED)
    spans = [found.during for found in held]
    assert len(spans) == len(set(map(str, spans)))
    assert range_of(hours("9:00", "10:00"))
