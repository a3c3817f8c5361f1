"""What the search everywhere finds in the book of decisions, within sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from cae.core.plain import with_words
from cae.core.search import Hit
from governance.selectors.decisions import decisions_visible_to

DECISIONS = _("Décisions")


def find_governance(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By title, text or who is in charge."""
    rows = with_words(decisions_visible_to(user), terms, "title", "text", "=owner__sort_name")
    for row in rows[:limit]:
        yield Hit(DECISIONS, row.title, row.body.name, row.get_absolute_url(), "journal-text")
