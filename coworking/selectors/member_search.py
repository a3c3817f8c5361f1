"""What the search everywhere finds among those who work in places, for whoever runs or follows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from cae.core.permissions import can
from cae.core.plain import with_words
from cae.core.search import Hit
from coworking.models import Member
from people.selectors.rights import scopes_followed_by
from people.states import RoleKind

MEMBERS = _("Coworkers")
_KINDS = (
    RoleKind.PLACE_FACILITATOR,
    RoleKind.COOPERATIVE_LIFE,
    RoleKind.CO_MANAGER,
    RoleKind.ACCOUNTANT,
    RoleKind.AUDITOR,
    RoleKind.ADMINISTRATOR,
)


def find_members(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By name of the person, their trade or their organisation."""
    if not can(user, "coworking.read_members"):
        return
    rows = Member.objects.select_related("person", "place")
    seen: set[int] = set()
    for kind in _KINDS:
        followed = scopes_followed_by(user, kind=kind)
        if followed is None:
            break
        seen |= followed
    else:
        rows = rows.filter(place__scope__in=seen)
    found = with_words(rows, terms, "=person__sort_name", "trade", "organisation__name")
    for row in found.order_by("person__sort_name", "-starts_on")[:limit]:
        yield Hit(MEMBERS, str(row), row.place.name, row.get_absolute_url(), "person")
