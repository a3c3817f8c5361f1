"""What a new version of a quote changes: lines added, taken away, changed (INV-17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A line as the customer reads it."""

    label: str
    quantity: Decimal
    unit_price: Decimal
    net: Decimal
    optional: bool = False
    choice: str = ""
    group: str = ""
    description: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A line that came (no `before`), that went (no `after`), or that says something else."""

    before: SaidLine | None
    after: SaidLine | None

    @property
    def line(self) -> SaidLine:
        found = self.after or self.before
        if found is None:
            raise ValueError("a change is about a line")
        return found


def changes(before: Sequence[SaidLine], after: Sequence[SaidLine]) -> tuple[Change, ...]:
    """The changes between two versions, in the order of the new one, then what is gone. A line only moved is
    no change; the same label is the same line, taken in order."""
    left = list(before)
    pairs: list[tuple[SaidLine | None, SaidLine]] = []
    for line in after:
        if line in left:
            left.remove(line)
            pairs.append((line, line))
        else:
            pairs.append((None, line))
    found: list[Change] = []
    for same, new in pairs:
        if same is not None:
            continue
        old = next((one for one in left if one.label == new.label), None)
        if old is not None:
            left.remove(old)
        found.append(Change(old, new))
    return (*found, *(Change(one, None) for one in left))
