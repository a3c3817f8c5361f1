"""What a plan includes, what is carried over, and what is beyond (COW-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, order=True)
class Lot:
    """So many units (hours, half-days, days) to use until a day, included; sorted by what lapses first."""

    until: date
    left: Decimal
    key: int = 0


@dataclass(frozen=True)
class Drawn:
    """What was taken of each lot by its key, what no lot covered, and the lots as they stand afterwards."""

    taken: tuple[tuple[int, Decimal], ...]
    beyond: Decimal
    lots: tuple[Lot, ...]

    @property
    def covered(self) -> Decimal:
        return sum((units for _key, units in self.taken), Decimal(0))


def draw(lots: Sequence[Lot], wanted: Decimal, *, on: date) -> Drawn:
    """Takes so many units of a day from the lots that are alive, those that lapse first first."""
    taken: list[tuple[int, Decimal]] = []
    after: list[Lot] = []
    rest = wanted
    for lot in sorted(lots):
        units = min(lot.left, rest) if lot.until >= on else Decimal(0)
        if units > 0:
            taken.append((lot.key, units))
            rest -= units
        after.append(Lot(lot.until, lot.left - units, lot.key))
    return Drawn(tuple(taken), rest, tuple(after))
