"""One box for everything (CAE-11): each room says what it finds for a person, and only what they may see."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import menu, permissions
from cae.core.importing.registry import imports_open_to
from cae.core.money import parse_amount

# Below this a word finds everything: pages and acts alone are looked through.
SHORTEST = 2
LIMIT = 6
MANY = 50
MAX_TERMS = 100

ACTIONS = gettext_lazy("Actions")
PAGES = gettext_lazy("Pages")


@dataclass(frozen=True)
class Hit:
    """Something found: the group it stands in, its name, what tells it from its like, its page."""

    kind: Any
    label: Any
    detail: Any
    url: str
    icon: str = "chevron-right"


@dataclass
class Group:
    label: Any
    hits: list[Hit] = field(default_factory=list)


Provider = Callable[[Any, str, int], Iterable[Hit]]

_providers: list[Provider] = []


def provide_search(provider: Provider) -> None:
    """Registers who finds what in a room: (user, terms, limit) → hits, in one query, in `apps.py`."""
    _providers.append(provider)


def search(user: Any, terms: str, *, limit: int = LIMIT) -> list[Group]:
    """Gives what the person may open and the words name, by group: acts, pages, then what each room found."""
    sought = " ".join(terms.split())[:MAX_TERMS]
    if not sought:
        return []
    found = [*_actions(user, sought), *_pages(user, sought)]
    if len(sought) >= SHORTEST:
        for provider in _providers:
            found += provider(user, sought, limit)
    return _grouped(found, limit)


def suggestions(user: Any) -> list[Group]:
    """Gives what an empty box offers: what can be made, and every page of the menu."""
    return _grouped([*_actions(user, ""), *_pages(user, "")], MANY)


def _grouped(found: Iterable[Hit], limit: int) -> list[Group]:
    groups: dict[str, Group] = {}
    for hit in found:
        group = groups.setdefault(str(hit.kind), Group(hit.kind))
        if len(group.hits) < limit:
            group.hits.append(hit)
    return list(groups.values())


def plain(text: Any) -> str:
    """Lower case, without accents: how words are compared where the database is not asked."""
    spread = unicodedata.normalize("NFKD", str(text).lower().replace("œ", "oe"))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def amount_in(terms: str) -> Decimal | None:
    """Gives the amount that the words write (« 1 234,50 », « 1234.5 € »), or nothing."""
    try:
        amount = parse_amount(terms)
    except ValueError:
        return None
    known = amount.is_finite() and 0 < amount < 10**10
    return amount.quantize(Decimal("0.01")) if known and amount == amount.quantize(Decimal("0.01")) else None


def named(label: Any, sought: str) -> bool:
    """Gives whether each word begins a word of the name: two letters of its middle would name too much."""
    words = plain(label).replace("’", " ").replace("'", " ").split()
    return all(any(word.startswith(part) for word in words) for part in plain(sought).split())


def _actions(user: Any, sought: str) -> Iterable[Hit]:
    for new in menu.new_entries():
        if named(new.action, sought) and permissions.can(user, new.right):
            yield Hit(ACTIONS, new.action, "", reverse(new.url_name), new.icon)
    for spec in imports_open_to(user):
        if named(spec.label, sought) or named(_("Importer"), sought):
            yield Hit(
                ACTIONS, spec.label, "", reverse("core:import_new", args=[spec.code]), "file-earmark-plus"
            )


def _pages(user: Any, sought: str) -> Iterable[Hit]:
    for entry in menu.entries():
        is_sought = named(entry.label, sought) or named(menu.group_label(entry.group), sought)
        if is_sought and (entry.right is None or permissions.can(user, entry.right)):
            detail = menu.group_label(entry.group)
            yield Hit(
                PAGES,
                entry.label,
                "" if detail == entry.label else detail,
                reverse(entry.url_name),
                entry.icon,
            )
