"""Bars of tabs that several rooms share: each room adds its page with the right that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cae.core import permissions
from cae.core.tables import Tab

# What concerns the person who is signed in; what human resources keep.
OWN, HUMAN_RESOURCES = "own", "human_resources"


@dataclass(frozen=True)
class _Page:
    label: Any
    url_name: str
    right: str
    order: int


_bars: dict[str, list[_Page]] = {}


def register_tab(bar: str, *, label: Any, url_name: str, right: str, order: int) -> None:
    """Declares, in a room's `ready()`, a page of a bar."""
    _bars.setdefault(bar, []).append(_Page(label, url_name, right, order))


def tabs_of(user: Any, bar: str, current: str) -> list[Tab]:
    """Gives the pages of a bar that this person may open; one alone needs no bar."""
    pages = sorted(_bars.get(bar, ()), key=lambda page: page.order)
    shown = [
        Tab(page.label, reverse(page.url_name), current=page.url_name == current)
        for page in pages
        if permissions.can(user, page.right)
    ]
    return shown if len(shown) > 1 else []
