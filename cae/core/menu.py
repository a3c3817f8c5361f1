"""The menu: each room registers its entries with the right that shows them; no page, no entry.

A page lights one entry: its own, or the one that covers its address.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import reverse

from cae.core import permissions

# The group that stands under one's name, beside the side menu: one's account, one's space.
ACCOUNT = "account"
# Beyond, nobody finds anything at a glance (interface.md, « at most seven menu entries »).
MOST_GROUPS = 7


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


@dataclass(frozen=True)
class SitePage:
    """A page that anybody may open, in the menu of visitors."""

    label: Any
    url_name: str
    order: int


@dataclass
class ShownEntry:
    """An entry as this person sees it on this page."""

    label: Any
    url: str
    icon: str
    # « page » on the entry's own page, « true » on the others that it covers.
    current: Literal["", "page", "true"]
    count: int = 0


@dataclass
class ShownGroup:
    """Entries under one heading, of which the first opens it, and is not written again when it bears the same
    name; alone, an entry stands for itself."""

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

    @property
    def heads(self) -> Literal["", "page", "true"]:
        """How the heading is marked when it stands for its first entry."""
        first = self.entries[0]
        return first.current if first.label == self.label else ""

    @property
    def inner(self) -> list[ShownEntry]:
        """The entries under the heading."""
        return self.entries[self.entries[0].label == self.label :]


@dataclass(frozen=True)
class Menu:
    """What this person sees: the groups of the side menu, the entries under their name."""

    groups: list[ShownGroup]
    own: ShownGroup


@dataclass(frozen=True)
class _Heading:
    order: int
    label: Any
    icon: str
    folds_into: str = ""


_groups: dict[str, _Heading] = {}
_entries: list[Entry] = []
_new: list[NewEntry] = []
_site: list[SitePage] = []
_covered: dict[str, list[str]] = {}


def register_group(code: str, label: Any, *, order: int, icon: str = "", folds_into: str = "") -> None:
    """Declares a group of entries; an empty label draws its entries without a heading. `folds_into`: the
    group that takes its entries, before its own, for whoever would have too many groups."""
    _groups[code] = _Heading(order, label, icon, folds_into)


def register_entry(**entry: Any) -> None:
    """Declares an entry: group, label, url_name, right (None: everybody signed in), icon, order."""
    _entries.append(Entry(**entry))


def register_pages(url_name: str, *beginnings: str) -> None:
    """Declares pages that belong to the entries of this name though their address begins otherwise."""
    _covered.setdefault(url_name, []).extend(beginnings)


def register_new(**entry: Any) -> None:
    """Declares what « Nouveau ▾ » and the search offer: label, action, url_name, right, icon, order."""
    _new.append(NewEntry(**entry))


def register_site_page(*, label: Any, url_name: str, order: int) -> None:
    """Declares a page that anybody may open, for the menu of visitors (interface.md, page map)."""
    _site.append(SitePage(label, url_name, order))


def site_menu(path: str) -> list[ShownEntry]:
    """Gives the menu of visitors, the page of this address marked."""
    shown = []
    for page in sorted(_site, key=lambda page: page.order):
        url = reverse(page.url_name)
        mark: Literal["", "page", "true"] = "page" if path == url else "true" if path.startswith(url) else ""
        shown.append(ShownEntry(page.label, url, "", mark))
    return shown


def entries() -> list[Entry]:
    return list(_entries)


def new_entries() -> list[NewEntry]:
    return sorted(_new, key=lambda entry: entry.order)


def covered() -> dict[str, list[str]]:
    return {name: list(beginnings) for name, beginnings in _covered.items()}


def group_label(code: str) -> Any:
    return _groups[code].label


def menu_of(request: HttpRequest) -> Menu:
    """Gives the entries that this person sees, the one of this page marked."""
    allowed = [
        (entry, reverse(entry.url_name))
        for entry in sorted(_entries, key=lambda entry: (_groups[entry.group].order, entry.order))
        if entry.right is None or permissions.can(request.user, entry.right)
    ]
    lit = _entry_of(request.path, allowed)
    shown: dict[str, ShownGroup] = {}
    for entry, url in allowed:
        heading = _groups[entry.group]
        group = shown.setdefault(entry.group, ShownGroup(heading.label, heading.icon))
        mark: Literal["page", "true"] = "page" if request.path == url else "true"
        group.entries.append(ShownEntry(entry.label, url, entry.icon, mark if entry is lit else ""))
    own = shown.pop(ACCOUNT, ShownGroup(""))
    _fold(shown)
    return Menu(list(shown.values()), own)


def _fold(shown: dict[str, ShownGroup]) -> None:
    """Puts groups into others, the last first, as long as there are too many."""
    for code in reversed(list(shown)):
        into = _groups[code].folds_into
        if len(shown) > MOST_GROUPS and into in shown:
            shown[into].entries[:0] = shown.pop(code).entries


def _entry_of(path: str, allowed: list[tuple[Entry, str]]) -> Entry | None:
    """The entry whose address is the longest beginning of the page's; as long, an address of its own comes
    before those that an entry covers, then the order of the menu."""
    found, best = None, (0, False)
    for entry, url in allowed:
        for beginning in (url, *_covered.get(entry.url_name, ())):
            rank = (len(beginning), beginning == url)
            if path.startswith(beginning) and rank > best:
                found, best = entry, rank
    return found
