"""Variants of a quote: groups of lines of which the customer takes exactly one, « au choix » (INV-14).

The line that opens a group names the choice that its group belongs to; the group lasts until the next title.
The variant that the seller proposes counts in the totals; the lines of the others are `optional`, as options
are, until the customer prefers them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from cae.core.money import ZERO


class Opening(Protocol):
    """What a line says of the group that it may open."""

    @property
    def group_title(self) -> str: ...

    @property
    def choice(self) -> str: ...

    @property
    def optional(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Variant:
    """One group of a choice: the places of its lines, the first of which opens it."""

    choice: str
    title: str
    places: tuple[int, ...]
    proposed: bool

    @property
    def first(self) -> int:
        return self.places[0]


def variants_of(lines: Sequence[Opening]) -> tuple[Variant, ...]:
    """The variants in the order of the lines, which are those of one document."""
    found: list[Variant] = []
    inside = False
    for place, line in enumerate(lines):
        if line.choice:
            inside = True
            found.append(Variant(line.choice, line.group_title, (place,), not line.optional))
        elif line.group_title:
            inside = False
        elif inside:
            last = found.pop()
            found.append(Variant(last.choice, last.title, (*last.places, place), last.proposed))
    return tuple(found)


def choices_of(variants: Sequence[Variant]) -> dict[str, tuple[Variant, ...]]:
    """The variants under the name of their choice, in order."""
    found: dict[str, tuple[Variant, ...]] = {}
    for variant in variants:
        found[variant.choice] = (*found.get(variant.choice, ()), variant)
    return found


def proposed_of(variants: Sequence[Variant]) -> tuple[Variant, ...]:
    """One variant for each choice: the one that its seller proposes, else the first."""
    return tuple(
        next((one for one in some if one.proposed), some[0]) for some in choices_of(variants).values()
    )


def optional_places(
    lines: Sequence[Opening], *, taken: Sequence[Variant], options: Collection[int] = ()
) -> frozenset[int]:
    """The places that count in no total once these variants and these options are taken."""
    variants = variants_of(lines)
    inside = {place: variant for variant in variants for place in variant.places}
    return frozenset(
        place
        for place, line in enumerate(lines)
        if (inside[place] not in taken if place in inside else line.optional and place not in options)
    )


def extremes_of(variants: Sequence[Variant], nets: Mapping[int, Decimal]) -> list[tuple[Variant, ...]]:
    """The cheapest variant of each choice, then the dearest, by the nets of places; nothing without any."""
    if not variants:
        return []

    def worth(variant: Variant) -> Decimal:
        return sum((nets[place] for place in variant.places), ZERO)

    several = choices_of(variants).values()
    return [tuple(min(some, key=worth) for some in several), tuple(max(some, key=worth) for some in several)]
