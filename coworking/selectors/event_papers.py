"""The papers of an event that somebody may open, by account or by the link of a registration."""

from __future__ import annotations

from typing import Any

from coworking.models import Event, EventPaper, EventPart, Registration
from coworking.selectors.event_workshops import follows_event, workshops_led_by
from coworking.selectors.events import events_read_by, reads_all
from coworking.states.events import PaperFor, RegistrationState


def papers_opened_by(user: Any, event: Event) -> list[EventPaper]:
    """Those that this account, or nobody’s, may open: all for the team; for who comes or leads a workshop,
    those of who is registered; the kit of a workshop for who leads it, that of all workshops for who leads
    one."""
    rows = list(event.papers.select_related("event", "part", "document"))
    if not rows or reads_all(user):
        return rows
    follows = follows_event(user, event)
    opened = {
        PaperFor.ANYBODY.value: follows or events_read_by(user).filter(pk=event.pk).exists(),
        PaperFor.REGISTERED.value: follows,
    }
    led = set(workshops_led_by(user).filter(event=event).values_list("pk", flat=True)) if follows else set()
    return [
        row
        for row in rows
        if opened.get(row.audience, bool(led) and (row.part_id is None or row.part_id in led))
    ]


def papers_of_workshop(user: Any, part: EventPart) -> list[EventPaper]:
    """What helps this account to lead a part: its papers, and those of the whole event."""
    return [row for row in papers_opened_by(user, part.event) if row.part_id in (None, part.pk)]


def papers_of_registration(row: Registration) -> list[EventPaper]:
    """Those that a registration opens, whoever holds its link: who waits or no longer comes reads what
    anybody reads."""
    audiences = [PaperFor.ANYBODY]
    if row.state == RegistrationState.REGISTERED:
        audiences.append(PaperFor.REGISTERED)
    return list(row.event.papers.filter(audience__in=audiences).select_related("event", "part", "document"))
