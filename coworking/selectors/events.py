"""Events: who reads them, who keeps them, the agenda, what is left of their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from cae.core.facts import Happening
from cae.core.periods import Month
from coworking.calculations.seats import Door, Room, door_of
from coworking.models import Event, EventKind, Place, Registration
from coworking.models.events import EventQuerySet
from coworking.states.events import SEATED, Audience, EventState, RegistrationState
from people.models import Territory, User
from people.selectors import held_kinds, scopes_followed_by
from people.selectors.rights import territories_followed_by
from people.selectors.territories import territories_above
from people.states import RoleKind

# Those who write events, each as far as their role reaches.
KEEPER_KINDS: tuple[str, ...] = (
    RoleKind.ADMINISTRATOR,
    RoleKind.COOPERATIVE_LIFE,
    RoleKind.PLACE_FACILITATOR,
)
# Those who read all of them.
READER_KINDS: tuple[str, ...] = (*KEEPER_KINDS, RoleKind.CO_MANAGER, RoleKind.AUDITOR)
# A candidate is not in yet, an auditor is not of the house.
_OUTSIDE: frozenset[str] = frozenset({RoleKind.CANDIDATE, RoleKind.AUDITOR})


def is_member(user: Any) -> bool:
    """Whether events for members are open to this account."""
    return bool(held_kinds(user) - _OUTSIDE)


def _within_reach(user: Any, place: str, territory: str) -> Q:
    """What the roles that keep events reach, by the names of the columns of place and territory."""
    kinds, found = held_kinds(user), Q(pk__in=[])
    if RoleKind.ADMINISTRATOR in kinds:
        return Q()
    for kind in (RoleKind.COOPERATIVE_LIFE, RoleKind.PLACE_FACILITATOR):
        followed = scopes_followed_by(user, kind=kind)
        if followed is None:
            if kind == RoleKind.COOPERATIVE_LIFE:
                return Q()
            found |= Q(**{f"{place}__isnull": False})
        elif followed:
            found |= Q(**{f"{place}__scope__in": followed})
            if kind == RoleKind.COOPERATIVE_LIFE:
                below = territories_followed_by(user, kind=kind)
                found |= Q(**{f"{place}__isnull": True, f"{territory}__in": below})
    return found


def keeps_some(user: Any) -> bool:
    """Whether this account keeps events at all."""
    return not held_kinds(user).isdisjoint(KEEPER_KINDS)


def reads_all(user: Any) -> bool:
    """Whether the pages of the team about any event are open to this account."""
    return not held_kinds(user).isdisjoint(READER_KINDS)


def events_kept_by(user: Any) -> QuerySet[Event]:
    """Those that this account writes."""
    return Event.objects.filter(_within_reach(user, "place", "territory"))


def keeps_at(user: User, place: Place | None, territory: Territory | None) -> bool:
    """Whether this account may hold an event there."""
    kinds = held_kinds(user)
    if RoleKind.ADMINISTRATOR in kinds:
        return True
    for kind in kinds & {RoleKind.COOPERATIVE_LIFE.value, RoleKind.PLACE_FACILITATOR.value}:
        followed = scopes_followed_by(user, kind=kind)
        if place is not None and (followed is None or place.scope_id in followed):
            return True
        if place is None and kind == RoleKind.COOPERATIVE_LIFE:
            below = territories_followed_by(user, kind=kind)
            if followed is None or (territory is not None and territory.pk in below):
                return True
    return False


def places_held_by(user: User) -> QuerySet[Place]:
    """The open places where this account may hold an event."""
    if RoleKind.ADMINISTRATOR in held_kinds(user):
        return Place.objects.open()
    found = Q(pk__in=[])
    for kind in (RoleKind.COOPERATIVE_LIFE, RoleKind.PLACE_FACILITATOR):
        followed = scopes_followed_by(user, kind=kind)
        if followed is None:
            return Place.objects.open()
        found |= Q(scope__in=followed)
    return Place.objects.open().filter(found)


def _open_to(user: Any) -> Q:
    found = Q(audience=Audience.ANYBODY)
    if is_member(user):
        found |= Q(audience=Audience.MEMBERS)
        home = user.person.territory_id if user.person else None
        if home is not None:
            found |= Q(audience=Audience.TERRITORY, territory__in=territories_above([home]))
    return found


def may_come(event: Event, user: Any) -> bool:
    """Whether the event is open to this account, or to nobody’s."""
    return Event.objects.filter(_open_to(user), pk=event.pk).exists()


def events_read_by(user: Any) -> EventQuerySet:
    """What the agenda shows to this account, or to anybody: told of, and open to them or kept by them."""
    seen = _open_to(user)
    if held_kinds(user):
        seen |= _within_reach(user, "place", "territory")
    return Event.objects.announced().filter(seen).select_related("kind", "place")


def events_listed(user: User) -> QuerySet[Event]:
    """The list of the team, with who comes and who waits: what comes, the next one first, then what is over,
    the last one first."""
    rows = Event.objects.select_related("kind", "place", "series")
    coming_on = Case(When(ends_at__gte=Now(), then=F("starts_at")))
    return rows.order_by(coming_on.asc(nulls_last=True), "-starts_at", "pk").annotate(
        coming=Coalesce(Sum(1 + F("registrations__guests"), filter=Q(registrations__state__in=SEATED)), 0),
        waiting=Count("registrations", filter=Q(registrations__state=RegistrationState.WAITING)),
    )


def seats_taken(event: Event, *, besides: int | None = None) -> int:
    """How many people come, guests too; a place offered is taken."""
    rows = event.registrations.seated().exclude(pk=besides or 0)
    return int(rows.aggregate(taken=Coalesce(Sum(1 + F("guests")), 0))["taken"])


def room_of(event: Event, *, taken: int | None = None) -> Room:
    """The event as who wants to come meets it."""
    return Room(
        is_announced=event.state in (EventState.PUBLISHED, EventState.HELD),
        is_cancelled=event.state == EventState.CANCELLED,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        until=event.registers_until,
        capacity=event.capacity,
        taken=seats_taken(event) if taken is None else taken,
        waits=event.has_waiting_list,
    )


@dataclass(frozen=True)
class Seen:
    """An event of the agenda, with what one meets there."""

    event: Event
    room: Room
    door: Door


def agenda(user: Any, now: datetime, *, kind: str = "", place: str = "") -> QuerySet[Event]:
    """The events to come that this account, or anybody, may read, the next first."""
    rows = events_read_by(user).coming(now).order_by("starts_at", "pk")
    return narrowed(rows, kind=kind, place=place)


def narrowed(rows: QuerySet[Event], *, kind: str = "", place: str = "") -> QuerySet[Event]:
    """The same of one kind, of one place, by the words of their addresses."""
    if kind:
        rows = rows.filter(kind__code=kind)
    if place:
        rows = rows.filter(place__slug=place)
    return rows


def seen_by(rows: Iterable[Event], now: datetime) -> list[Seen]:
    """Each with its places, in one query more."""
    events = list(rows)
    sums = dict(
        Registration.objects.seated()
        .filter(event__in=events)
        .order_by()
        .values("event")
        .annotate(taken=Sum(1 + F("guests")))
        .values_list("event", "taken")
    )
    found = []
    for event in events:
        room = room_of(event, taken=sums.get(event.pk, 0))
        found.append(Seen(event, room, door_of(room, now)))
    return found


def events_of_month(rows: QuerySet[Event], month: Month) -> dict[date, list[Event]]:
    """By day, those that are held within a month, each on all its days."""
    days: dict[date, list[Event]] = {}
    first, last = month.first, month.last
    inside = rows.filter(starts_at__date__lte=last, ends_at__date__gte=first).order_by("starts_at", "pk")
    for event in inside:
        day = max(timezone.localdate(event.starts_at), first)
        while day <= min(timezone.localdate(event.ends_at), last):
            days.setdefault(day, []).append(event)
            day = date.fromordinal(day.toordinal() + 1)
    return days


def kinds_offered() -> QuerySet[EventKind]:
    return EventKind.objects.filter(is_active=True)


def happening_of(event: Event) -> Happening:
    """The event as calendars take it."""
    return Happening(
        uid=f"event-{event.pk}",
        title=event.title,
        starts=event.starts_at,
        ends=event.ends_at,
        place=", ".join(event.where_lines),
        text=event.summary,
        url=event.public_url,
        revision=event.revision,
        is_cancelled=event.state == EventState.CANCELLED,
    )


def happenings(user: Any, since: date, until: date) -> list[Happening]:
    """What the events one goes to put in one’s calendar."""
    person = getattr(user, "person_id", None)
    if person is None:
        return []
    rows = Event.objects.filter(
        registrations__person=person,
        registrations__state=RegistrationState.REGISTERED,
        starts_at__date__gte=since,
        starts_at__date__lte=until,
    ).select_related("place")
    return [happening_of(event) for event in rows]
