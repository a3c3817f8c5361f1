"""Who reads a document before its customer does, and whose document it is: whom the house tells (INV-16)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils import timezone

from entrepreneurs.models import Activity, Referent
from entrepreneurs.states.referents import COACH
from invoicing.models import Invoice, Quote
from people.models import PersonScope, Role, Scope, Territory, User
from people.states import RoleKind, ScopeKind


def checkers_of(activity: Activity, *, on: date) -> list[User]:
    """The nearest of those who may check: the coaches named to its people among the advisors that reach the
    activity; else the advisors of the activity, its portfolio or its territory;
    else those of the whole cooperative; else the accountants."""
    scope = activity.scope
    near = Q(scope_id__in=[scope.pk, *filter(None, [scope.portfolio_id])])
    above = _territories_above(scope)
    if above:
        near |= Q(scope__kind=ScopeKind.TERRITORY, scope__territory_id__in=above)
    held = (
        Role.objects.in_force(on)
        .filter(near | Q(scope__isnull=True), kind__in=(RoleKind.ADVISOR, RoleKind.ACCOUNTANT))
        .filter(person__user__is_active=True)
        .select_related("person__user")
    )
    inside = PersonScope.objects.in_force(on).filter(scope=scope).values("person")
    named = Referent.objects.in_force(on).filter(person__in=inside, function=COACH)
    coaches = set(named.values_list("advisor", flat=True))
    groups: tuple[dict[int, User], ...] = ({}, {}, {}, {})
    for role in held.order_by("pk"):
        is_named = role.kind == RoleKind.ADVISOR and role.person_id in coaches
        rank = 3 if role.kind == RoleKind.ACCOUNTANT else 1 + int(role.scope_id is None)
        rank = 0 if is_named else rank
        groups[rank][role.person_id] = role.person.user
    return next((list(group.values()) for group in groups if group), [])


def authors_of(document: Quote | Invoice, *, on: date) -> list[User]:
    """The people of the activity on this day, and whoever began the document in their place."""
    began = Q(pk=document.created_by_id)
    return list(User.objects.filter(_inside(document.activity, on) | began, is_active=True).distinct())


def authors_of_activity(activity: Activity) -> list[User]:
    """The people of an activity today."""
    inside = _inside(activity, timezone.localdate())
    return list(User.objects.filter(inside, is_active=True).distinct())


def _inside(activity: Activity, on: date) -> Q:
    inside = Q(person__memberships__scope=activity.scope_id, person__memberships__starts_on__lte=on)
    return inside & (Q(person__memberships__ends_on__isnull=True) | Q(person__memberships__ends_on__gte=on))


def participants_of(document: Quote | Invoice) -> list[User]:
    """Whom a message about a document concerns: its authors, and whoever reads it."""
    found = authors_of(document, on=timezone.localdate())
    return [*found, document.checker] if document.checker else found


def _territories_above(scope: Scope) -> list[int]:
    """The territory of a scope and those that hold it."""
    if scope.territory_id is None:
        return []
    parents = dict(Territory.objects.values_list("pk", "parent_id"))
    found: list[int] = []
    here: int | None = scope.territory_id
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found
