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
    followed = scopes_followed_by(user)
    rows = Activity.objects.order_by().values("pk")
    if followed is None:
        return rows
    return rows.filter(Q(scope__in=scopes_of(user)) | Q(scope__in=followed))
