"""What the search everywhere finds among places and what is booked there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from cae.core.permissions import can
from cae.core.plain import with_words
from cae.core.search import Hit
from coworking.models import Place

PLACES = _("Lieux")


def find_places(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By name or town: the page of the team, or the public one."""
    reads = can(user, "coworking.read_places")
    rows = Place.objects.all() if reads else Place.objects.public()
    for row in with_words(rows, terms, "=sort_name", "city", "postcode")[:limit]:
        yield Hit(PLACES, row.name, row.town, row.get_absolute_url() if reads else row.public_url, "geo-alt")
