"""Places as lists and pages read them, and who runs them (COW-01)."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coworking.models import Fault, Place, Resource
from coworking.states.places import FaultState
from people.models import Role, User
from people.states import RoleKind, ScopeKind


def places_listed() -> QuerySet[Place]:
    """Places with their territory, how many resources are in use there, how many faults wait."""
    waiting = ~Q(resources__faults__state=FaultState.REPAIRED) & Q(resources__faults__isnull=False)
    return Place.objects.select_related("scope__territory", "host").annotate(
        resource_count=Count("resources", filter=Q(resources__archived_at__isnull=True), distinct=True),
        fault_count=Count("resources__faults", filter=waiting, distinct=True),
    )


def runners_of(place: Place, on: date | None = None) -> QuerySet[User]:
    """The open accounts of those who run a place today: its facilitators, those of its territory or of one
    above, those of everywhere."""
    above, territory = set[int](), place.scope.territory
    while territory is not None and territory.pk not in above:
        above.add(territory.pk)
        territory = territory.parent
    whole = Q(scope__isnull=True) | Q(scope__kind=ScopeKind.TERRITORY, scope__territory__in=above)
    held = Role.objects.in_force(on or timezone.localdate()).filter(
        whole | Q(scope=place.scope_id), person=OuterRef("person"), kind=RoleKind.PLACE_FACILITATOR
    )
    return User.objects.filter(Exists(held), is_active=True)


def faults_waiting(place: Place) -> QuerySet[Fault]:
    """What does not work there yet, the oldest first."""
    return (
        Fault.objects.filter(resource__place=place)
        .exclude(state=FaultState.REPAIRED)
        .select_related("resource", "told_by__person")
        .order_by("told_at")
    )


def resource_at(key: str) -> Resource | None:
    """What a QR code stands on; none once it was withdrawn."""
    return Resource.objects.in_use().select_related("place").filter(fault_key=key).first()


def faults_of(resource: Resource) -> QuerySet[Fault]:
    """What does not work yet of one resource."""
    return resource.faults.exclude(state=FaultState.REPAIRED)
