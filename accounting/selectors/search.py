"""What the search everywhere finds in the books: an entry by its number (« VE 12 »)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounting.models import Entry
from cae.core import permissions
from cae.core.search import Hit
from cae.core.templatetags import formats

ENTRIES = _("Écritures")
_NUMBER = re.compile(r"([a-z]{2,4})[\s-]*(\d{1,15})", re.IGNORECASE)


def find_entries(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """The entry that the words name, if the person reads it; no query otherwise."""
    named = _NUMBER.fullmatch(terms)
    if named is None or not permissions.can(user, "accounting.view_entry"):
        return
    rows = Entry.objects.visible_to(user).filter(journal__code=named[1].upper(), number=int(named[2]))
    for entry in rows.select_related("journal")[:limit]:
        detail = f"{formats.day(entry.on)} · {entry.label}"
        yield Hit(ENTRIES, entry.reference, detail, entry.get_absolute_url(), "journal-text")
