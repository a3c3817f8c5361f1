"""The tree of territories: what lies below, and the tree flattened for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from people.models import Territory


@dataclass(frozen=True)
class Branch:
    """A territory with its depth in the tree."""

    territory: Territory
    depth: int
    person_count: int


def territory_and_below(tops: Iterable[int]) -> frozenset[int]:
    """The given territories and every one under them."""
    children: dict[int | None, list[int]] = defaultdict(list)
    wanted = list(tops)
    if not wanted:
        return frozenset()
    for pk, parent in Territory.objects.values_list("pk", "parent_id"):
        children[parent].append(pk)
    found: set[int] = set()
    while wanted:
        pk = wanted.pop()
        if pk not in found:
            found.add(pk)
            wanted.extend(children[pk])
    return frozenset(found)


def territory_tree() -> list[Branch]:
    """Every territory, each under its parent, in alphabetical order at each level."""
    children: dict[int | None, list[Any]] = defaultdict(list)
    for territory in Territory.objects.annotate(person_count=Count("persons")).order_by("-name", "-pk"):
        children[territory.parent_id].append(territory)
    branches: list[Branch] = []
    waiting = [(territory, 0) for territory in children[None]]
    while waiting:
        top, depth = waiting.pop()
        branches.append(Branch(top, depth, top.person_count))
        waiting.extend((child, depth + 1) for child in children[top.pk])
    return branches


def territories_above(lows: Iterable[int]) -> frozenset[int]:
    """The given territories and every one that holds them."""
    parents = dict(Territory.objects.values_list("pk", "parent_id"))
    found: set[int] = set()
    for here in lows:
        low: int | None = here
        while low is not None and low not in found:
            found.add(low)
            low = parents.get(low)
    return frozenset(found)
