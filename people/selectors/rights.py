"""What a user may do today: roles and scopes in force, read once per request and kept on the user object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from cae.core.questions import Given, Question
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


@dataclass(frozen=True)
class _Rights:
    """What a person holds and belongs to on a day."""

    roles: tuple[RoleHeld, ...]
    # The part the person has in each scope they belong to.
    parts: dict[int, str]
    marks: frozenset[str]


# How a membership is told from a role in the rows below: its part comes after this mark.
_MEMBER = "in:"
# The same of what an upper room says of a person.
_MARK = "is:"
_marks: dict[str, Callable[[], QuerySet[Any, Any]]] = {}


def provide_mark(code: str, rows: Callable[[], QuerySet[Any, Any]]) -> None:
    """Registers what an upper room says of a person (« sits in a committee »), true when there are rows for
    `Given("person")`: read with the roles, since the menu of every page asks for it."""
    if code in _marks:
        raise ValueError(f"mark {code!r} is provided twice")
    _marks[code] = rows


def _marked(code: str, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    none = Value(None, IntegerField())
    return rows.order_by().values_list("pk", Value(_MARK + code), none, Value(None, CharField()), none)[:1]


def _rights_held() -> QuerySet[Any, tuple[int, str, int | None, str | None, int | None]]:
    """Roles and memberships in force, in one query: every page asks for both."""
    person, on = Given("person"), Given("on")
    roles = Role.objects.in_force(on).filter(person_id=person).order_by()
    scopes = PersonScope.objects.in_force(on).filter(person_id=person).order_by()
    no_kind, no_territory = Value(None, CharField()), Value(None, IntegerField())
    return roles.values_list("pk", "kind", "scope_id", "scope__kind", "scope__territory_id").union(
        scopes.values_list("pk", Concat(Value(_MEMBER), "part"), "scope_id", no_kind, no_territory),
        *(_marked(code, rows()) for code, rows in _marks.items()),
        all=True,
    )


_RIGHTS = Question(_rights_held)


def _rights_of(user: Visitor, on: date | None) -> _Rights:
    known, day = _account(user), on or timezone.localdate()
    if known is None:
        return _Rights((), {}, frozenset())
    account, person_id = known

    def read() -> _Rights:
        rows = sorted(_RIGHTS(person=person_id, on=day), key=lambda row: row[0])
        return _Rights(
            roles=tuple(RoleHeld(*row[1:]) for row in rows if not row[1].startswith((_MEMBER, _MARK))),
            parts={
                row[2]: row[1].removeprefix(_MEMBER)
                for row in rows
                if row[1].startswith(_MEMBER) and row[2] is not None
            },
            marks=frozenset(row[1].removeprefix(_MARK) for row in rows if row[1].startswith(_MARK)),
        )

    return _once(account, "rights", day, read)


def roles_of(user: Visitor, on: date | None = None) -> tuple[RoleHeld, ...]:
    """The roles in force that day, wherever they reach."""
    return _rights_of(user, on).roles


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


def has_mark(user: Visitor, code: str) -> bool:
    """Tells what an upper room says of the person (`provide_mark`)."""
    return code in _rights_of(user, None).marks


def scopes_of(user: Visitor, on: date | None = None) -> frozenset[int]:
    """The scopes the person belongs to: their own activities, places, projects."""
    return frozenset(_rights_of(user, on).parts)


def scopes_with_part(user: Visitor, parts: frozenset[str], on: date | None = None) -> frozenset[int]:
    """Those of them where the person has one of these parts (`people.states.SELLING_PARTS`…)."""
    return frozenset(scope for scope, part in _rights_of(user, on).parts.items() if part in parts)


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
    inside = Q(pk__in=direct) | Q(portfolio__in=direct) | Q(territory__in=below)
    rows = Scope.objects.filter(inside).order_by()
    return frozenset(rows.values_list("pk", flat=True))
