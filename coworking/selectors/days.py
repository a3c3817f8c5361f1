"""The day of a place: who is there, who is awaited, what is booked, what to see to (COW-22, COW-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from cae.core.plain import with_words
from coworking.calculations.hours import whole_days
from coworking.calculations.stretches import Stretch
from coworking.models import Booking, Member, Place, Presence, Unit, Visitor
from coworking.selectors.availability import range_of
from coworking.selectors.opening import ZONE
from coworking.states.bookings import HOLDING
from people.models import Person

# Of a name, before the kiosk looks for it; no more names than that are shown.
LETTERS, NAMES = 3, 5


def day_at(now: datetime) -> Stretch:
    """From midnight to midnight, around an instant."""
    return whole_days(timezone.localdate(now), timezone.localdate(now), ZONE)


def here_now(place: Place, now: datetime) -> QuerySet[Presence]:
    """Those who are there, the first come first."""
    rows = Presence.objects.filter(place=place, left_at__isnull=True, arrived_at__gte=day_at(now).starts)
    return rows.select_related("person", "member", "booking__resource").order_by("arrived_at", "pk")


def gone_today(place: Place, now: datetime) -> QuerySet[Presence]:
    """Those who came and left."""
    rows = Presence.objects.filter(place=place, left_at__isnull=False, arrived_at__gte=day_at(now).starts)
    return rows.select_related("person").order_by("-left_at", "-pk")


def bookings_of_day(place: Place, now: datetime) -> QuerySet[Booking]:
    """What is booked today, in the order of the clock; `unit_count` tells whether its unit needs a name."""
    rows = Booking.objects.filter(place=place, state__in=HOLDING, during__overlap=range_of(day_at(now)))
    units = Unit.objects.filter(resource=OuterRef("resource"), archived_at__isnull=True).order_by()
    count = units.values("resource").annotate(count=Count("pk")).values("count")
    return (
        rows.annotate(unit_count=Coalesce(Subquery(count), 1))
        .select_related("place", "resource", "unit", "member__person", "person")
        .order_by("during", "resource__position", "pk")
    )


def visitors_of_day(place: Place, now: datetime) -> QuerySet[Visitor]:
    """Those awaited today, those who are there, those who left."""
    today = day_at(now)
    rows = Visitor.objects.filter(place=place, cancelled_at__isnull=True, erased_at__isnull=True)
    rows = rows.filter(
        Q(expected_at__gte=today.starts, expected_at__lt=today.ends)
        | Q(arrived_at__gte=today.starts, arrived_at__lt=today.ends)
    )
    return rows.select_related("host", "booking__resource").order_by("expected_at", "pk")


def visitors_to_come(place: Place, now: datetime) -> QuerySet[Visitor]:
    """Those announced for another day."""
    rows = Visitor.objects.filter(place=place, cancelled_at__isnull=True, expected_at__gte=day_at(now).ends)
    return rows.select_related("host").order_by("expected_at", "pk")


def persons_at_door(place: Place, now: datetime) -> QuerySet[Person]:
    """Those whom the kiosk of a place knows: its members, and who has booked something today."""
    today = timezone.localdate(now)
    members = Member.objects.in_force(today).filter(place=place).order_by()
    booked = bookings_of_day(place, now).order_by()
    return Person.objects.filter(
        Q(pk__in=members.values("person")) | Q(pk__in=booked.filter(person__isnull=False).values("person")),
        merged_into__isnull=True,
        erased_at__isnull=True,
    ).order_by("sort_name", "pk")


@dataclass(frozen=True)
class AtDoor:
    """Who might stand before the kiosk: few words of each, enough to know oneself."""

    persons: list[Person]
    visitors: list[Visitor]

    @property
    def is_nobody(self) -> bool:
        return not self.persons and not self.visitors


def found_at_door(place: Place, typed: str, now: datetime) -> AtDoor | None:
    """Those whose name holds what was typed; nothing while too few letters are, or too many answer."""
    words = " ".join(typed.split())
    if max((len(word) for word in words.split()), default=0) < LETTERS:
        return None
    persons = list(with_words(persons_at_door(place, now), words, "=sort_name")[: NAMES + 1])
    awaited = visitors_of_day(place, now).filter(arrived_at__isnull=True)
    visitors = list(with_words(awaited, words, "name")[: NAMES + 1])
    if len(persons) > NAMES or len(visitors) > NAMES:
        return AtDoor([], [])
    return AtDoor(persons, visitors)


def host_named(place: Place, typed: str, now: datetime) -> Person | None:
    """The one person of the place whom a visitor named; none when nobody, or several, answer to it."""
    words = " ".join(typed.split())
    if len(words) < LETTERS:
        return None
    found = list(with_words(persons_at_door(place, now), words, "=sort_name")[:2])
    return found[0] if len(found) == 1 else None


def place_with(field: str, key: str) -> Place | None:
    """The open place whose door, kiosk or wall has this key; none once it was changed."""
    return Place.objects.open().select_related("scope").filter(**{field: key}).first()


def own_presence(place: Place, person: Person | None, now: datetime) -> Presence | None:
    """One’s own, today, whether one is still there or left."""
    if person is None:
        return None
    rows = Presence.objects.filter(place=place, person=person, arrived_at__gte=day_at(now).starts)
    return rows.select_related("booking__resource").order_by("-arrived_at").first()


def presences_held(person: Any) -> QuerySet[Presence]:
    return Presence.objects.filter(person=person.pk).select_related("place")
