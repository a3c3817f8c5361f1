"""Bookings: what is free is booked at its price, what is not is refused in one sentence with what is
(COW-16)."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import NBSP
from coworking.calculations.stretches import Stretch
from coworking.models import Allowance, Booking, BookingRule, Charge, Clearance, Closure, Pass, Visitor
from coworking.selectors.availability import freedom, range_of
from coworking.selectors.bookers import Booker
from coworking.selectors.pricing import Purse
from coworking.services.booking_changes import (
    approve_booking,
    arrive_booking,
    cancel_booking,
    end_booking,
    miss_booking,
    move_booking,
    refuse_booking,
)
from coworking.services.booking_checks import PriceChanged, SlotRefused, stretch_on
from coworking.services.booking_days import end_past, release_missed
from coworking.services.bookings import Ask, BookingData, book
from coworking.services.guests import Guest, add_guest, remove_guest
from coworking.states.bookings import BookingState
from coworking.states.members import ChargeState, PlanKind, SubscriptionState, TimeUnit
from coworking.states.places import ResourceKind
from tests.factories.bookings import book_at, hours, make_room, next_monday
from tests.factories.coworking import make_hours, make_resource
from tests.factories.coworking_members import make_member, make_plan, neighbour, place_that_sells
from tests.refusals import refusal_of, refused

pytestmark = pytest.mark.django_db


def subscribe(member: Any, plan: Any, **details: Any) -> Any:
    values = {"starts_on": date(2026, 1, 1), "payer": member.payer, "state": SubscriptionState.ACTIVE}
    return member.subscriptions.create(plan=plan, **values | details)


def test_a_free_hour_is_booked_at_the_price_of_who_books() -> None:
    room = make_room(buffer_before=15, buffer_after=15)
    member = make_member(room.place)
    booking = book_at(room, hours("9:00", "11:00"), of=member, title="  Atelier   du lundi ", people=3)
    assert (booking.title, booking.price, booking.working) == (
        "Atelier du lundi",
        Decimal("20.00"),
        f"20,00{NBSP}€",
    )
    assert booking.taken.lower == booking.during.lower - timedelta(minutes=15)
    charge = booking.charge
    assert charge is not None
    assert (charge.payer, charge.amount, charge.state) == (member.payer, Decimal("20.00"), ChargeState.DUE)
    assert charge.day == next_monday()
    outsider = book_at(room, hours("14:00", "15:00"), of=neighbour())
    assert outsider.price == Decimal("20.00"), "the other price: twenty an hour"


@pytest.mark.parametrize(
    ("start", "end", "near"),
    [
        # The same second, and within what it takes to tidy.
        ("10:00", "12:00", ["12:15", "14:15"]),
        ("11:45", "12:15", ["12:15", "12:45", "13:15"]),
    ],
)
def test_what_is_taken_is_refused_with_the_nearest_free_spans(start: str, end: str, near: list[str]) -> None:
    room = make_room(buffer_after=15)
    member = make_member(room.place)
    book_at(room, hours("10:00", "12:00"), of=member)
    refusal = refusal_of(lambda: book_at(room, hours(start, end), of=member))
    assert isinstance(refusal, SlotRefused)
    assert refusal.code == Code.SLOT_TAKEN
    assert "déjà prises" in str(refusal)
    assert len(refusal.nearest) == 3
    here = [one for one in refusal.nearest if one.starts.date() == next_monday()]
    assert [f"{timezone.localtime(one.starts):%-H:%M}" for one in here] == near
    free = freedom([room], next_monday() - timedelta(days=9), next_monday() + timedelta(days=9))[room.pk]
    assert all(free.units_free(one) and one.length == hours(start, end).length for one in refusal.nearest)


def test_a_closure_midnight_and_an_hour_that_does_not_exist() -> None:
    room = make_room()
    member = make_member(room.place)
    night = refusal_of(lambda: book_at(room, hours("18:00", "0:00"), of=member))
    assert isinstance(night, SlotRefused)
    assert "ne sont pas ouvertes" in str(night)
    assert len(night.nearest) == 3, "the nearest of six hours, over the next days"
    Closure.objects.create(place=room.place, during=range_of(hours("9:00", "12:00")), reason="Travaux")
    closed = refusal_of(lambda: book_at(room, hours("9:00", "10:00"), of=member))
    assert closed.nearest[0] == hours("12:00", "13:00")  # type: ignore[attr-defined]
    with pytest.raises(Refused) as jumped:
        stretch_on(date(2027, 3, 28), time(2, 30), time(4))
    assert str(jumped.value) == ("Le 28/03/2027, 02:30 n’existe pas : l’heure d’été commence cette nuit-là.")
    with pytest.raises(Refused, match="La fin vient avant"):
        stretch_on(date(2027, 3, 28), time(4), time(3))


def test_a_price_that_is_not_the_one_shown_is_refused_with_both_figures() -> None:
    room = make_room()
    member = make_member(room.place)
    refusal = refusal_of(lambda: book_at(room, hours("9:00", "10:00"), of=member, shown=Decimal("1.00")))
    assert isinstance(refusal, PriceChanged)
    assert str(refusal) == f"Le prix a changé : 1,00{NBSP}€ affiché, 10,00{NBSP}€ maintenant."
    assert book_at(room, hours("9:00", "10:00"), of=member, shown=Decimal("10.00")).pk


def test_a_basket_is_booked_whole_or_not_at_all_and_once() -> None:
    room = make_room()
    other = make_resource(room.place, prices={"hour": "5"})
    member = make_member(room.place)
    taken = book_at(other, hours("9:00", "10:00"), of=member)
    both = [Ask(room, hours("9:00", "10:00")), Ask(other, hours("9:00", "10:00"))]
    booker, key = Booker(member=member), uuid4()

    def send() -> list[Booking]:
        return book(both, booker=booker, data=BookingData(), actor=None, form_key=key, shown=Decimal(15))

    assert refusal_of(send).code == Code.SLOT_TAKEN
    cancel_booking(taken, actor=None, now=timezone.now())
    made = send()
    assert [one.resource for one in made] == [room, other]
    assert send() == made, "the same form twice books once"
    assert Booking.objects.filter(basket=made[0].basket).count() == 2
    with refused(Code.STALE_FORM):
        book(both[:1], booker=booker, data=BookingData(), actor=None, form_key=key)
    elsewhere = make_room()
    with refused(Code.VALUE_INVALID, "resources"):
        book([both[0], Ask(elsewhere, both[0].wanted)], booker=booker, data=BookingData(), actor=None)
    with refused(Code.VALUE_MISSING, "resources"):
        book([], booker=booker, data=BookingData(), actor=None)


def test_a_unit_of_a_pool_is_the_one_last_used_else_the_first_free() -> None:
    place = place_that_sells()
    make_hours(place)
    desks = make_resource(place, ResourceKind.DESK, units=3)
    one, two = make_member(place), make_member(place)
    first = book_at(desks, hours("9:00", "13:00"), of=one)
    second = book_at(desks, hours("9:00", "13:00"), of=two)
    assert [first.unit.label, second.unit.label] == ["1", "2"]
    assert book_at(desks, hours("13:00", "17:00"), of=two).unit == second.unit
    resident = make_plan(place, kind=PlanKind.RESIDENT)
    subscribe(one, resident, unit=desks.units.get(label="3"))
    third = make_member(place)
    refusal = refusal_of(lambda: book_at(desks, hours("9:00", "13:00"), of=third))
    assert "déjà prises" in str(refusal), "the desk of a resident is nobody else’s"


def test_what_a_plan_includes_then_passes_then_a_price() -> None:
    room = make_room()
    member = make_member(room.place)
    plan = make_plan(room.place, kind=PlanKind.HOURS)
    Allowance.objects.create(plan=plan, resource_kind=ResourceKind.ROOM, unit=TimeUnit.HOUR, units=Decimal(3))
    subscribe(member, plan)
    booklet = make_plan(
        room.place, kind=PlanKind.PASS, units=10, valid_days=365, unit=TimeUnit.HOUR, name="Dix heures"
    )
    Allowance.objects.create(plan=booklet, resource_kind=ResourceKind.ROOM, unit=TimeUnit.HOUR)
    held = Pass.objects.create(
        member=member,
        plan=booklet,
        payer=member.payer,
        bought_on=date(2026, 1, 1),
        until=next_monday() + timedelta(days=1),
        units=10,
        left=Decimal("0.5"),
    )
    first = book_at(room, hours("9:00", "11:00"), of=member)
    assert (first.price, first.working, first.charge) == (None, "2 h comprises", None)
    second = book_at(room, hours("11:00", "13:00"), of=member)
    assert second.working == f"1 h comprise, puis 0,5 h du carnet, puis 5,00{NBSP}€"
    held.refresh_from_db()
    assert held.left == 0
    cancel_booking(second, actor=None, now=timezone.now())
    held.refresh_from_db()
    second.refresh_from_db()
    assert (held.left, second.charge) == (Decimal("0.5"), None)
    assert Charge.objects.get().state == ChargeState.WAIVED
    again = Purse(member=member).quote(room, hours("13:00", "14:00"))
    assert again.working == "1 h comprise"
    # Lapsed by then, it is said.
    late = hours("14:00", "16:00", next_monday() + timedelta(days=7))
    lapsed = refusal_of(lambda: book_at(room, late, of=member, shown=Decimal("5.00")))
    assert "Votre carnet « Dix heures » expire" in str(lapsed)


def test_the_rules_of_a_resource_by_plan() -> None:
    room = make_room(shortest=30, longest=180)
    member = make_member(room.place)
    plan = make_plan(room.place)
    subscribe(member, plan)
    BookingRule.objects.create(resource=room, plan=None, notice=60 * 24 * 60)
    mine = BookingRule.objects.create(resource=room, plan=plan, weekly=180, until_hour=time(16))
    stranger = neighbour()
    said = str(refusal_of(lambda: book_at(room, hours("9:00", "10:00"), of=stranger)))
    assert said == f"{room} se réserve 60 jours avant au plus tard."
    assert book_at(room, hours("9:00", "11:00"), of=member).pk
    weekly = str(refusal_of(lambda: book_at(room, hours("13:00", "14:15"), of=member)))
    assert "3 h par semaine" in weekly
    for start, end, word in (
        ("15:00", "16:15", "à 16:00"),
        ("9:00", "9:15", "30 min au moins"),
        ("11:00", "14:15", "3 h au plus"),
        ("11:05", "12:05", "par pas de 15 min"),
    ):
        assert word in str(refusal_of(lambda s=start, e=end: book_at(room, hours(s, e), of=member)))
    past = hours("9:00", "10:00", timezone.localdate() - timedelta(days=7))
    assert "déjà passées" in str(refusal_of(lambda: book_at(room, past, of=member)))
    assert book_at(room, hours("15:00", "16:15"), of=member, off_rules=True).pk, "the team may"
    mine.weekly, mine.opens_days, mine.needs_approval = None, 60, True
    mine.save()
    assert book_at(room, hours("13:00", "14:00"), of=member).state == BookingState.ASKED
    far = hours("9:00", "10:00", next_monday() + timedelta(days=70))
    assert "60 jours avant au plus tôt" in str(refusal_of(lambda: book_at(room, far, of=member)))


def test_who_may_not_book() -> None:
    room = make_room(needs_training=True)
    member = make_member(room.place)
    span = hours("9:00", "10:00")
    with refused(Code.NOT_ALLOWED, said="habilitation"):
        book_at(room, span, of=member)
    Clearance.objects.create(resource=room, person=member.person, starts_on=date(2026, 1, 1))
    with refused(Code.VALUE_INVALID, "people", "8 personnes au plus"):
        book_at(room, span, of=member, people=9)
    with refused(Code.VALUE_INVALID, "people"):
        book_at(room, span, of=member, people=0)
    with refused(Code.VALUE_INVALID, "guests"):
        book_at(room, span, of=member, guests=(Guest("Ana"), Guest("Luz")))
    assert book_at(room, span, of=member).pk
    members_only = make_resource(room.place, prices={"hour": "5"})
    stranger = neighbour()
    with refused(Code.NOT_ALLOWED, "starts", "tarif des membres"):
        book_at(members_only, span, of=stranger)
    by_day = make_resource(room.place, prices={"day": "50"})
    assert book_at(by_day, span, of=member).price == Decimal("50.00")
    room.archived_at = timezone.now()
    room.save()
    with refused(Code.VALUE_INVALID):
        book_at(room, hours("14:00", "15:00"), of=member)


def test_guests_are_announced_and_called_off() -> None:
    room = make_room()
    member = make_member(room.place)
    booking = book_at(room, hours("9:00", "10:00"), of=member, people=2, guests=(Guest(" Ana  Ruiz "),))
    ana = booking.guests.get()
    assert (ana.name, ana.host, ana.expected_at) == ("Ana Ruiz", member.person, booking.during.lower)
    add_guest(booking, Guest("Luz", "luz@exemple.fr"), actor=None)
    with refused(Code.VALUE_INVALID, "name"):
        add_guest(booking, Guest("Eva"), actor=None)
    now = timezone.now()
    remove_guest(booking, ana.pk, actor=None, now=now)
    with refused(Code.VALUE_INVALID):
        remove_guest(booking, ana.pk, actor=None, now=now)
    cancel_booking(booking, actor=None, now=now)
    assert not Visitor.objects.filter(cancelled_at__isnull=True).exists()
    with refused(Code.ILLEGAL_MOVE):
        add_guest(booking, Guest("Eva"), actor=None)


def test_asked_then_approved_or_refused() -> None:
    room = make_room(needs_approval=True)
    member = make_member(room.place)
    booking = book_at(room, hours("9:00", "10:00"), of=member)
    assert (booking.state, booking.charge) == (BookingState.ASKED, None)
    approved = approve_booking(booking, actor=None)
    assert approved.charge is not None
    other = book_at(room, hours("10:00", "11:00"), of=member)
    with refused(Code.VALUE_MISSING, "reason"):
        refuse_booking(other, reason=" ", actor=None, now=timezone.now())
    gone = refuse_booking(other, reason="Assemblée", actor=None, now=timezone.now())
    assert (gone.state, gone.reason) == (BookingState.REFUSED, "Assemblée")
    with refused(Code.ILLEGAL_MOVE):
        approve_booking(other, actor=None)
    assert book_at(room, hours("10:00", "11:00"), of=member).pk


def test_late_it_stays_due_unless_the_team_forgives() -> None:
    room = make_room(cut_off=60)
    member = make_member(room.place)
    late = book_at(room, hours("9:00", "10:00"), of=member)
    near = late.during.lower - timedelta(minutes=30)
    with refused(Code.NOT_ALLOWED):
        cancel_booking(late, actor=None, now=late.during.lower)
    with refused(Code.NOT_ALLOWED):
        move_booking(late, resource=room, wanted=hours("14:00", "15:00"), actor=None, now=near)
    assert cancel_booking(late, actor=None, now=near).charge.state == ChargeState.DUE  # type: ignore[union-attr]
    forgiven = book_at(room, hours("9:00", "10:00"), of=member)
    assert cancel_booking(forgiven, actor=None, now=near, forgiven=True).charge is None


def test_moved_it_is_counted_anew() -> None:
    room = make_room()
    other = make_resource(room.place, prices={"hour": "5"})
    member = make_member(room.place)
    booking = book_at(room, hours("9:00", "10:00"), of=member, people=1, guests=(Guest("Ana"),))
    taken = book_at(room, hours("15:00", "16:00"), of=member)
    now = timezone.now()

    def move(wanted: Stretch, **options: Any) -> Booking:
        return move_booking(
            booking, **{"resource": room, "wanted": wanted, "actor": None, "now": now} | options
        )

    assert refusal_of(lambda: move(hours("15:30", "16:30"))).code == Code.SLOT_TAKEN
    with refused(Code.STALE_FORM, "shown"):
        move(hours("9:30", "11:30"), shown=Decimal("10.00"))
    with refused(Code.STALE_FORM):
        move(hours("9:30", "11:30"), version=7)
    moved = move(hours("9:30", "11:30"), shown=Decimal("20.00"), version=1)
    assert (moved.price, moved.charge.amount, moved.version) == (Decimal("20.00"), Decimal("20.00"), 2)  # type: ignore[union-attr]
    assert moved.guests.get().expected_at == hours("9:30", "11:30").starts
    assert sorted(Charge.objects.exclude(pk=taken.charge_id).values_list("state", flat=True)) == [
        "due",
        "waived",
    ]
    again = move(hours("9:00", "11:00"), resource=other)
    assert (again.resource, again.unit.resource, again.price) == (other, other, Decimal("10.00"))
    elsewhere = make_room()
    with refused(Code.VALUE_INVALID, "resource"):
        move(hours("9:00", "10:00"), resource=elsewhere)
    cancel_booking(again, actor=None, now=now)
    with refused(Code.ILLEGAL_MOVE):
        move(hours("9:00", "10:00"))


def test_nobody_came_and_the_room_is_free_again() -> None:
    room = make_room(arrival_window=15)
    member = make_member(room.place)
    missed = book_at(room, hours("9:00", "11:00"), of=member)
    came = book_at(room, hours("11:00", "12:00"), of=member)
    starts = missed.during.lower
    assert release_missed(now=starts + timedelta(minutes=15)) == 0
    assert release_missed(now=starts + timedelta(minutes=16)) == 1
    missed.refresh_from_db()
    assert (missed.state, missed.charge.state) == (BookingState.MISSED, ChargeState.DUE)  # type: ignore[union-attr]
    assert book_at(room, hours("10:00", "11:00"), of=member).pk
    with refused(Code.DATE_INVALID):
        arrive_booking(came, actor=None, now=timezone.now())
    arrive_booking(came, actor=None, now=came.during.lower)
    with refused(Code.ILLEGAL_MOVE):
        miss_booking(came, actor=None, now=came.during.upper)
    early = end_booking(came, actor=None, now=came.during.lower + timedelta(minutes=30))
    assert early.during.upper == early.freed_from
    assert book_at(room, hours("11:30", "12:00"), of=member).pk
    later = book_at(room, hours("14:00", "15:00"), of=member)
    for act in (end_booking, miss_booking):
        with refused(Code.DATE_INVALID):
            act(later, actor=None, now=timezone.now())
    assert end_past(now=hours("15:00", "16:00").starts) == 3


def test_availability_asks_as_many_questions_for_forty_as_for_one(django_assert_num_queries: Any) -> None:
    room = make_room()
    rooms = [room, *(make_resource(room.place) for _one in range(5))]
    with django_assert_num_queries(6):
        freedom(rooms, next_monday(), next_monday() + timedelta(days=30))
