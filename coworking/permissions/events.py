"""The rights on events: kept by those who run places or cooperative life; a registration is its person’s."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from cae.core.models import Document
from cae.core.permissions import kept
from coworking.models import Event, EventPart, Registration
from coworking.selectors.event_papers import papers_opened_by
from coworking.selectors.event_workshops import follows_event
from coworking.selectors.events import KEEPER_KINDS, READER_KINDS, events_kept_by
from people.models import User
from people.permissions import has_role, is_admin
from people.states import RoleKind


def event_of(obj: Any) -> Event | None:
    """The event of an object of it, or itself."""
    return obj if obj is None or isinstance(obj, Event) else obj.event


@rules.predicate
def keeps_event(user: User, obj: Any = None) -> bool:
    """Asks the same queryset as the list; without object: keeps some."""
    event = event_of(obj)
    if event is None:
        return has_role(*KEEPER_KINDS).test(user)
    return kept(user, event, "keeps_event", events_kept_by(user).filter(pk=event.pk).exists)


@rules.predicate
def is_ones_own(user: User, registration: Registration | None = None) -> bool:
    """The registration is that of the person of the account; without object, everybody has their own."""
    if registration is None:
        return True
    return user.person_id is not None and registration.person_id == user.person_id


@rules.predicate
def leads_workshop(user: User, part: EventPart | None = None) -> bool:
    """One leads this part of a programme; without object, anybody may lead one."""
    if part is None:
        return True
    return user.person_id is not None and part.facilitator_id == user.person_id


@rules.predicate
def follows(user: User, event: Event | None = None) -> bool:
    """One comes to the event, or leads a workshop of it; without object, everybody may."""
    return event is None or kept(user, event, "follows_event", lambda: follows_event(user, event))


reads_events = has_role(*READER_KINDS)


@rules.predicate
def opens_paper(user: User, document: Document | None = None) -> bool:
    """The file of a paper that this account may open; taken off, that of an event that it keeps. Without
    object: one reads those of the team."""
    if document is None:
        return bool(reads_events.test(user))
    event = Event.objects.get(pk=document.about_id)
    opened = any(row.document_id == document.pk for row in papers_opened_by(user, event))
    return opened or bool(keeps_event.test(user, event))


PERMISSIONS: dict[str, Predicate] = {
    "coworking.keep_event": keeps_event,
    "coworking.read_events": reads_events,
    "coworking.set_event_kinds": is_admin | has_role(RoleKind.COOPERATIVE_LIFE),
    "coworking.read_results": keeps_event | reads_events | follows,
    "coworking.write_results": keeps_event | leads_workshop,
    "coworking.open_paper": opens_paper,
    "coworking.change_registration": is_ones_own | keeps_event,
}
