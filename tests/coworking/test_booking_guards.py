"""What moving, waiting or leaving does not get round: approval, hours, the end of a membership, the line of
an invoice, the order of locks (COW-09, COW-16, COW-18, COW-19)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from cae.core.periods import Month
from cae.core.permissions import can
from coworking.calculations.rhythms import Rhythm
from coworking.models import Booking, Member, Tariff
from coworking.selectors.bookers import Booker
from coworking.selectors.members import days_used, led_by
from coworking.selectors.series import DateState, SeriesPlan, series_dates
from coworking.services.booking_changes import (
    approve_booking,
    cancel_booking,
    end_booking,
    move_booking,
)
from coworking.services.booking_days import _each
from coworking.services.booking_series import book_series
from coworking.services.bookings import BookingData
from coworking.services.hours import ClosureData, close_over
from coworking.services.passes import sell_pass
from coworking.services.plans import AllowanceData, set_allowance
from coworking.services.subscriptions import SubscriptionData, hold_plan
from coworking.services.waiting import take_offer, wait_for
from coworking.states.bookings import BookingState, WaitingState
from coworking.states.members import ChargeState, MemberOrigin, PlanKind, TimeUnit
from coworking.states.places import ResourceKind
from people.states import RoleKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_resource
from tests.factories.coworking_members import HOME, make_member, make_plan, neighbour
from tests.factories.invoicing import SIRENS
from tests.factories.kernel import BEGINNING
from tests.factories.people import OrganisationFactory, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def move(booking: Any, wanted: Any, **options: Any) -> Any:
    known = {"resource": booking.resource, "actor": None, "now": timezone.now()}
    return move_booking(booking, wanted=wanted, **known | options)


def test_a_member_who_leaves_books_nothing_after_the_last_day() -> None:
    room, day = make_room(), next_monday()
    member = make_member(room.place)
    booking = book_at(room, hours("9:00", "10:00"), of=member)
    # Their departure is noted while a form is open.
    Member.objects.filter(pk=member.pk).update(ends_on=day)
    with refused(Code.DATE_INVALID, "starts", "n’est plus coworker"):
        book_at(room, hours("9:00", "10:00", day + DAY), of=member)
    with refused(Code.DATE_INVALID, "starts"):
        move(booking, hours("9:00", "10:00", day + DAY), by_team=True)
    member.refresh_from_db()
    plan = SeriesPlan(Rhythm.DAILY, day, day + 3 * DAY, time(11), time(12))
    dates = series_dates(room, plan, Booker(member=member), now=timezone.now())
    assert [one.state for one in dates] == [DateState.FREE, *[DateState.RULE] * 3]
    late = SeriesPlan(Rhythm.DAILY, day + DAY, day + 3 * DAY, time(11), time(12))
    with refused(Code.DATE_INVALID, "starts"):
        book_series(room, late, booker=Booker(member=member), data=BookingData(), actor=None)
    assert book_at(room, hours("11:00", "12:00"), of=member).pk


def test_moving_gets_round_neither_approval_nor_hours() -> None:
    room = make_room()
    asking = make_resource(room.place, needs_approval=True, prices={"hour": "10"})
    booking = book_at(room, hours("9:00", "10:00"), of=make_member(room.place))
    with refused(Code.NOT_ALLOWED, "resource", "demande une validation"):
        move(booking, hours("9:00", "10:00"), resource=asking)
    assert move(booking, hours("9:00", "10:00"), resource=asking, by_team=True).resource == asking
    # The team let one in by night: another night is for the team to say.
    night = book_at(room, hours("20:00", "21:00"), of=make_member(room.place), off_hours=True)
    with refused(Code.SLOT_TAKEN, "starts", "ne sont pas ouvertes"):
        move(night, hours("22:00", "23:00"))
    assert move(night, hours("22:00", "23:00"), by_team=True).off_hours
    night.refresh_from_db()
    assert not move(night, hours("11:00", "12:00")).off_hours


def test_a_line_says_the_hours_to_which_its_booking_moved() -> None:
    room, day = make_room(), next_monday()
    booking: Any = book_at(room, hours("9:00", "10:00"), of=make_member(room.place))
    moved = move(booking, hours("9:00", "10:00", day + 35 * DAY))
    assert (moved.price, moved.charge.amount) == (booking.price, booking.price)
    assert moved.charge.day == day + 35 * DAY
    assert f"{day + 35 * DAY:%d/%m/%Y}" in moved.charge.label
    booking.charge.refresh_from_db()
    assert booking.charge.state == ChargeState.WAIVED


def test_who_led_an_organisation_and_left_sees_the_others_no_more() -> None:
    room = make_room()
    lead, mate = make_user(**HOME), make_user(**HOME)
    employer = OrganisationFactory.create(siren=SIRENS[0], **HOME)
    of_employer = {"origin": MemberOrigin.ORGANISATION, "organisation": employer}
    leads = make_member(room.place, lead.person, **of_employer, leads=True)
    member = make_member(room.place, mate.person, **of_employer)
    theirs = book_at(room, hours("10:00", "11:00"), of=member)
    asked = (("coworking.change_booking", theirs), ("coworking.read_own_member", member))
    assert [can(lead, right, row) for right, row in asked] == [True, True]
    assert list(led_by(leads)) == [member]
    Member.objects.filter(pk=leads.pk).update(ends_on=timezone.localdate() - DAY)
    leads.refresh_from_db()
    lead = type(lead).objects.get(pk=lead.pk)
    assert [can(lead, right, row) for right, row in asked] == [False, False]
    assert list(led_by(leads)) == []
    assert can(lead, "coworking.read_own_member", leads)


def test_what_nobody_answered_keeps_nothing_however_late_it_is_called_off() -> None:
    room = make_room()
    asking = make_resource(room.place, needs_approval=True, cut_off=600, prices={"hour": "10"})
    member = make_member(room.place)
    plan = make_plan(room.place, kind=PlanKind.HOURS)
    set_allowance(plan, data=AllowanceData(ResourceKind.ROOM, units=Decimal(4)), actor=None)
    hold_plan(member, data=SubscriptionData(plan, BEGINNING), form_key=uuid4(), actor=None)
    asked, agreed = (
        book_at(asking, hours(*span), of=member) for span in (("9:00", "10:00"), ("14:00", "15:00"))
    )
    approve_booking(agreed, actor=None)
    for one, kept in ((asked, 0), (agreed, 1)):
        cancel_booking(one, actor=None, now=one.during.lower - timedelta(minutes=30))
        assert one.covers.filter(given_back_at=None).count() == kept


def test_a_desk_given_back_is_no_day_used() -> None:
    room, day = make_room(), next_monday()
    desk = make_resource(room.place, ResourceKind.DESK)
    member = make_member(room.place)
    kept, back = (book_at(desk, hours("9:00", "17:00", day + rank * DAY), of=member) for rank in range(2))
    cancel_booking(back, actor=None, now=timezone.now())
    months = {Month.of(day), Month.of(day + DAY)}
    assert sum(days_used(member, month) for month in months) == 1, kept


def test_what_was_moved_meanwhile_stops_no_job() -> None:
    room = make_room()
    booking = book_at(room, hours("9:00", "10:00"), of=make_member(room.place))
    # Listed as over, then moved to later.
    assert _each(Booking.objects.filter(pk=booking.pk), end_booking, timezone.now()) == 0
    booking.refresh_from_db()
    assert booking.state == BookingState.BOOKED


def test_what_was_offered_is_taken_at_the_price_that_the_page_showed(client: Client) -> None:
    room, user, now = make_room(), make_user(RoleKind.ENTREPRENEUR), timezone.now()
    taken = book_at(room, hours("9:00", "10:00"), of=make_member(room.place))
    assert user.person is not None
    row = wait_for(room, hours("9:00", "10:00"), person=user.person, actor=None, now=now)
    cancel_booking(taken, actor=None, now=now)
    client.force_login(user)
    page = reverse("coworking:waiting", args=[row.pk])
    client.post(page, {"do": "take", "shown": "1.00"})
    row.refresh_from_db()
    assert row.state == WaitingState.OFFERED
    assert "Le prix a changé" in client.get(page).content.decode()
    Tariff.objects.filter(resource=room).delete()
    client.post(page, {"do": "take", "shown": "0"})
    row.refresh_from_db()
    assert row.state == WaitingState.TAKEN


def locks(act: Callable[[], Any]) -> list[str]:
    """The tables that it locks, in order, with how."""
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act()
    found = []
    for query in caught:
        words, _sep, how = query["sql"].partition(" FOR ")
        if how:
            found.append(f"{words.partition(' FROM ')[2].split()[0].strip(chr(34))} {how.split(' OF ')[0]}")
    return found


def test_locks_are_taken_in_one_order_whoever_acts() -> None:
    room = make_room()
    desk = make_resource(room.place, ResourceKind.DESK, prices={"day": "20"})
    member = make_member(room.place)
    plan = make_plan(room.place, kind=PlanKind.PASS, unit=TimeUnit.DAY, units=5, valid_days=365)
    sell_pass(member, plan=plan, on=timezone.localdate(), form_key=uuid4(), actor=None)
    booking = book_at(desk, hours("9:00", "17:00"), of=member)
    # As who cancels: the booking, then the pass that it gives back.
    found = locks(lambda: move(booking, hours("9:00", "17:00", next_monday() + DAY)))
    order = ["coworking_booking UPDATE", "coworking_pass UPDATE", "coworking_member NO KEY UPDATE"]
    assert [one for one in found if one in order] == order
    # As who closes the place: the place, then its queues. It keeps nobody from being invoiced meanwhile.
    taken = book_at(room, hours("9:00", "10:00"), of=member)
    who, now = neighbour(), timezone.now()
    waiting = wait_for(room, hours("9:00", "10:00"), person=who, actor=None, now=now)
    cancel_booking(taken, actor=None, now=now)
    waiting.refresh_from_db()
    assert waiting.state == WaitingState.OFFERED
    found = locks(lambda: take_offer(waiting, booker=Booker(person=who), actor=None, now=now))
    assert found.index("coworking_place SHARE") < found.index("coworking_waitingplace UPDATE")
    span = hours("9:00", "10:00", next_monday() + 7 * DAY)
    data = ClosureData(span.starts, span.ends, "Travaux")
    assert locks(lambda: close_over(room.place, data=data, actor=None))[0] == "coworking_place NO KEY UPDATE"
