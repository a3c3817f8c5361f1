"""A proposed scale played over several years: what the cooperative and each activity would have known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cae.core.money import ZERO

# How many of each end are named.
_EXTREMES = 5
# The shares of what an activity gave that tell a small change from a large one.
SMALL, LARGE = Decimal("0.05"), Decimal("0.20")
# Less by far, less, a little less, the same, a little more, more, more by far.
PLACES = 7
_SAME = 3


@dataclass(frozen=True)
class Tried:
    """One activity, one year."""

    activity: int
    name: str
    now: Decimal
    then: Decimal

    @property
    def change(self) -> Decimal:
        return self.then - self.now


@dataclass(frozen=True)
class TrialYear:
    """One year, or all of them together."""

    label: str
    rows: tuple[Tried, ...]

    @property
    def now(self) -> Decimal:
        return sum((row.now for row in self.rows), ZERO)

    @property
    def then(self) -> Decimal:
        return sum((row.then for row in self.rows), ZERO)

    @property
    def change(self) -> Decimal:
        return self.then - self.now

    @property
    def gainers(self) -> tuple[Tried, ...]:
        """Those who would have given less, the most relieved first."""
        return tuple(sorted((row for row in self.rows if row.change < 0), key=lambda row: row.change))

    @property
    def losers(self) -> tuple[Tried, ...]:
        """Those who would have given more, the most asked first."""
        return tuple(sorted((row for row in self.rows if row.change > 0), key=lambda row: -row.change))

    @property
    def unchanged(self) -> int:
        return sum(row.change == 0 for row in self.rows)

    @property
    def most_relieved(self) -> tuple[Tried, ...]:
        return self.gainers[:_EXTREMES]

    @property
    def most_asked(self) -> tuple[Tried, ...]:
        return self.losers[:_EXTREMES]


def whole(years: Iterable[TrialYear], label: str) -> TrialYear:
    """The years added up, activity by activity."""
    sums: dict[int, Tried] = {}
    for year in years:
        for row in year.rows:
            held = sums.get(row.activity, Tried(row.activity, row.name, ZERO, ZERO))
            sums[row.activity] = Tried(row.activity, row.name, held.now + row.now, held.then + row.then)
    rows = sorted(sums.values(), key=lambda row: (-abs(row.change), row.name))
    return TrialYear(label, tuple(rows))


def spread(rows: Iterable[Tried]) -> list[int]:
    """How many activities would have known each of the seven changes."""
    counts = [0] * PLACES
    for row in rows:
        counts[_place(row)] += 1
    return counts


def _place(row: Tried) -> int:
    """One that gave nothing and would have given knows a change by far."""
    if not row.change:
        return _SAME
    far = 1 + (abs(row.change) > SMALL * abs(row.now)) + (abs(row.change) > LARGE * abs(row.now))
    return _SAME + far if row.change > 0 else _SAME - far


def to_json(years: Iterable[TrialYear]) -> list[dict[str, Any]]:
    return [
        {
            "year": year.label,
            "rows": [[row.activity, row.name, str(row.now), str(row.then)] for row in year.rows],
        }
        for year in years
    ]


def from_json(figures: Iterable[Mapping[str, Any]]) -> tuple[TrialYear, ...]:
    return tuple(
        TrialYear(
            str(year["year"]),
            tuple(Tried(key, name, Decimal(now), Decimal(then)) for key, name, now, then in year["rows"]),
        )
        for year in figures
    )
