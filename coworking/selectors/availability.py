"""What is free: hours of a place less its closures and what is held, unit by unit (COW-16, COW-17). A fixed
number of queries, each bounded by the window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q, QuerySet

from coworking.calculations.hours import open_time, whole_days
from coworking.calculations.rhythms import clock_of
from coworking.calculations.slots import Gaps, free_of, is_free, nearest_free, shared, since
from coworking.calculations.stretches import Stretch, without
from coworking.models import Booking, Closure, Place, Resource, Subscription, Unit, Week
from coworking.selectors.opening import ZONE, openings_of
from coworking.states.bookings import HOLDING
from coworking.states.members import SubscriptionState

# How far the nearest free spans are looked for.
LOOKED = timedelta(days=14)


@dataclass
class Freedom:
    """Of one resource over a window: when it is open, and what is taken of each of its units."""

    resource: Resource
    opened: list[Stretch]
    taken: dict[int, list[Stretch]] = field(default_factory=dict)

    @property
    def gaps(self) -> Gaps:
        return gaps_of(self.resource)

    def free_of(self, unit: int) -> list[Stretch]:
        return free_of(self.opened, self.taken[unit], self.gaps)

    @property
    def free(self) -> list[Stretch]:
        """When some unit is free."""
        return shared(self.free_of(unit) for unit in self.taken)

    def free_since(self, now: datetime) -> list[Stretch]:
        return since(self.free, now)

    def units_free(self, wanted: Stretch) -> list[int]:
        """The units that are free from its beginning to its end."""
        return [unit for unit in self.taken if is_free(self.free_of(unit), wanted)]

    def is_closed(self, wanted: Stretch) -> bool:
        return not is_free(self.opened, wanted)

    def nearest(self, wanted: Stretch, *, after: datetime) -> list[Stretch]:
        step = timedelta(minutes=self.resource.step)
        frees = [self.free_of(unit) for unit in self.taken]
        return nearest_free(frees, wanted, step=step, after=after)


def gaps_of(resource: Resource) -> Gaps:
    return Gaps(timedelta(minutes=resource.buffer_before), timedelta(minutes=resource.buffer_after))


def stretch_of(span: DateTimeTZRange) -> Stretch:
    return Stretch(span.lower, span.upper)


def range_of(stretch: Stretch) -> DateTimeTZRange:
    return DateTimeTZRange(stretch.starts, stretch.ends)


def freedom(
    resources: Iterable[Resource],
    first: date,
    last: date,
    *,
    besides: Booking | None = None,
    any_hour: bool = False,
) -> dict[int, Freedom]:
    """By the key of each resource, from a day to another, both included; `besides`: a booking that is being
    moved does not stand in its own way; `any_hour`: the team books outside the hours too."""
    rows = list(resources)
    window = whole_days(first, last, ZONE)
    opened = open_by_place({row.place_id for row in rows}, first, last)
    closed = _closures({row.place_id for row in rows}, window)
    found = {}
    for row in rows:
        hours = [window] if any_hour or row.any_hour else opened[row.place_id]
        shut = [
            one for place, resource, one in closed if place == row.place_id and resource in (None, row.pk)
        ]
        found[row.pk] = Freedom(row, without(hours, shut))
    for unit, resource in _units(list(found)):
        found[resource].taken[unit] = []
    for resource, unit, taken in _held(list(found), window, besides):
        if unit in found[resource].taken:
            found[resource].taken[unit].append(taken)
    for resource, unit, taken in _residents(list(found), first, last):
        if unit in found[resource].taken:
            found[resource].taken[unit].append(taken)
    return found


def freedom_around(
    resource: Resource, wanted: Stretch, *, besides: Booking | None = None, any_hour: bool = False
) -> Freedom:
    """Of one resource, far enough around a span to tell the nearest free ones."""
    first, _hour = clock_of(wanted.starts - LOOKED, ZONE)
    last, _hour = clock_of(wanted.ends + LOOKED, ZONE)
    return freedom([resource], first, last, besides=besides, any_hour=any_hour)[resource.pk]


def open_by_place(places: Iterable[int], first: date, last: date) -> dict[int, list[Stretch]]:
    """The hours of places from a day to another, whichever week is in force on each."""
    weeks: dict[int, list[Week]] = {place: [] for place in places}
    rows = Week.objects.filter(place__in=weeks, starts_on__lte=last).prefetch_related("hours")
    for week in rows.order_by("place", "starts_on"):
        weeks[week.place_id].append(week)
    return {place: _open_time(rows, first, last) for place, rows in weeks.items()}


def _open_time(weeks: Sequence[Week], first: date, last: date) -> list[Stretch]:
    found: list[Stretch] = []
    for rank, week in enumerate(weeks):
        starts = max(first, week.starts_on)
        ends = last if rank + 1 == len(weeks) else min(last, weeks[rank + 1].starts_on - timedelta(days=1))
        if starts <= ends:
            found += open_time(openings_of(week), starts, ends, ZONE)
    return found


def _closures(places: Iterable[int], window: Stretch) -> list[tuple[int, int | None, Stretch]]:
    rows = Closure.objects.filter(place__in=places, during__overlap=range_of(window))
    return [
        (place, resource, stretch_of(during))
        for place, resource, during in rows.values_list("place", "resource", "during")
    ]


def _units(resources: Sequence[int]) -> QuerySet[Unit, tuple[int, int]]:
    rows = Unit.objects.filter(resource__in=resources, archived_at__isnull=True)
    return rows.order_by("position", "pk").values_list("pk", "resource")


def _held(
    resources: Sequence[int], window: Stretch, besides: Booking | None
) -> Iterable[tuple[int, int, Stretch]]:
    rows = Booking.objects.filter(
        resource__in=resources, taken__overlap=range_of(window.widened(LOOKED, LOOKED)), state__in=HOLDING
    )
    if besides is not None:
        rows = rows.exclude(pk=besides.pk)
    for resource, unit, taken in rows.order_by().values_list("resource", "unit", "taken"):
        yield resource, unit, stretch_of(taken)


def residents_of(resources: Iterable[int], first: date, last: date) -> QuerySet[Subscription]:
    """Those who hold a unit of these resources between two days, with the days on which they are away."""
    return Subscription.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first),
        unit__resource__in=resources,
        starts_on__lte=last,
        state=SubscriptionState.ACTIVE,
    ).prefetch_related("absences")


def held_days(row: Subscription, first: date, last: date) -> list[Stretch]:
    """When a resident holds their unit between two days: neither before, nor after, nor while away."""
    starts, ends = max(row.starts_on, first), min(row.ends_on or last, last)
    if ends < starts:
        return []
    away = [whole_days(one.starts_on, one.ends_on or last, ZONE) for one in row.absences.all()]
    return without([whole_days(starts, ends, ZONE)], away)


def _residents(resources: Sequence[int], first: date, last: date) -> Iterable[tuple[int, int, Stretch]]:
    """The desk of a resident is nobody else’s, but when they are away."""
    for row in residents_of(resources, first, last).select_related("unit"):
        if row.unit is not None:
            for one in held_days(row, first, last):
                yield row.unit.resource_id, row.unit.pk, one


def resources_to_book(place: Place, *, people: int = 1) -> QuerySet[Resource]:
    """What may be booked there by so many people."""
    rows = place.resources.in_use().filter(units__archived_at__isnull=True).distinct()
    return rows.filter(seats__gte=people).select_related("place").order_by("position", "name", "pk")


def count_free(freedoms: Mapping[int, Freedom], wanted: Stretch) -> dict[int, int]:
    """How many units of each resource are free over a span."""
    return {key: len(one.units_free(wanted)) for key, one in freedoms.items()}
