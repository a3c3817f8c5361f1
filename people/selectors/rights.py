"""What a user may do today: roles and scopes in force, read once per request and kept on the user object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from cae.core.settings import value_of
from people.models import PersonScope, Role, Scope, User
from people.selectors.territories import territory_and_below
from people.states import ALWAYS_SECOND_FACTOR, GUARDED_KINDS, RoleKind, ScopeKind

T = TypeVar("T")
Visitor = User | AnonymousUser | None


@dataclass(frozen=True)
class RoleHeld:
    """A role in force, with what is needed to know how far it reaches."""

    kind: str
    scope_id: int | None
    scope_kind: str | None
    territory_id: int | None


def _once(user: User, name: str, on: date, read: Callable[[], T]) -> T:
    kept: dict[tuple[str, date], Any] = user.rights_read
    if (name, on) not in kept:
        kept[name, on] = read()
    return cast(T, kept[name, on])


def _account(user: Visitor) -> tuple[User, int] | None:
    """The open account of a known person with that person's key, or None."""
    if isinstance(user, User) and user.is_active and user.person_id is not None:
        return user, user.person_id
    return None


def roles_of(user: Visitor, on: date | None = None) -> tuple[RoleHeld, ...]:
    """The roles in force that day, wherever they reach."""
    known, day = _account(user), on or timezone.localdate()
    if known is None:
        return ()
    account, person_id = known

    def read() -> tuple[RoleHeld, ...]:
        rows = Role.objects.in_force(day).filter(person_id=person_id)
        fields = ("kind", "scope_id", "scope__kind", "scope__territory_id")
        return tuple(RoleHeld(*row) for row in rows.order_by("pk").values_list(*fields))

    return _once(account, "roles", day, read)


def held_kinds(user: Visitor, on: date | None = None) -> frozenset[str]:
    """The kinds of role in force that day."""
    return frozenset(role.kind for role in roles_of(user, on))


def needs_second_factor(user: Visitor, on: date | None = None) -> bool:
    """True when one of the roles in force is not opened by a password alone, as decided for that day."""
    kinds, day = held_kinds(user, on), on or timezone.localdate()
    if not kinds.isdisjoint(ALWAYS_SECOND_FACTOR):
        return True
    return bool(kinds) and not kinds.isdisjoint(value_of("people.second_factor_roles", on=day))


def holds_guarded_role(user: Visitor, on: date | None = None) -> bool:
    """True when one of the roles in force reads or changes what belongs to others."""
    return not GUARDED_KINDS.isdisjoint(held_kinds(user, on))


def scopes_of(user: Visitor, on: date | None = None) -> frozenset[int]:
    """The scopes the person belongs to: their own activities, places, projects."""
    known, day = _account(user), on or timezone.localdate()
    if known is None:
        return frozenset()
    account, person_id = known

    def read() -> frozenset[int]:
        rows = PersonScope.objects.in_force(day).filter(person_id=person_id)
        return frozenset(rows.values_list("scope_id", flat=True))

    return _once(account, "scopes", day, read)


def scopes_followed_by(
    user: Visitor, on: date | None = None, *, kind: str = RoleKind.ADVISOR
) -> frozenset[int] | None:
    """The scopes a role reaches: its own, those of its portfolio, those below its territory.

    None means all of them (the role was given for the whole cooperative); empty means none.
    """
    known, day = _account(user), on or timezone.localdate()
    roles = [role for role in roles_of(user, day) if role.kind == kind]
    if known is None or not roles:
        return frozenset()
    if any(role.scope_id is None for role in roles):
        return None
    return _once(known[0], f"followed:{kind}", day, lambda: _reached(roles))


def territories_followed_by(
    user: Visitor, on: date | None = None, *, kind: str = RoleKind.ADVISOR
) -> frozenset[int]:
    """The territories a role reaches because it was given on one of them or above."""
    known, day = _account(user), on or timezone.localdate()
    tops = _tops(role for role in roles_of(user, day) if role.kind == kind)
    if known is None or not tops:
        return frozenset()
    return _once(known[0], f"territories:{kind}", day, lambda: territory_and_below(tops))


def _tops(roles: Iterable[RoleHeld]) -> frozenset[int]:
    return frozenset(
        role.territory_id
        for role in roles
        if role.scope_kind == ScopeKind.TERRITORY and role.territory_id is not None
    )


def _reached(roles: list[RoleHeld]) -> frozenset[int]:
    direct = [role.scope_id for role in roles]
    below = territory_and_below(_tops(roles))
    rows = Scope.objects.filter(Q(pk__in=direct) | Q(portfolio__in=direct) | Q(territory__in=below))
    return frozenset(rows.values_list("pk", flat=True))
