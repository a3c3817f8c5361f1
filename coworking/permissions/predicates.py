"""Predicates that several subjects share: who runs a place, who reads them all."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.keys import key_in
from cae.core.models import Document
from coworking.models import Place
from people.models import User
from people.permissions import has_role, in_scope
from people.states import STAFF_KINDS, RoleKind

RUNNER_KINDS = (RoleKind.PLACE_FACILITATOR, RoleKind.COOPERATIVE_LIFE)
_reaches = in_scope(*RUNNER_KINDS)
# From what hangs on a place to the place, in the order to follow.
_WAYS = ("place", "resource", "item", "member", "payer", "subscription")
is_admin = has_role(RoleKind.ADMINISTRATOR)
opens_places = has_role(RoleKind.ADMINISTRATOR, RoleKind.CO_MANAGER)
reads_books = has_role(RoleKind.ACCOUNTANT, RoleKind.AUDITOR)
reads_places = has_role(*STAFF_KINDS, RoleKind.AUDITOR)


def place_of(obj: Any) -> Place | None:
    """The place of an object, or itself: a resource, what is of a resource, a loan of a key, a file that was
    stored about a place."""
    if isinstance(obj, Document):
        if obj.about_type != Place._meta.label_lower:
            return None
        return Place.objects.filter(pk=key_in(obj.about_id or "") or 0).first()
    while obj is not None and not isinstance(obj, Place):
        obj = next((getattr(obj, name) for name in _WAYS if hasattr(obj, name)), None)
    return obj


@rules.predicate
def runs_place(user: User, obj: Any = None) -> bool:
    """One runs this place: its facilitator, cooperative life of its territory, an administrator; without
    object: some place."""
    place = place_of(obj)
    if obj is not None and place is None:
        return False
    return is_admin.test(user) or _reaches.test(user, place)
