"""The menu: each room registers its entries with the right that shows them; no page, no entry."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cae.core import permissions


@dataclass(frozen=True)
class Entry:
    """One entry of the menu."""

    group: str
    label: Any
    url_name: str
    right: str | None
    icon: str
    order: int = 50


@dataclass
class ShownEntry:
    """An entry as this person sees it on this page."""

    label: Any
    url: str
    icon: str
    current: bool
    count: int = 0


@dataclass
class ShownGroup:
    label: Any
    entries: list[ShownEntry] = field(default_factory=list)


_groups: dict[str, tuple[int, Any]] = {}
_entries: list[Entry] = []


def register_group(code: str, label: Any, *, order: int) -> None:
    """Declares a group of entries; an empty label draws its entries without a heading."""
    _groups[code] = (order, label)


def register_entry(**entry: Any) -> None:
    """Declares an entry: group, label, url_name, right (None: everybody signed in), icon, order."""
    _entries.append(Entry(**entry))


def entries() -> list[Entry]:
    return list(_entries)


def menu_of(request: HttpRequest) -> list[ShownGroup]:
    """Gives the groups that this person sees, the entry of this page marked."""
    shown: dict[str, ShownGroup] = {}
    allowed = [
        (entry, reverse(entry.url_name))
        for entry in sorted(_entries, key=lambda entry: (_groups[entry.group][0], entry.order))
        if entry.right is None or permissions.can(request.user, entry.right)
    ]
    # The entry of a page is the one whose address is the longest beginning of the page's.
    current = max((url for _, url in allowed if request.path.startswith(url)), key=len, default="")
    for entry, url in allowed:
        group = shown.setdefault(entry.group, ShownGroup(_groups[entry.group][1]))
        group.entries.append(ShownEntry(entry.label, url, entry.icon, url == current))
    return list(shown.values())
