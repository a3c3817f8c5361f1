"""To whom an event is told of: the addresses of a public, each once (COW-40)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from coworking.models import Event
from coworking.states.events import MailingTo
from people.models import Person, Role, in_use
from people.selectors.territories import territory_and_below
from people.states import STAFF_KINDS, RoleKind

_KINDS: dict[str, frozenset[str]] = {
    MailingTo.ENTREPRENEURS: frozenset({RoleKind.ENTREPRENEUR, RoleKind.PROJECT_HOLDER}),
    MailingTo.ASSOCIATES: frozenset({RoleKind.ASSOCIATE}),
    MailingTo.TEAM: STAFF_KINDS,
}


def addresses_of(event: Event, audience: str, on: date) -> list[str]:
    """Gives the addresses, in alphabetical order; those registered already only when they are the public."""
    registered = set(event.registrations.live().values_list("email", flat=True))
    if audience == MailingTo.REGISTERED:
        found = registered
    else:
        known = {address.lower() for address in registered}
        people = in_use(Person.objects.filter(_public(event, audience, on)).exclude(email=""))
        found = {one for one in people.values_list("email", flat=True) if one.lower() not in known}
    return sorted({address.lower(): address for address in found}.values())


def _public(event: Event, audience: str, on: date) -> Q:
    if audience != MailingTo.TERRITORY:
        return Q(pk__in=Role.objects.in_force(on).filter(kind__in=_KINDS[audience]).values("person"))
    top = event.territory_id or (event.place.scope.territory_id if event.place is not None else None)
    below = territory_and_below([top]) if top is not None else frozenset()
    within = Role.objects.in_force(on).exclude(kind=RoleKind.AUDITOR).values("person")
    return Q(territory__in=below, pk__in=within)
