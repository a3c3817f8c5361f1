"""Who is who, and who may see whom."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cae.core.questions import Given, GivenKeys
from people.models import Person, PersonScope, Role, StatusPeriod, User, in_use
from people.selectors.accounts import has_waiting_invitation
from people.selectors.contacts import persons_named_to
from people.selectors.rights import held_kinds, roles_of, scopes_followed_by, territories_followed_by
from people.states import RoleKind

# They read personal files as far as their role reaches. The webmaster, the auditor and the
# European projects manager are not among them (PEO-22).
READER_KINDS: tuple[str, ...] = (
    RoleKind.ADMINISTRATOR,
    RoleKind.HUMAN_RESOURCES,
    RoleKind.DATA_OFFICER,
    RoleKind.CO_MANAGER,
    RoleKind.ACCOUNTANT,
    RoleKind.ADVISOR,
    RoleKind.TRAINING_MANAGER,
    RoleKind.COOPERATIVE_LIFE,
    RoleKind.PLACE_FACILITATOR,
)


def reached_persons(
    user: User | AnonymousUser, kinds: tuple[str, ...], on: date | None = None
) -> QuerySet[Person]:
    """The persons within reach of the user's roles of these kinds."""
    day = on or timezone.localdate()
    held = {role.kind for role in roles_of(user, day)} & set(kinds)
    reach = Q(pk__in=[])
    for kind in sorted(held):
        followed = scopes_followed_by(user, day, kind=kind)
        if followed is None:
            return Person.objects.all()
        inside = PersonScope.objects.in_force(day).filter(person=OuterRef("pk"), scope__in=followed)
        reach |= Q(Exists(inside)) | Q(territory__in=territories_followed_by(user, day, kind=kind))
    return Person.objects.filter(reach)


def within_reach(path: str = "person") -> Q:
    """The condition of a question (cae.core.questions) on rows whose person is reached through `path`;
    `reach_of` tells how far when it is asked."""
    inside = PersonScope.objects.in_force(Given("on")).filter(
        person=OuterRef(path), scope__in=GivenKeys("scopes")
    )
    return (
        Q(Given("everybody", BooleanField()))
        | Q(Exists(inside))
        | Q(**{f"{path}__territory__in": GivenKeys("territories")})
    )


def reach_of(user: User, kinds: tuple[str, ...], on: date) -> dict[str, Any]:
    """What tells such a question how far the user’s roles of these kinds reach."""
    scopes: frozenset[int] = frozenset()
    territories: frozenset[int] = frozenset()
    for kind in sorted(held_kinds(user, on) & set(kinds)):
        followed = scopes_followed_by(user, on, kind=kind)
        if followed is None:
            return {"everybody": True, "scopes": (), "territories": (), "on": on}
        scopes |= followed
        territories |= territories_followed_by(user, on, kind=kind)
    return {"everybody": False, "scopes": scopes, "territories": territories, "on": on}


def persons_visible_to(user: User | AnonymousUser, on: date | None = None) -> QuerySet[Person]:
    """Those whose file the user may read: oneself, the persons within reach of a reader's role, and those to
    whom an advisor is named (ENT-51)."""
    day = on or timezone.localdate()
    reached = reached_persons(user, READER_KINDS, day)
    if RoleKind.ADVISOR in held_kinds(user, day):
        reached |= persons_named_to(user, day)
    own = getattr(user, "person_id", None)
    return reached | Person.objects.filter(pk=own) if own else reached


def persons_offered(user: User | AnonymousUser) -> QuerySet[Person]:
    """Those among whom a form chooses: in sight, neither merged nor erased, by name."""
    return in_use(persons_visible_to(user)).order_by("sort_name", "pk")


def persons_listed(user: User | AnonymousUser, now: datetime) -> QuerySet[Person]:
    """The list of the room: visible persons, what they are and may do that day, in one query."""
    on = timezone.localdate(now)
    held = StatusPeriod.objects.in_force(on).filter(person=OuterRef("pk")).order_by("kind")
    in_force = Q(roles__starts_on__lte=on) & (Q(roles__ends_on__isnull=True) | Q(roles__ends_on__gte=on))
    return (
        in_use(persons_visible_to(user, on))
        .select_related("user", "territory")
        .annotate(
            role_kinds=ArrayAgg("roles__kind", filter=in_force, distinct=True, default=[]),
            status_kinds=ArraySubquery(held.values("kind")),
            is_invited=has_waiting_invitation(now),
        )
        .order_by("sort_name", "pk")
    )


def person_roles(person: Person) -> QuerySet[Role]:
    """The whole history of a person's roles, the latest first."""
    return person.roles.select_related("scope", "given_by__person", "ended_by__person")


def person_memberships(person: Person) -> QuerySet[PersonScope]:
    """What the person is or was in."""
    return person.memberships.select_related("scope__territory", "scope__portfolio")


def administrators(on: date) -> QuerySet[Role]:
    """The administrator roles that open an account that day."""
    still_open = Q(person__user__closes_on__isnull=True) | Q(person__user__closes_on__gt=on)
    return Role.objects.in_force(on).filter(
        still_open, kind=RoleKind.ADMINISTRATOR, person__user__is_active=True
    )


def managers(on: date) -> QuerySet[Person]:
    """The elected co-managers of that day."""
    held = Role.objects.in_force(on).filter(person=OuterRef("pk"), kind=RoleKind.CO_MANAGER)
    return Person.objects.filter(Exists(held)).order_by("sort_name", "pk")


def accounts_holding(kind: str, *, on: date) -> QuerySet[User]:
    """The open accounts of those who hold a role that day, by name."""
    held = Role.objects.in_force(on).filter(person=OuterRef("person"), kind=kind)
    return (
        User.objects.filter(Exists(held), is_active=True)
        .select_related("person")
        .order_by("person__sort_name", "pk")
    )
