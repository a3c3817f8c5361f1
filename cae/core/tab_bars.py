"""Bars of tabs: the pages of one desk, or those that several rooms add to a bar, each by its right."""

from __future__ import annotations

from collections.abc import Iterable
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
    """Gives the pages of a bar that this person may open, in their order."""
    pages = sorted(_bars.get(bar, ()), key=lambda page: page.order)
    return tabs_open_to(user, ((page.label, page.url_name, page.right) for page in pages), current)


def tabs_open_to(user: Any, pages: Iterable[tuple[Any, str, str]], current: str) -> list[Tab]:
    """Gives those of these pages (word, name of the address, right) that this person may open; one alone
    needs no bar."""
    shown = [
        Tab(label, reverse(url_name), current=url_name == current)
        for label, url_name, right in pages
        if permissions.can(user, right)
    ]
    return shown if len(shown) > 1 else []
