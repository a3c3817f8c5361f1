"""What is free of forty resources over a month, among a thousand bookings then a hundred thousand; the
planning of a place against its template (COW-16, COW-21)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import islice

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.urls import reverse
from django.utils import timezone

from cae.core.periods import Month
from cae.demonstration.bench.pages import LIMIT, Say, Shown, measure_all
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.timing import medians
from coworking.calculations.hours import Opening
from coworking.calculations.stretches import moment
from coworking.models import Booking, Place, Resource, Unit
from coworking.selectors.availability import freedom
from coworking.selectors.opening import ZONE
from coworking.services.hours import set_week
from coworking.services.places import PlaceData, enter_place, open_place
from coworking.services.resources import ResourceData, add_resource
from coworking.states.bookings import BookingState
from coworking.states.places import ResourceKind, ZoneKind

RESOURCES = 40
FEW, MANY = 1_000, 100_000
SLOTS_OF_A_DAY = 5
READER = "life@demo.coop"


def measure_bookings(*, seconds: float, say: Say) -> list[Comparison]:
    """The planning of a place first: the bookings of the bench come after."""
    place = Place.objects.open().order_by("-bookings__pk", "pk")[0]
    planning = Shown("planning of a place", READER, reverse("coworking:planning", args=[place.pk]))
    found = measure_all([planning], seconds, say)
    say("Measuring what is free…")
    return [*found, measure_availability(seconds=seconds)]


def measure_availability(*, seconds: float, few: int = FEW, many: int = MANY) -> Comparison:
    """The same forty resources and the same month, whatever is booked elsewhere and at other times."""
    first = Month.of(timezone.localdate() + timedelta(days=400)).first
    rooms, others = _rooms("Banc d’essai", first), _rooms("Banc voisin", first)
    days = [first + timedelta(days=rank) for rank in range(28)]

    def ask() -> object:
        return freedom(rooms, days[0], days[-1])

    _book(rooms, days, few // 2)
    _book(rooms, _elsewhere(first), few - few // 2)
    bare = medians({"few": ask}, seconds=seconds / 2)["few"]
    # The neighbour is full in that very month.
    half = (many - few) // 2
    _book(others, [*days, *_elsewhere(first)], half)
    _book(rooms, _elsewhere(first), many - few - half, since=few)
    ours = medians({"many": ask}, seconds=seconds / 2)["many"]
    name = f"free of {RESOURCES} resources over a month, {many} bookings against {few}"
    return Comparison(name, ours=ours, bare=bare, limit=LIMIT)


def _rooms(name: str, first: date) -> list[Resource]:
    data = PlaceData(name=name, zone=ZoneKind.URBAN, postcode="33000", city="Bordeaux")
    place = enter_place(data=data, territory=None, scope=None, actor=None)
    week = [Opening(day, time(8), time(19)) for day in range(7)]
    set_week(place, starts_on=first - timedelta(days=900), openings=week, actor=None)
    place = open_place(place, on=first - timedelta(days=900), actor=None)
    return [
        add_resource(
            place, kind=ResourceKind.ROOM, data=ResourceData(name=f"Salle {rank}"), units=1, actor=None
        )
        for rank in range(RESOURCES)
    ]


def _elsewhere(first: date) -> list[date]:
    """Days that no question of the month looks at."""
    return [first - timedelta(days=60 + rank) for rank in range(300)]


def _spans(days: list[date], since: int) -> Iterator[DateTimeTZRange]:
    """So many hours of each day, one day after the other, then other hours of the same days."""
    for rank in range(since, SLOTS_OF_A_DAY * len(days)):
        slot, day = divmod(rank, len(days))
        at = moment(days[day], time(8 + 2 * slot), ZONE)
        yield DateTimeTZRange(at, at + timedelta(hours=1))


def _book(rooms: list[Resource], days: list[date], count: int, *, since: int = 0) -> None:
    """So many rows, by the thousand: what the database refuses of each was tried by the tests."""
    units = dict(Unit.objects.filter(resource__in=rooms).values_list("resource", "pk"))
    each = -(-count // len(rooms))
    rows = [
        Booking(
            place_id=room.place_id,
            resource=room,
            unit_id=units[room.pk],
            during=span,
            taken=span,
            state=BookingState.DONE,
        )
        for room in rooms
        for span in islice(_spans(days, -(-since // len(rooms))), each)
    ]
    if len(rows) < count:
        raise RuntimeError(f"{len(rows)} bookings instead of {count}: no hour is left")
    Booking.objects.bulk_create(rows[:count], batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE coworking_booking")
