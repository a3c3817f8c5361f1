"""To whom a resource is reserved, and what somebody is to a place (COW-05)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cae.core.questions import Given
from coworking.models import Member, Place, Resource, Tenancy
from coworking.selectors.bookers import Booker
from coworking.selectors.pricing import INSIDE_KINDS
from coworking.states.places import ResourcePublic
from people.models import Person, PersonScope, Role
from people.states import STAFF_KINDS

# Of those who rent a part of some premises today, in their own name.
TENANT = "coworking.tenant"


def tenants_of_person() -> QuerySet[Tenancy]:
    return Tenancy.objects.in_force(Given("on")).filter(person=Given("person"))


def tenancies_of_person(person: Any, on: date) -> QuerySet[Tenancy]:
    """Where somebody is a tenant that day: oneself, for one’s activity, or with one’s organisation."""
    if person is None:
        return Tenancy.objects.none()
    firms = Member.objects.in_force(on).filter(person=person, organisation__isnull=False)
    scopes = PersonScope.objects.in_force(on).filter(person=person)
    whose = (
        Q(person=person)
        | Q(organisation__in=firms.values("organisation"))
        | Q(activity__scope__in=scopes.values("scope"))
    )
    return Tenancy.objects.in_force(on).filter(whose)


def publics_of(person: Person, place: Place, on: date) -> frozenset[str]:
    """What somebody is to a place that day."""
    found = set[str]()
    if Member.objects.in_force(on).filter(person=person, place=place).exists():
        found.add(ResourcePublic.MEMBERS)
    if Role.objects.in_force(on).filter(person=person, kind__in=(*INSIDE_KINDS, *STAFF_KINDS)).exists():
        found.add(ResourcePublic.HOUSE)
    if tenancies_of_person(person, on).filter(place=place).exists():
        found.add(ResourcePublic.TENANTS)
    return frozenset(found)


def is_open_to(resource: Resource, publics: frozenset[str]) -> bool:
    """Reserved to one of these publics; to nobody in particular, a mere tenant has no part in it."""
    if resource.publics:
        return bool(publics & set(resource.publics))
    return publics != {ResourcePublic.TENANTS}


def publics_words(resource: Resource) -> str:
    """« coworkers du lieu, occupants des locaux »; nothing when it is reserved to nobody."""
    return ", ".join(str(one.label) for one in ResourcePublic if one in resource.publics)


def closed_words(resource: Resource) -> str:
    """Why somebody does not book it, in one sentence."""
    who = publics_words(resource) or _("coworkers du lieu, personnes de la coopérative")
    return _("%(name)s ne vous est pas ouverte à la réservation. Qui la réserve : %(who)s.") % {
        "name": resource,
        "who": who,
    }


def closed_to(resource: Resource, booker: Booker, on: date) -> bool:
    """Somebody known books it, and is none of those to whom it is reserved; whoever the team books for by
    name is the team’s choice."""
    if booker.who is None or (booker.member is not None and not resource.publics):
        return False
    return not is_open_to(resource, publics_of(booker.who, resource.place, on))
