"""What the database itself refuses of a booking, whatever the services believe (COW-17)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from coworking.models import Booking, Closure, OpeningHours, Place, Resource, Unit, Week
from coworking.states.bookings import BookingState
from coworking.states.places import PlaceState, ResourceKind, ZoneKind
from people.services.scopes import open_scope
from people.states import ScopeKind

pytestmark = pytest.mark.django_db
# A Monday; the place is open on it from 9 to 12 and from 14 to midnight, on Tuesdays from midnight to 10.
MONDAY = date(2026, 6, 1)


def span(start: str, end: str, day: date = MONDAY) -> DateTimeTZRange:
    """Hours of the clock in France, in summer; « 24:30 » is half an hour into the next day."""

    def at(hour: str) -> datetime:
        hours, minutes = hour.split(":")
        return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(
            hours=int(hours) - 2, minutes=int(minutes)
        )

    return DateTimeTZRange(at(start), at(end))


@pytest.fixture
def unit() -> Unit:
    place = Place.objects.create(
        name="Le Hangar",
        slug="le-hangar",
        zone=ZoneKind.RURAL,
        scope=open_scope(ScopeKind.PLACE, label="Le Hangar", actor=None),
        state=PlaceState.OPEN,
        opened_on=date(2026, 1, 1),
        door_key="door",
        kiosk_key="kiosk",
        wall_key="wall",
    )
    week = Week.objects.create(place=place, starts_on=date(2026, 1, 1))
    for weekday, opens, closes in ((0, 9, 12), (0, 14, 0), (1, 0, 10)):
        OpeningHours.objects.create(week=week, weekday=weekday, opens=time(opens), closes=time(closes))
    resource = Resource.objects.create(
        place=place,
        kind=ResourceKind.ROOM,
        name="Grande salle",
        step=15,
        shortest=15,
        longest=24 * 60,
        fault_key="fault",
    )
    return Unit.objects.create(resource=resource, label="1")


def book(unit: Unit, during: DateTimeTZRange, **more: Any) -> Booking:
    resource = unit.resource
    return Booking.objects.create(
        **{"place": resource.place, "resource": resource, "unit": unit, "during": during, "taken": during}
        | more
    )


def refused(unit: Unit, during: DateTimeTZRange, name: str, **more: Any) -> None:
    before = Booking.objects.count()
    with pytest.raises(IntegrityError) as found, transaction.atomic():
        book(unit, during, **more)
    assert found.value.__cause__.diag.constraint_name == name  # type: ignore[union-attr]
    assert Booking.objects.count() == before


def test_the_zone_of_the_triggers_is_that_of_the_house() -> None:
    assert settings.TIME_ZONE == "Europe/Paris"


@pytest.mark.parametrize(
    ("start", "end"), [("9:00", "12:00"), ("14:00", "24:00"), ("22:00", "34:00"), ("24:00", "24:15")]
)
def test_within_hours_even_over_midnight(unit: Unit, start: str, end: str) -> None:
    assert book(unit, span(start, end)).pk


@pytest.mark.parametrize(
    ("start", "end"), [("8:59", "10:00"), ("11:00", "12:01"), ("11:00", "15:00"), ("33:00", "34:01")]
)
def test_out_of_hours_is_refused_but_to_the_team_and_where_one_has_the_key(
    unit: Unit, start: str, end: str
) -> None:
    refused(unit, span(start, end), "booking_within_hours")
    assert book(unit, span(start, end), off_hours=True, state=BookingState.CANCELLED).pk
    assert book(unit, span(start, end), off_hours=True).pk
    Resource.objects.update(any_hour=True)
    assert book(unit, span("36:00", "37:00")).pk


def test_hours_are_those_of_the_last_week_that_began(unit: Unit) -> None:
    later = Week.objects.create(place=unit.resource.place, starts_on=MONDAY)
    OpeningHours.objects.create(week=later, weekday=0, opens=time(18), closes=time(20))
    refused(unit, span("9:00", "10:00"), "booking_within_hours")
    assert book(unit, span("18:00", "20:00")).pk
    assert book(unit, span("9:00", "10:00", date(2026, 5, 25))).pk


def test_two_bookings_never_share_a_unit_nor_its_preparation(unit: Unit) -> None:
    first = book(unit, span("9:00", "10:00"), taken=span("8:45", "10:15"))
    refused(unit, span("10:00", "11:00"), "booking_unit_once")
    refused(unit, span("9:30", "9:45"), "booking_unit_once")
    assert book(unit, span("10:15", "11:00")).pk
    other = Unit.objects.create(resource=unit.resource, label="2")
    assert book(other, span("9:00", "10:00")).pk
    Booking.objects.filter(pk=first.pk).update(state=BookingState.CANCELLED)
    assert book(unit, span("9:00", "10:00")).pk


def test_a_closure_and_a_booking_refuse_each_other(unit: Unit) -> None:
    place, resource = unit.resource.place, unit.resource
    held = book(unit, span("9:00", "10:00"))
    for of in (None, resource):
        with pytest.raises(IntegrityError) as found, transaction.atomic():
            Closure.objects.create(place=place, resource=of, during=span("9:59", "11:00"), reason="Panne")
        assert found.value.__cause__.diag.constraint_name == "closure_over_bookings"  # type: ignore[union-attr]
    Closure.objects.create(place=place, resource=resource, during=span("10:00", "11:00"), reason="Panne")
    refused(unit, span("10:30", "11:30"), "booking_outside_closures", off_hours=True)
    assert book(unit, span("11:00", "12:00")).pk
    # What is held goes on whatever the hours become.
    OpeningHours.objects.all().delete()
    Booking.objects.filter(pk=held.pk).update(state=BookingState.PRESENT)
    held.refresh_from_db()
    held.during = held.taken = span("9:00", "9:30")
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save()


def test_a_unit_is_of_its_resource(unit: Unit) -> None:
    room = unit.resource
    other = Resource.objects.create(
        place=room.place,
        kind=ResourceKind.ROOM,
        name="Petite salle",
        step=15,
        shortest=15,
        longest=60,
        fault_key="other",
    )
    refused(unit, span("9:00", "10:00"), "booking_unit_of_its_resource", resource=other)


def test_summer_time_begins_while_it_is_open(unit: Unit) -> None:
    """The morning of 29 March 2026 has no hour from 2 to 3: an hour open until 10 is still open until 10."""
    week = Week.objects.create(place=unit.resource.place, starts_on=date(2026, 3, 1))
    OpeningHours.objects.create(week=week, weekday=6, opens=time(1), closes=time(10))
    night = DateTimeTZRange(datetime(2026, 3, 29, 0, tzinfo=UTC), datetime(2026, 3, 29, 8, tzinfo=UTC))
    assert book(unit, night).pk
    later = DateTimeTZRange(datetime(2026, 3, 29, 8, tzinfo=UTC), datetime(2026, 3, 29, 8, 15, tzinfo=UTC))
    refused(unit, later, "booking_within_hours")
