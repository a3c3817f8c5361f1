"""Whose commercial documents a person sees: their own activities', those they follow, or all by function."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from people.selectors import held_kinds, scopes_followed_by, scopes_of
from people.states import RoleKind

# They read every sale of the cooperative; the other functions see none by themselves (PEO-22).
ALL_SALES_KINDS = frozenset({RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER, RoleKind.AUDITOR})


def in_sight(user: Any, path: str = "activity") -> Q:
    """The condition on rows whose activity is reached through `path`."""
    if ALL_SALES_KINDS & held_kinds(user):
        return Q()
    followed = scopes_followed_by(user)
    if followed is None:
        return Q()
    return Q(**{f"{path}__scope_id__in": scopes_of(user) | followed})
