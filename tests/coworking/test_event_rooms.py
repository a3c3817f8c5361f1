"""What an event takes and owes: rooms booked and moved with it, a charge for a paid place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code
from coworking.models import Booking, Charge, Event, EventSeries
from coworking.services.event_programme import (
    OptionData,
    PartData,
    PriceData,
    save_option,
    save_part,
    save_price,
)
from coworking.services.event_rooms import free_room, take_room
from coworking.services.event_series import SeriesData, create_series
from coworking.services.events import cancel_event, change_event, data_of
from coworking.services.registrations import (
    accept_place,
    cancel_registration,
    change_registration,
    register,
)
from coworking.states.members import ChargeState
from invoicing.models import Customer
from tests.coworking.test_registrations import refused
from tests.factories.coworking import make_resource
from tests.factories.coworking_events import a_place, an_event, guest
from tests.factories.coworking_members import HOME, neighbour, place_that_sells

pytestmark = pytest.mark.django_db
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def moved(event: Event, **changes: Any) -> Event:
    row = Event.objects.select_related("place").get(pk=event.pk)
    return change_event(row, data=replace(data_of(row), **changes), version=row.version, actor=None)


def test_rooms_are_booked_with_the_event_and_move_with_it_or_nothing_moves() -> None:
    place, now = a_place(), timezone.now()
    room, away = make_resource(place, seats=40), make_resource(a_place())
    event, other = an_event(place=place), an_event(place=place, title="Autre")
    later = {"starts_at": event.starts_at + 3 * HOUR, "ends_at": event.ends_at + 3 * HOUR}
    taken = take_room(event, room, now=now, actor=None)
    assert (taken.booking.during.lower, taken.booking.price) == (event.starts_at, None)
    assert "déjà prises" in refused(
        lambda: take_room(other, room, now=now, actor=None), Code.SLOT_TAKEN, "resource"
    )
    refused(lambda: take_room(event, room, now=now, actor=None), Code.ALREADY_DONE, "resource")
    refused(lambda: take_room(event, away, now=now, actor=None), Code.VALUE_INVALID, "resource")
    # A part in a room takes it too, unless the event has it already.
    hall = make_resource(place)
    save_part(event, None, data=PartData("Ici", event.starts_at, event.ends_at, room=room), actor=None)
    part = save_part(event, None, data=PartData("Là", event.starts_at, event.ends_at, room=hall), actor=None)
    assert event.rooms.count() == 2
    moved(event, **later)
    part.refresh_from_db()
    assert part.starts_at == later["starts_at"]
    assert set(Booking.objects.values_list("during__startswith", flat=True)) == {later["starts_at"]}
    take_room(other, room, now=now, actor=None)
    back = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    assert "déjà prises" in refused(lambda: moved(event, **back), Code.SLOT_TAKEN, "starts_at")
    assert Event.objects.get(pk=event.pk).starts_at == later["starts_at"]
    free_room(event.rooms.get(resource=hall), now=now, actor=None)
    shorter = {"ends_at": later["ends_at"] - HOUR}
    assert "Ici" in refused(lambda: moved(event, **shorter), Code.PERIOD_INVALID, "ends_at")
    cancel_event(Event.objects.get(pk=event.pk), reason="Travaux", now=now, actor=None)
    assert sorted(Booking.objects.values_list("state", flat=True)) == ["booked", "cancelled", "cancelled"]


def test_a_paid_place_is_a_charge_of_whoever_comes() -> None:
    place, now = place_that_sells(), timezone.now()
    event = an_event("atelier", place=place, capacity=3, guests_most=1)
    fare = save_price(event, None, data=PriceData("Plein", Decimal("20.00")), actor=None)
    meal = save_option(event, None, data=OptionData("Repas", amount=Decimal("12.50"), capacity=9), actor=None)
    paid = {"price": fare, "options": {meal.pk: 1}}
    assert "facture" in refused(
        lambda: register(event, data=guest(**paid), now=now), Code.VALUE_MISSING, "address_line"
    )
    row = register(event, data=guest(**paid, guests=1, **HOME), now=now)
    charge = Charge.objects.get()
    assert (row.amount, charge.amount, charge.kind) == (Decimal("52.50"), Decimal("52.50"), "event")
    assert charge.working == "Plein × 2 + Repas × 1"
    assert charge.payer.customer is not None
    assert charge.payer.customer.is_private_person
    # Fewer people: another charge, the first given up; the customer is the same one.
    row = change_registration(row, data=guest(**paid, **HOME), version=1, now=now, actor=None)
    assert sorted(Charge.objects.values_list("amount", "state")) == [
        (Decimal("32.50"), ChargeState.DUE),
        (Decimal("52.50"), ChargeState.WAIVED),
    ]
    assert Customer.objects.count() == 1
    person = neighbour()
    member = register(event, data=guest("Ben Deux", **paid), now=now, person=person)
    assert member.charge is not None
    other = register(event, data=guest("Cal Trois", price=fare, **HOME), now=now)
    waiting = register(event, data=guest("Dee Quatre", price=fare, **HOME), now=now)
    assert (waiting.state, waiting.charge) == ("waiting", None)
    cancel_registration(other, now=now, actor=None)
    waiting.refresh_from_db()
    waiting = accept_place(waiting, now=now, actor=None)
    assert waiting.charge is not None
    assert waiting.charge.amount == Decimal("20.00")
    other.refresh_from_db()
    assert other.charge is not None
    assert other.charge.state == ChargeState.WAIVED
    refused(lambda: moved(event, place=None, venue="Ailleurs"), Code.ACCOUNT_MISSING, "place")


def test_the_title_of_an_event_is_one_line_since_mails_bear_it() -> None:
    event = moved(an_event(place=a_place()), title=" Midi\n de l’atelier ")
    assert event.title == "Midi de l’atelier"
    before = data_of(event)
    for title, code in (("\n ", Code.VALUE_MISSING), ("x" * 121, Code.TEXT_TOO_LONG)):
        wrong = replace(before, title=title)
        weekly = SeriesData("weekly", timezone.localdate(event.starts_at) + 3 * WEEK)
        refused(lambda wrong=wrong: moved(event, title=wrong.title), code, "title")
        refused(
            lambda wrong=wrong, weekly=weekly: create_series(data=wrong, rhythm=weekly, actor=None),
            code,
            "title",
        )
    assert not EventSeries.objects.exists()
    assert data_of(Event.objects.get()) == before
