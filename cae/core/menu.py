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


@dataclass(frozen=True)
class NewEntry:
    """What can be made from anywhere: its word in « Nouveau ▾ » (« Facture »), and alone."""

    label: Any
    action: Any
    url_name: str
    right: str
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
    """Entries under one heading, of which the first opens it; alone, an entry stands for itself."""

    label: Any
    icon: str = ""
    entries: list[ShownEntry] = field(default_factory=list)

    @property
    def is_alone(self) -> bool:
        return not self.label or len(self.entries) == 1

    @property
    def url(self) -> str:
        return self.entries[0].url

    @property
    def current(self) -> bool:
        return any(entry.current for entry in self.entries)


@dataclass(frozen=True)
class _Heading:
    order: int
    label: Any
    icon: str


_groups: dict[str, _Heading] = {}
_entries: list[Entry] = []
_new: list[NewEntry] = []


def register_group(code: str, label: Any, *, order: int, icon: str = "") -> None:
    """Declares a group of entries; an empty label draws its entries without a heading."""
    _groups[code] = _Heading(order, label, icon)


def register_entry(**entry: Any) -> None:
    """Declares an entry: group, label, url_name, right (None: everybody signed in), icon, order."""
    _entries.append(Entry(**entry))


def register_new(**entry: Any) -> None:
    """Declares what « Nouveau ▾ » and the search offer: label, action, url_name, right, icon, order."""
    _new.append(NewEntry(**entry))


def entries() -> list[Entry]:
    return list(_entries)


def new_entries() -> list[NewEntry]:
    return sorted(_new, key=lambda entry: entry.order)


def group_label(code: str) -> Any:
    return _groups[code].label


def menu_of(request: HttpRequest) -> list[ShownGroup]:
    """Gives the groups that this person sees, the entry of this page marked."""
    shown: dict[str, ShownGroup] = {}
    allowed = [
        (entry, reverse(entry.url_name))
        for entry in sorted(_entries, key=lambda entry: (_groups[entry.group].order, entry.order))
        if entry.right is None or permissions.can(request.user, entry.right)
    ]
    # The entry of a page is the one whose address is the longest beginning of the page's.
    current = max((url for _, url in allowed if request.path.startswith(url)), key=len, default="")
    for entry, url in allowed:
        heading = _groups[entry.group]
        group = shown.setdefault(entry.group, ShownGroup(heading.label, heading.icon))
        group.entries.append(ShownEntry(entry.label, url, entry.icon, url == current))
    return list(shown.values())
