"""Two versions of the rules on the same cases: what moves, what was accepted, what is no longer needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accounting.calculations.pay.golden import play_cases
from accounting.calculations.pay.situations import Compute
from cae.core.money import ZERO

# Lines are rounded one by one, totals once: below this, two versions say the same.
TOLERANCE = Decimal("0.05")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure of a case that the two versions do not give alike; None: no value."""

    case: str
    figure: str
    old: Decimal | None
    new: Decimal | None

    @property
    def difference(self) -> Decimal:
        return (self.new or ZERO) - (self.old or ZERO)

    @property
    def matters(self) -> bool:
        """More than rounding, or a value where there was none."""
        return abs(self.difference) > TOLERANCE or (self.new is None) != (self.old is None)


def figures_of_cases(compute: Compute, cases: Mapping[str, Any]) -> dict[Key, Decimal | None]:
    """Every figure of our own cases under some rules."""
    return {(one.case, one.figure): one.found for one in play_cases(compute, cases)}


def figures_of_snapshots(compute: Compute, snapshots: Mapping[str, Any]) -> dict[Key, Decimal | None]:
    """Every figure of the snapshots of the publisher, in November 2026, under some rules."""
    base = snapshots["meta"]["base_situation"]
    found: dict[Key, Decimal | None] = {}
    for case in snapshots["snapshot_cases"]:
        words = {**base, **case["situation"], "date": "01/11/2026"}
        words = {name: said if isinstance(said, dict) else str(said) for name, said in words.items()}
        values = compute(words, list(case["expected_november_2026"]))
        found |= {(case["id"], name): values[name] for name in values}
    return found


def moved(old: Mapping[Key, Decimal | None], new: Mapping[Key, Decimal | None]) -> Iterator[Moved]:
    """The figures that differ, in the order of the cases."""
    for (case, figure), value in old.items():
        one = Moved(case, figure, value, new[case, figure])
        if one.difference or one.matters:
            yield one


def refused(differences: Sequence[Moved], accepted: Mapping[str, str]) -> list[Moved]:
    """Those that matter and whose case nobody accepted with a reason."""
    return [one for one in differences if one.matters and not accepted.get(one.case, "").strip()]
