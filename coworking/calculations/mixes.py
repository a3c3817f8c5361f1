"""The passes that cover what was used for the least (COW-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Offer:
    """A pass on sale: so many units for a price (euros excl. tax), to be used within so many days."""

    name: str
    units: int
    price: Decimal
    days: int


@dataclass(frozen=True)
class Mix:
    """How many of each pass, in the order of the offers; what they cost, what they hold."""

    counts: tuple[tuple[str, int], ...]
    price: Decimal
    units: int


def cheapest_mix(offers: Sequence[Offer], wanted: int) -> Mix | None:
    """The least for so many units at least; of two as cheap, fewer passes, then those that last longer. None:
    nothing is on sale. Exact: every number of units is solved from the smaller ones."""
    sold = [offer for offer in offers if offer.units > 0]
    if not sold:
        return None
    # For each number of units: price, how many passes, less days (to be least), the offers taken.
    best: list[tuple[Decimal, int, int, tuple[int, ...]]] = [(Decimal(0), 0, 0, ())]
    for units in range(1, wanted + 1):
        best.append(
            min(
                (
                    before[0] + offer.price,
                    before[1] + 1,
                    before[2] - offer.days,
                    (*before[3], rank),
                )
                for rank, offer in enumerate(sold)
                for before in [best[max(0, units - offer.units)]]
            )
        )
    price, _count, _days, taken = best[max(wanted, 0)]
    counts = tuple((offer.name, taken.count(rank)) for rank, offer in enumerate(sold) if rank in taken)
    return Mix(counts, price, sum(sold[rank].units for rank in taken))
