"""Events and those who come, made through their services."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from coworking.models import Event, EventKind, Place, Registration
from coworking.services.event_attendance import note_attendance
from coworking.services.event_kinds import lay_first_kinds
from coworking.services.events import EventData, create_event, publish_event
from coworking.services.registrations import RegistrationData, register
from coworking.states.events import Attendance, NotedHow
from people.models import Person, User
from people.states import RoleKind
from tests.factories.coworking import make_facilitator, make_place
from tests.factories.people import make_territory, make_user

_numbers = count(1)


def a_place(name: str = "Le Rucher", **facts: Any) -> Place:
    """An open place on a territory of its own, whose page is as named as it is."""
    number = next(_numbers)
    return make_place(f"{name} {number}", **({"territory": make_territory(f"Pays {number}")} | facts))


def a_keeper(place: Place | None = None) -> User:
    """A facilitator of the place; without place, cooperative life of the whole cooperative."""
    if place is None:
        return make_user(RoleKind.COOPERATIVE_LIFE)
    return make_facilitator(place)


def a_kind(code: str = "conference") -> EventKind:
    lay_first_kinds(actor=None)
    return EventKind.objects.get(code=code)


def event_data(kind: str = "conference", **fields: Any) -> EventData:
    """An event of a future day, elsewhere unless a place is given."""
    starts: datetime = fields.pop(
        "starts_at", timezone.now().replace(second=0, microsecond=0) + timedelta(days=10)
    )
    known: dict[str, Any] = {
        "kind": a_kind(kind),
        "title": "Coopérer en milieu rural",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=2),
    }
    if fields.get("place") is None:
        known["venue"] = "Salle des fêtes"
    return EventData(**(known | fields))


def an_event(kind: str = "conference", *, published: bool = True, **fields: Any) -> Event:
    made = create_event(data=event_data(kind, **fields), actor=None)
    if published:
        made = publish_event(made, now=min(timezone.now(), made.starts_at), actor=None)
    return made


def guest(name: str = "Nina Roche", **fields: Any) -> RegistrationData:
    first, _space, last = name.partition(" ")
    known = {"first_name": first, "last_name": last, "email": f"{first}.{last}@exemple.fr".lower()}
    return RegistrationData(**(known | fields))


def a_registration(
    event: Event | None = None,
    name: str = "Nina Roche",
    *,
    person: Person | None = None,
    actor: User | None = None,
    **fields: Any,
) -> Registration:
    event = event or an_event()
    now = min(timezone.now(), event.starts_at - timedelta(days=1))
    return register(event, data=guest(name, **fields), now=now, person=person, actor=actor, by_team=True)


def over(event: Event) -> Event:
    """The same, two days ago: time has passed."""
    length = event.ends_at - event.starts_at
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() - timedelta(days=2),
        ends_at=timezone.now() - timedelta(days=2) + length,
        registers_until=None,
    )
    event.refresh_from_db()
    return event


def came(registration: Registration) -> Registration:
    """Noted present by the team."""
    return note_attendance(
        registration,
        attendance=Attendance.PRESENT,
        how=NotedHow.TEAM,
        now=timezone.now(),
        actor=None,
    )
