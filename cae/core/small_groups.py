"""Counts by group that tell nothing about one person: groups of a few are told together (GOV-36, COW-25)."""

from __future__ import annotations

from collections.abc import Mapping

# Fewer people than this would be recognised by those who work with them.
LEAST_TOLD = 5


def told_apart(sizes: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Gives the groups told by themselves, in their order, then those told together: the small ones, and the
    smallest of the others while these together are too few. Nothing is told when all of them end together:
    the total, told elsewhere, would take the place of the only row, or give back the one left out."""
    waiting = sorted(sizes, key=lambda group: (sizes[group], group))
    together: list[str] = []
    while waiting and (sizes[waiting[0]] < LEAST_TOLD or 0 < _people(together, sizes) < LEAST_TOLD):
        together.append(waiting.pop(0))
    if not waiting:
        return [], []
    return [group for group in sizes if group in waiting], [group for group in sizes if group in together]


def _people(groups: list[str], sizes: Mapping[str, int]) -> int:
    return sum(sizes[group] for group in groups)
