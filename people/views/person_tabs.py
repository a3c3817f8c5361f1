"""The tabs that people’s pages share: the list and what is counted of it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cae.core.permissions import can
from cae.core.tables import Tab

_LISTS = (
    (_("Personnes"), "people:person_list", "people.view_persons"),
    (_("Effectifs"), "people:headcount", "people.view_headcount"),
    (_("Doublons"), "people:duplicate_list", "people.view_duplicates"),
)


def tabs_of_list(user: Any, current: str) -> list[Tab]:
    """People one by one, or counted; no tab for who sees one page only."""
    shown = [
        Tab(label, reverse(name), current=name == current)
        for label, name, right in _LISTS
        if can(user, right)
    ]
    return shown if len(shown) > 1 else []
