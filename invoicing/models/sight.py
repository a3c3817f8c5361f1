"""Whose commercial documents a person sees: their own activities', those they follow, or all by function."""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Q

from cae.core.questions import Given, GivenKeys
from entrepreneurs.models import Activity
from people.selectors import held_kinds, scopes_followed_by, scopes_of
from people.states import RoleKind

# They read every sale of the cooperative; the other functions see none by themselves (PEO-22).
ALL_SALES_KINDS = frozenset({RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER, RoleKind.AUDITOR})


def in_sight(user: Any, path: str = "activity") -> Q:
    """The condition on rows whose activity is reached through `path`."""
    seen = scopes_in_sight(user)
    return Q() if seen is None else Q(**{f"{path}__scope_id__among": seen})


def scopes_in_sight(user: Any) -> frozenset[int] | None:
    """The scopes of these activities; None for all of them."""
    if ALL_SALES_KINDS & held_kinds(user):
        return None
    followed = scopes_followed_by(user)
    return None if followed is None else scopes_of(user) | followed


def is_in_sight(user: Any, activity: Activity) -> bool:
    """Tells the same of the documents of one activity."""
    seen = scopes_in_sight(user)
    return seen is None or activity.scope_id in seen


def within(path: str = "activity") -> Q:
    """The condition of a question (cae.core.questions) whose reach is told by `reach` when it is asked."""
    return Q(Given("everywhere", BooleanField())) | Q(**{f"{path}__scope_id__in": GivenKeys("scopes")})


def reach(scopes: frozenset[int] | None) -> dict[str, Any]:
    """What tells a question how far to look: these scopes; None for all of them."""
    return {"everywhere": scopes is None, "scopes": scopes or frozenset()}
