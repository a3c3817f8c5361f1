"""Who sees which part of the books: all of them, or the activities one owns or follows."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from entrepreneurs.models import Activity
from people.selectors import held_kinds, scopes_followed_by, scopes_of
from people.states import RoleKind

BOOK_READERS = frozenset({RoleKind.ACCOUNTANT, RoleKind.AUDITOR, RoleKind.CO_MANAGER})


def sees_all_books(user: Any) -> bool:
    return not BOOK_READERS.isdisjoint(held_kinds(user))


def seen_activity_ids(user: Any) -> QuerySet[Activity, Any]:
    """Keys of the activities whose accounts this person reads: their own and those they follow."""
    seen = _seen_scopes(user)
    rows = Activity.objects.order_by().values("pk")
    return rows if seen is None else rows.filter(scope__in=seen)


def reads_books_of(user: Any, activity: Activity) -> bool:
    """Tells the same of one activity."""
    seen = _seen_scopes(user)
    return sees_all_books(user) or seen is None or activity.scope_id in seen


def books_reach(user: Any) -> dict[str, Any]:
    """What tells a question how far this person reads the books."""
    seen = None if sees_all_books(user) else _seen_scopes(user)
    return {"everywhere": seen is None, "scopes": seen or frozenset()}


def _seen_scopes(user: Any) -> frozenset[int] | None:
    """None for all of them."""
    followed = scopes_followed_by(user)
    return None if followed is None else scopes_of(user) | followed


def own_section(user: Any, path: str = "") -> Q:
    """The section of this person's own, reached through `path` (« analytic__ »)."""
    return Q(**{f"{path}person__isnull": False, f"{path}person": user.person_id})
