"""Series keep their hour and say each date; who waits is offered what is freed, for a time (COW-16,
COW-19)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from cae.core.errors import Code
from cae.core.models import Notice, OutgoingEmail
from coworking.calculations.rhythms import Rhythm
from coworking.models import Booking, Closure, Hire, WaitingPlace
from coworking.selectors.availability import range_of
from coworking.selectors.bookers import Booker
from coworking.selectors.series import DateState, SeriesPlan, series_dates
from coworking.services.booking_changes import approve_booking, cancel_booking
from coworking.services.booking_checks import SlotRefused
from coworking.services.booking_days import remind_of_bookings
from coworking.services.booking_rules import RuleData, set_rule
from coworking.services.booking_series import book_series, cancel_series, confirm_series, keep_series
from coworking.services.bookings import BookingData
from coworking.services.hiring import HireData, ask_to_hire, booking_of_link, cancel_hire
from coworking.services.waiting import lapse_offers, leave_queue, take_offer, wait_for
from coworking.states.bookings import BookingState, WaitingState
from invoicing.states.sales import CustomerKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_hours, make_resource
from tests.factories.coworking_members import make_member, neighbour, place_that_sells
from tests.factories.people import make_user
from tests.refusals import refusal_of, refused

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def weekly(first: date, last: date, starts: time = time(9), ends: time = time(10)) -> SeriesPlan:
    return SeriesPlan(Rhythm.WEEKLY, first, last, starts, ends)


def test_each_date_is_said_and_the_free_ones_are_booked_at_the_same_hour_of_the_clock() -> None:
    room = make_room()
    member = make_member(room.place)
    monday = next_monday()
    # Two years: over four changes of the clock.
    plan = weekly(monday, monday + 51 * WEEK)
    book_at(room, hours("9:30", "11:00", monday + WEEK), of=member)
    closed = hours("9:00", "18:00", monday + 2 * WEEK)
    Closure.objects.create(place=room.place, during=range_of(closed), reason="Pont")
    states = [one.state for one in series_dates(room, plan, Booker(member=member), now=timezone.now())]
    assert states[:4] == [DateState.FREE, DateState.CLASH, DateState.CLOSED, DateState.FREE]
    assert set(states[3:]) == {DateState.FREE}
    key = uuid4()

    def send(**options: Any) -> Any:
        return book_series(
            room, plan, **{"booker": Booker(member=member), "data": BookingData(), "actor": None} | options
        )

    with refused(Code.STALE_FORM, "shown"):
        send(shown=Decimal("10.00"))
    series = send(shown=Decimal("500.00"), form_key=key)
    rows = list(series.bookings.order_by("during"))
    assert len(rows) == 50
    assert {timezone.localtime(one.during.lower).time() for one in rows} == {time(9)}
    assert len({one.during.lower.hour for one in rows}) == 2, "in UTC the hour changes with the season"
    assert sum(one.charge.amount for one in rows if one.charge) == Decimal(500)
    assert send(form_key=key) == series, "sent twice is once"
    assert cancel_series(series, actor=None, now=timezone.now()) == 50
    with refused(Code.ALREADY_DONE):
        cancel_series(series, actor=None, now=timezone.now())


def test_dates_beyond_what_one_may_book_a_week_are_said_and_the_others_are_booked() -> None:
    room = make_room()
    member = make_member(room.place)
    set_rule(room, None, data=RuleData(weekly=180), actor=None)
    monday = next_monday()
    # An hour of the second week is held already; a date of the first one is closed, whatever the quota.
    book_at(room, hours("16:00", "17:00", monday + WEEK), of=member)
    closed = hours("9:00", "18:00", monday + timedelta(days=1))
    Closure.objects.create(place=room.place, during=range_of(closed), reason="Pont")
    plan = SeriesPlan(Rhythm.DAILY, monday, monday + timedelta(days=9), time(9), time(10))
    found = series_dates(room, plan, Booker(member=member), now=timezone.now())
    assert "".join({"free": "f", "beyond": "q", "closed": "x"}[one.state] for one in found) == "fxffqxxffq"
    series = book_series(room, plan, booker=Booker(member=member), data=BookingData(), actor=None)
    days = [timezone.localdate(one.during.lower) for one in series.bookings.order_by("during")]
    assert [(day - monday).days for day in days] == [0, 2, 3, 7, 8]
    full = SeriesPlan(Rhythm.DAILY, monday, monday, time(14), time(15))
    said = refusal_of(
        lambda: book_series(room, full, booker=Booker(member=member), data=BookingData(), actor=None)
    )
    assert "par semaine au plus" in str(said)
    free = series_dates(room, full, Booker(member=member), now=timezone.now(), off_rules=True)
    assert [one.state for one in free] == [DateState.FREE], "the team goes past the rules"


def test_five_hundred_dates_are_refused_with_the_last_one_possible() -> None:
    room = make_room()
    member = make_member(room.place)
    monday = next_monday()

    def send(plan: SeriesPlan) -> Any:
        return book_series(room, plan, booker=Booker(member=member), data=BookingData(), actor=None)

    daily = SeriesPlan(Rhythm.DAILY, monday, monday + timedelta(days=499), time(9), time(10))
    last = monday + timedelta(days=103)
    said = refusal_of(lambda: send(daily))
    assert (said.code, said.field) == (Code.SERIES_INVALID, "until")
    assert f"s’arrête le {last:%d/%m/%Y}" in str(said)
    assert "avant sa première date" in str(refusal_of(lambda: send(weekly(monday, monday - WEEK))))
    many = SeriesPlan(Rhythm.DAILY, monday, monday, time(9), time(10), every=60)
    assert refusal_of(lambda: send(many)).field == "every"
    night = refusal_of(lambda: send(weekly(monday, monday + WEEK, time(20), time(21))))
    assert isinstance(night, SlotRefused)
    assert len(night.nearest) == 3


@time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC))
def test_the_hour_that_does_not_exist_is_one_date_less() -> None:
    place = place_that_sells()
    make_hours(place, days=range(7), opens=time(0), closes=time(0))
    room = make_resource(place)
    member = make_member(place)
    spring = date(2027, 3, 28)
    plan = weekly(spring - WEEK, spring + WEEK, time(2, 30), time(4))
    found = series_dates(room, plan, Booker(member=member), now=timezone.now())
    assert [one.state for one in found] == [DateState.FREE, DateState.NO_HOUR, DateState.FREE]
    only = weekly(spring, spring, time(2, 30), time(4))
    said = refusal_of(
        lambda: book_series(room, only, booker=Booker(member=member), data=BookingData(), actor=None)
    )
    assert str(said) == "Le 28/03/2027, 02:30 n’existe pas : l’heure d’été commence cette nuit-là."


def test_a_long_series_is_confirmed_each_quarter_or_freed() -> None:
    room = make_room()
    member = make_member(room.place)
    make_user(person=member.person)
    monday = next_monday()
    plan = weekly(monday, monday + 30 * WEEK)
    series = book_series(room, plan, booker=Booker(member=member), data=BookingData(), actor=None)
    until = series.confirmed_until
    assert until is not None
    before = timezone.now() + (until - timezone.localdate()) - timedelta(days=14)
    assert keep_series(now=before) == (1, 0)
    assert keep_series(now=before) == (0, 0), "asked once"
    assert Notice.objects.filter(kind="coworking.series_confirm").count() == 1
    confirmed = confirm_series(series, actor=None)
    assert confirmed.confirmed_until is not None
    assert confirmed.confirmed_until > until
    over = timezone.now() + (confirmed.confirmed_until - timezone.localdate()) + timedelta(days=1)
    _asked, freed = keep_series(now=over)
    left = series.bookings.filter(state=BookingState.BOOKED)
    assert freed > 0
    assert all(one.during.lower <= over for one in left)
    short = book_series(
        room,
        weekly(monday, monday + WEEK, time(14), time(15)),
        booker=Booker(member=member),
        data=BookingData(),
        actor=None,
    )
    with refused(Code.ALREADY_DONE):
        confirm_series(short, actor=None)


def test_what_is_freed_is_offered_to_the_first_who_waits_for_a_time() -> None:
    room = make_room()
    member, first, second = (make_member(room.place) for _one in range(3))
    make_user(person=first.person)
    span, now = hours("9:00", "10:00"), timezone.now()
    with refused(Code.SLOT_TAKEN):
        wait_for(room, span, person=first.person, actor=None, now=now)
    with refused(Code.SLOT_TAKEN):
        wait_for(room, hours("19:00", "20:00"), person=first.person, actor=None, now=now)
    with refused(Code.DATE_INVALID):
        wait_for(
            room, hours("9:00", "10:00", next_monday() - 4 * WEEK), person=first.person, actor=None, now=now
        )
    taken = book_at(room, span, of=member)
    one = wait_for(room, span, person=first.person, actor=None, now=now)
    assert wait_for(room, span, person=first.person, actor=None, now=now) == one
    two = wait_for(room, span, person=second.person, actor=None, now=now)
    cancel_booking(taken, actor=None, now=now)
    one.refresh_from_db()
    assert (one.state, one.offered_until) == (WaitingState.OFFERED, now + timedelta(hours=4))
    assert Notice.objects.filter(kind="coworking.waiting_offered").count() == 1
    # For the others it is not free while it is offered.
    said = refusal_of(lambda: book_at(room, span, of=second))
    assert said.code == Code.SLOT_TAKEN
    assert lapse_offers(now=now + timedelta(hours=5)) == 1
    two.refresh_from_db()
    assert two.state == WaitingState.OFFERED
    with refused(Code.ILLEGAL_MOVE):
        take_offer(one, booker=Booker(member=first), actor=None, now=now)
    made = take_offer(two, booker=Booker(member=second), actor=None, now=now + timedelta(hours=6))
    assert made.member == second
    two.refresh_from_db()
    assert two.booking == made
    third = wait_for(room, span, person=first.person, actor=None, now=now)
    leave_queue(third, actor=None, now=now)
    with refused(Code.ILLEGAL_MOVE):
        leave_queue(third, actor=None, now=now)
    assert WaitingPlace.objects.count() == 3


def test_tomorrow_is_reminded_once() -> None:
    room = make_room()
    member = make_member(room.place)
    make_user(person=member.person)
    booking = book_at(room, hours("9:00", "10:00"), of=member)
    eve = booking.during.lower - timedelta(hours=20)
    assert remind_of_bookings(now=eve - timedelta(days=1)) == 0
    assert remind_of_bookings(now=eve) == 1
    assert remind_of_bookings(now=eve) == 0


def test_somebody_without_account_hires_a_room() -> None:
    room = make_room(is_public=True)
    data = HireData(
        name="Léa Marchand",
        email="lea@exemple.fr",
        kind=CustomerKind.FIRM,
        firm="Les Amis du livre",
        siren="732 829 320",
        address_line="1 rue du Port",
        postcode="33190",
        city="La Réole",
    )
    span, now, key = hours("9:00", "11:00"), timezone.now(), uuid4()

    def ask(**changed: Any) -> Booking:
        said = HireData(**(vars(data) | changed))
        return ask_to_hire(room, span, data=said, shown=Decimal("40.00"), form_key=key, now=now)

    for changed, field in (
        ({"name": " "}, "name"),
        ({"email": ""}, "email"),
        ({"firm": ""}, "firm"),
        ({"siren": ""}, "siren"),
        ({"address_line": ""}, "address_line"),
    ):
        assert refusal_of(lambda these=changed: ask(**these)).field == field
    private = make_resource(room.place)
    with refused(Code.NOT_ALLOWED):
        ask_to_hire(private, span, data=data, shown=None, form_key=None, now=now)
    booking = ask()
    assert (booking.state, booking.price, ask()) == (BookingState.ASKED, Decimal("40.00"), booking)
    assert Hire.objects.get().booking == booking
    mail = OutgoingEmail.objects.get(to="lea@exemple.fr")
    token = mail.secret.rstrip("/").rpartition("/")[2]
    assert booking_of_link(token) == booking
    approved = approve_booking(booking, actor=None)
    charge = approved.charge
    assert charge is not None
    assert charge.payer.customer is not None
    assert (charge.payer.customer.name, charge.amount) == ("Les Amis du livre", Decimal("40.00"))
    fresh = OutgoingEmail.objects.latest("pk").secret.rstrip("/").rpartition("/")[2]
    assert cancel_hire(fresh, now=now).state == BookingState.CANCELLED
    with refused(Code.LINK_WITHDRAWN):
        cancel_hire(token, now=now)
    room.place.charter = "Rangez la vaisselle."
    room.place.save()
    with refused(Code.VALUE_MISSING, "rules_accepted"):
        ask_to_hire(room, span, data=data, shown=None, form_key=None, now=now)
    assert neighbour().pk
