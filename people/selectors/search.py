"""What the search everywhere finds in the room: persons and organisations, within sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from cae.core import permissions
from cae.core.plain import with_words
from cae.core.search import Hit
from people.models import Organisation, in_use
from people.selectors.persons import persons_visible_to

PERSONS, ORGANISATIONS = _("Personnes"), _("Organismes")


def find_persons(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By any part of the name or of the address, in one query."""
    if user.person_id is None:
        return
    used = in_use(persons_visible_to(user))
    rows = with_words(used, terms, "=sort_name", "=email").order_by("sort_name", "pk")
    for person in rows[:limit]:
        yield Hit(PERSONS, person.full_name, person.email, person.get_absolute_url(), "person")


def find_organisations(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By name, or by the SIREN that the words write."""
    if not permissions.can(user, "people.view_organisations"):
        return
    number = "".join(terms.split())
    if number.isdecimal() and len(number) in (9, 14):
        rows = Organisation.objects.filter(siren=number[:9])
    else:
        rows = with_words(Organisation.objects.all(), terms, "=sort_name")
    for row in rows.order_by("sort_name", "pk")[:limit]:
        yield Hit(ORGANISATIONS, row.name, row.city, row.get_absolute_url(), "building")
