"""What was counted and taken so far: bases and amounts by window, amounts by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounting.calculations.contribution.presence import year_of
from accounting.calculations.contribution.scales import ORDINARY, Scale, Window
from cae.core.money import ZERO
from cae.core.periods import Month


@dataclass(frozen=True)
class Held:
    """What a window holds already. `elsewhere`: base counted under another version of the rule, whose
    amount is settled: it only says where the next slice begins."""

    base: Decimal = ZERO
    paid: Decimal = ZERO
    elsewhere: Decimal = ZERO


@dataclass(frozen=True)
class Before:
    """What a fact finds when it comes: its windows by category, and the year so far."""

    windows: Mapping[str, Held] = field(default_factory=dict)
    taken: Decimal = ZERO
    uncapped: Decimal = ZERO

    def held(self, category: str) -> Held:
        return self.windows.get(category, Held())


@dataclass(frozen=True)
class Counted:
    """Base and amount of one category that entered a window under a version of the rule."""

    category: str
    window: str
    version: int
    base: Decimal
    proportional: Decimal


def window_key(scale: Scale, category: str, on: date, name: str) -> str:
    """« year:2026 », « month:2026-11 », « document:F2026-0001 », « entry »."""
    window = scale.shape_of(category).window
    keys = {
        Window.DOCUMENT: f"document:{name}",
        Window.MONTH: f"month:{Month.of(on)}",
        Window.YEAR: f"year:{year_of(on, scale.year_starts)}",
        Window.ENTRY: "entry",
    }
    return keys[window]


def window_keys(scale: Scale, on: date, name: str) -> dict[str, str]:
    """The window of each category that has a shape of its own, ordinary first."""
    categories = [ORDINARY, *(category for category, _shape in scale.per_category)]
    return {category: window_key(scale, category, on, name) for category in categories}


class Memory:
    """Adds up what was counted, so that each fact finds what came before it."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], dict[int, tuple[Decimal, Decimal]]] = {}
        self._years: dict[int, tuple[Decimal, Decimal]] = {}

    def count(self, rows: Iterable[Counted]) -> None:
        for row in rows:
            versions = self._windows.setdefault((row.category, row.window), {})
            base, paid = versions.get(row.version, (ZERO, ZERO))
            versions[row.version] = (base + row.base, paid + row.proportional)

    def take(self, year: int, *, due: Decimal, uncapped: Decimal) -> None:
        taken, whole = self._years.get(year, (ZERO, ZERO))
        self._years[year] = (taken + due, whole + uncapped)

    def before(self, scale: Scale, version: int, on: date, name: str) -> Before:
        taken, uncapped = self._years.get(year_of(on, scale.year_starts), (ZERO, ZERO))
        windows = {
            category: self._held(category, window, version)
            for category, window in window_keys(scale, on, name).items()
            if (category, window) in self._windows
        }
        return Before(windows, taken, uncapped)

    def _held(self, category: str, window: str, version: int) -> Held:
        versions = self._windows[category, window]
        base, paid = versions.get(version, (ZERO, ZERO))
        others = (other for key, (other, _paid) in versions.items() if key != version)
        return Held(base, paid, sum(others, ZERO))
