"""The bar of tabs of one place: each subject adds its page, shown to whoever may open it. What is set once
(hours, resources, keys…) stands on a second bar, under the page of the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cae.core.permissions import can
from cae.core.tables import Tab
from coworking.models import Place


@dataclass(frozen=True)
class _Page:
    label: Any
    url_name: str
    right: str
    order: int
    is_set: bool


THE_PLACE = "coworking:place"

_pages: list[_Page] = []


def register_place_tab(*, label: Any, url_name: str, right: str, order: int, is_set: bool = False) -> None:
    """Declares a page of a place, once, from the registration of a subject: its address takes the key of the
    place, its right is asked of the place; `is_set`: what is set once, under the page of the place."""
    _pages.append(_Page(label, url_name, right, order, is_set))


def place_tabs(user: Any, place: Place, current: str) -> list[Tab]:
    """The pages of a place that this person may open, in their order; what is set once under its own."""
    pages = [page for page in sorted(_pages, key=lambda page: page.order) if can(user, page.right, place)]

    def drawn(page: _Page, label: Any, *, is_current: bool, under: Sequence[Tab] = ()) -> Tab:
        return Tab(label, reverse(page.url_name, args=[place.pk]), current=is_current, under=under)

    sets = [drawn(page, page.label, is_current=page.url_name == current) for page in pages if page.is_set]
    found = []
    for page in pages:
        if page.url_name == THE_PLACE:
            below = [drawn(page, _("Fiche"), is_current=current == THE_PLACE), *sets] if sets else []
            here = current == THE_PLACE or any(tab.current for tab in sets)
            found.append(drawn(page, page.label, is_current=here, under=below if here else ()))
        elif not page.is_set:
            found.append(drawn(page, page.label, is_current=page.url_name == current))
    return found
