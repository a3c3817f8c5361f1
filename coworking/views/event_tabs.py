"""What the pages of an event share: who sees it, its tabs, its crumbs."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import can, require
from cae.core.tables import Tab
from coworking.models import Event
from coworking.states.events import QuestionState
from people.requests import SignedIn

KEEP, READ = "coworking.keep_event", "coworking.read_events"


def kept(request: SignedIn, pk: int, right: str = KEEP) -> Event:
    """The event of this number, if this account has the right on it."""
    event = get_object_or_404(
        Event.objects.select_related("kind", "place__scope", "series", "territory"), pk=pk
    )
    require(request.user, right, event if right == KEEP else None)
    return event


def tabs_of_event(request: SignedIn, event: Event, current: str) -> list[Tab]:
    """The pages of an event that this account may open."""
    pages: list[tuple[Any, str, int | None]] = [(_("Vue d’ensemble"), "event", None)]
    if can(request.user, KEEP, event):
        pages += [
            (_("Programme et formulaire"), "event_programme", None),
            (_("Inscriptions"), "event_registrations", event.registrations.live().count()),
            (_("Présences"), "event_attendance", None),
        ]
        if event.kind.has_parts or event.parts.exists():
            pages.append((_("Ateliers"), "event_results", None))
        if event.kind.has_parts or event.costs.exists():
            pages.append((_("Frais"), "event_costs", None))
        if event.kind.takes_questions:
            waiting = event.questions.filter(state=QuestionState.SENT).count()
            pages.append((_("Questions"), "event_questions", waiting or None))
        pages.append((_("Promotion et bilan"), "event_promotion", None))
    if len(pages) == 1:
        return []
    return [
        Tab(label, reverse(f"coworking:{name}", args=[event.pk]), name == current, count)
        for label, name, count in pages
    ]


def crumbs_of_event(event: Event, *more: tuple[Any, str]) -> list[tuple[Any, str]]:
    return [
        (_("Événements"), reverse("coworking:event_list")),
        (event.title, event.get_absolute_url() if more else ""),
        *more,
    ]
