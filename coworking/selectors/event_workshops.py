"""The workshops of an event by territory, with what they came to; those that somebody leads (COW-38)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Awaited, Todo
from cae.core.questions import Given, Pile, Tally
from coworking.models import Event, EventPart, Registration
from coworking.states.events import EventState, RegistrationState

LIVE = (EventState.PUBLISHED, EventState.HELD)


@dataclass(frozen=True)
class Group:
    """The workshops of a territory, in the order of their hours; of none: those of the whole."""

    territory: str
    parts: list[EventPart]


def workshops_of(event: Event) -> list[Group]:
    """Those of each territory by name, those of none last."""
    rows = event.parts.select_related("territory", "facilitator", "room", "results_by__person")
    groups: dict[str, list[EventPart]] = {}
    for part in rows.order_by("starts_at", "pk"):
        groups.setdefault(part.territory.name if part.territory else "", []).append(part)
    return [Group(name, groups[name]) for name in sorted(groups, key=lambda name: (not name, name))]


def workshops_led_by(user: Any) -> QuerySet[EventPart]:
    """The parts that the person of this account leads."""
    rows = EventPart.objects.select_related("event")
    person = getattr(user, "person_id", None)
    return rows.filter(facilitator=person) if person else rows.none()


def follows_event(user: Any, event: Event) -> bool:
    """Whether the person of this account comes, or leads a workshop of it."""
    if getattr(user, "person_id", None) is None:
        return False
    comes = Registration.objects.filter(
        event=event, person=user.person_id, state=RegistrationState.REGISTERED
    )
    return comes.exists() or workshops_led_by(user).filter(event=event).exists()


def people_of(part: EventPart) -> QuerySet[Registration]:
    """Those who come to a part, by name."""
    rows = Registration.objects.filter(part_seats__part=part, state=RegistrationState.REGISTERED)
    return rows.order_by("sort_name", "pk")


def _unwritten() -> QuerySet[EventPart]:
    return EventPart.objects.filter(
        facilitator=Given("person"), results="", ends_at__lte=Given("now"), event__state__in=LIVE
    )


def _leaders(user: Any, _today: date) -> dict[str, Any] | None:
    return {"person": user.person_id, "now": timezone.now()} if user.person_id else None


def _lines(user: Any, _today: date, _tally: Tally) -> Iterator[Todo]:
    rows = workshops_led_by(user).filter(results="", ends_at__lte=timezone.now(), event__state__in=LIVE)
    for row in rows.order_by("ends_at", "pk"):
        yield Todo(
            _("Écrire les résultats de l’atelier : %(title)s") % {"title": row.title},
            reverse("coworking:workshop_results", args=[row.pk]),
            since=timezone.localdate(row.ends_at),
        )


WORKSHOPS_AWAITED = (
    Awaited(Pile("coworking.workshops", lambda: (_unwritten(), "ends_at")), _leaders, _lines),
)
