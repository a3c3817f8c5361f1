"""Predicates on dated roles, used by every room."""

from __future__ import annotations

from typing import Any

import rules
from rules.predicates import Predicate

from cae.core.permissions import kept
from people.models import Person, Scope, User
from people.selectors.assistance import may_act_for
from people.selectors.persons import READER_KINDS, persons_visible_to, reached_persons
from people.selectors.rights import held_kinds, scopes_followed_by, scopes_of, scopes_with_part
from people.states import (
    GUARDED_KINDS,
    LEADING_PARTS,
    SELLING_PARTS,
    STAFF_KINDS,
    WRITING_PARTS,
    RoleKind,
)


def has_role(*kinds: str) -> Predicate:
    """The user holds one of these roles today, wherever it reaches."""
    wanted = frozenset(str(kind) for kind in kinds)
    return Predicate(
        lambda user: not wanted.isdisjoint(held_kinds(user)), name="role:" + "|".join(sorted(wanted))
    )


def in_scope(*kinds: str) -> Predicate:
    """The user holds one of these roles today and the object lies within its reach.

    Without object: holds one at all. The scope of an object is its `scope_id`, or that of its activity.
    """
    wanted = sorted(str(kind) for kind in kinds)

    def reaches(user: User, obj: Any = None) -> bool:
        if obj is None:
            return not held_kinds(user).isdisjoint(wanted)
        scope_id = scope_id_of(obj)
        for kind in wanted:
            followed = scopes_followed_by(user, kind=kind)
            if followed is None or scope_id in followed:
                return True
        return False

    return Predicate(reaches, name="reach:" + "|".join(wanted))


def scope_id_of(obj: Any) -> int | None:
    """The scope that owns an object, or None when it belongs to the cooperative."""
    if isinstance(obj, Scope):
        return obj.pk
    if hasattr(obj, "scope_id"):
        found: int | None = obj.scope_id
        return found
    activity = getattr(obj, "activity", None)
    return scope_id_of(activity) if activity is not None else None


@rules.predicate
def is_own(user: User, obj: Any = None) -> bool:
    """The object belongs to a scope the user is in; without object: the user is in one at all."""
    own = scopes_of(user)
    return bool(own) if obj is None else scope_id_of(obj) in own


def takes_part(parts: frozenset[str]) -> Predicate:
    """The object belongs to a scope where the user has one of these parts; without object: such a scope
    exists."""

    def has_part(user: User, obj: Any = None) -> bool:
        own = scopes_with_part(user, parts)
        return bool(own) if obj is None else scope_id_of(obj) in own

    return Predicate(has_part, name="part:" + "|".join(sorted(parts)))


sells_own, writes_own, leads_own = map(takes_part, (SELLING_PARTS, WRITING_PARTS, LEADING_PARTS))

# An advisor writes the files within reach; administration and human resources write them all.
WRITER_KINDS: tuple[str, ...] = (RoleKind.ADMINISTRATOR, RoleKind.HUMAN_RESOURCES, RoleKind.ADVISOR)

is_entrepreneur = has_role(RoleKind.ENTREPRENEUR, RoleKind.PROJECT_HOLDER)
is_candidate = has_role(RoleKind.CANDIDATE)
is_associate = has_role(RoleKind.ASSOCIATE)
is_advisor = has_role(RoleKind.ADVISOR)
is_accountant = has_role(RoleKind.ACCOUNTANT)
is_hr = has_role(RoleKind.HUMAN_RESOURCES)
is_training_manager = has_role(RoleKind.TRAINING_MANAGER)
is_place_facilitator = has_role(RoleKind.PLACE_FACILITATOR)
is_cooperative_life = has_role(RoleKind.COOPERATIVE_LIFE)
is_webmaster = has_role(RoleKind.WEBMASTER)
is_project_manager = has_role(RoleKind.PROJECT_MANAGER)
is_manager = has_role(RoleKind.CO_MANAGER)
is_officer = has_role(RoleKind.DATA_OFFICER)
is_admin = has_role(RoleKind.ADMINISTRATOR)
is_auditor = has_role(RoleKind.AUDITOR)
is_staff_member = has_role(*STAFF_KINDS)
reads_persons = has_role(*READER_KINDS)
advises = in_scope(RoleKind.ADVISOR)


@rules.predicate
def is_about_another(user: User, obj: Any = None) -> bool:
    """The object is about somebody else than the user, or about nobody who has a file."""
    return obj is None or obj.person_id is None or obj.person_id != user.person_id


@rules.predicate
def is_oneself(user: User, person: Person | None = None) -> bool:
    return user.person_id is not None and (person is None or person.pk == user.person_id)


@rules.predicate
def sees_person(user: User, person: Person | None = None) -> bool:
    """Asks the same queryset as the list."""
    if person is None:
        return True
    return kept(user, person, "file", persons_visible_to(user).filter(pk=person.pk).exists)


@rules.predicate
def writes_person(user: User, person: Person | None = None) -> bool:
    if person is None:
        return not held_kinds(user).isdisjoint(WRITER_KINDS)
    return reached_persons(user, WRITER_KINDS).filter(pk=person.pk).exists()


@rules.predicate
def acts_for(user: User, person: Person | None = None) -> bool:
    return may_act_for(user, person)


# What an advisor may hand out with an invitation: the entrance of the path, nothing more.
ENTRANCE_KINDS: tuple[str, ...] = (RoleKind.CANDIDATE, RoleKind.PROJECT_HOLDER)


def kinds_given_by(user: User) -> tuple[str, ...]:
    """The roles this user may give, in the order of the list."""
    if is_admin(user):
        return tuple(RoleKind.values)
    if is_hr(user):
        return tuple(kind for kind in RoleKind.values if kind not in GUARDED_KINDS)
    return ENTRANCE_KINDS if is_advisor(user) else ()
