"""The tree of territories: what lies below, and the tree flattened for a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from people.models import Person, PersonScope, Scope, Territory, TerritoryFigure, in_use
from people.selectors.statuses import holders_on
from people.states import ScopeKind
from people.states.statuses import ENTREPRENEURIAL


@dataclass(frozen=True)
class Branch:
    """A territory with its depth in the tree."""

    territory: Territory
    depth: int
    figure: TerritoryFigure | None
    person_count: int
    seller_count: int
    activity_count: int


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


def territory_tree(on: date) -> list[Branch]:
    """The territories that exist that day, each under its parent, by name at each level; what is counted
    of one counts what lies below it."""
    children: dict[int | None, list[Territory]] = defaultdict(list)
    for territory in Territory.objects.order_by("-name", "-pk"):
        children[territory.parent_id].append(territory)
    counted = _rolled_up(children, on)
    figures = _figures(on)
    branches: list[Branch] = []
    waiting = [(territory, 0) for territory in children[None]]
    while waiting:
        top, depth = waiting.pop()
        waiting.extend((child, depth + 1) for child in children[top.pk])
        if top.exists_on(on):
            figure = figures.get(top.pk)
            branches.append(Branch(top, depth, figure, **counted[top.pk]))
    return branches


def _rolled_up(children: dict[int | None, list[Territory]], on: date) -> dict[int, dict[str, int]]:
    """Each figure of each territory, those below added to it: three queries whatever their number."""
    own = {name: dict(rows) for name, rows in _own_counts(on).items()}
    counted: dict[int, dict[str, int]] = {}

    def add(territory: Territory) -> dict[str, int]:
        below = [add(child) for child in children[territory.pk]]
        counted[territory.pk] = {
            name: rows.get(territory.pk, 0) + sum(one[name] for one in below) for name, rows in own.items()
        }
        return counted[territory.pk]

    for top in children[None]:
        add(top)
    return counted


def _own_counts(on: date) -> dict[str, Any]:
    """What hangs on each territory itself: (territory, how many)."""
    known = in_use(Person.objects.filter(territory__isnull=False))
    sellers = holders_on(ENTREPRENEURIAL, on).filter(person=OuterRef("pk"))
    running = PersonScope.objects.in_force(on).filter(scope=OuterRef("pk"))
    activities = Scope.objects.filter(Exists(running), kind=ScopeKind.ACTIVITY, territory__isnull=False)
    return {
        "person_count": _per_territory(known),
        "seller_count": _per_territory(known.filter(Exists(sellers))),
        "activity_count": _per_territory(activities),
    }


def _per_territory(rows: Any) -> Any:
    return rows.order_by().values_list("territory").annotate(Count("pk"))


def _figures(on: date) -> dict[int, TerritoryFigure]:
    """The figure in force of each territory."""
    rows = TerritoryFigure.objects.filter(valid_from__lte=on).order_by("valid_from", "pk")
    return {row.territory_id: row for row in rows}


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
