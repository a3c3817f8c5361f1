"""All that one needs to compute the months of an activity, read beforehand: nothing is asked on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from accounting.calculations.contribution.people import Dates, People
from accounting.calculations.contribution.replay import Version
from accounting.calculations.contribution.scales import Turnover
from accounting.calculations.contribution.windows import Counted
from cae.core.money import ZERO
from cae.core.periods import Month

Sums: TypeAlias = Mapping[str, Decimal]


@dataclass(frozen=True)
class Figures:
    """The amounts that a run adds to its subject."""

    base: Decimal = ZERO
    proportional: Decimal = ZERO
    fixed: Decimal = ZERO
    uncapped: Decimal = ZERO
    due: Decimal = ZERO

    def __add__(self, other: Figures) -> Figures:
        return self - (Figures() - other)

    def __sub__(self, other: Figures) -> Figures:
        return Figures(
            self.base - other.base,
            self.proportional - other.proportional,
            self.fixed - other.fixed,
            self.uncapped - other.uncapped,
            self.due - other.due,
        )

    def __bool__(self) -> bool:
        return any((self.base, self.proportional, self.fixed, self.uncapped, self.due))


@dataclass(frozen=True)
class Booked:
    """What the runs of a subject add up to. `live`: the last one was not undone."""

    rank: int = 0
    live: bool = False
    figures: Figures = Figures()
    parts: tuple[Counted, ...] = ()
    last: int | None = None
    version: int | None = None


@dataclass(frozen=True)
class Other:
    """What something else than a month gave: a document, a receipt, an advance."""

    on: date
    year: int
    figures: Figures
    parts: tuple[Counted, ...] = ()


@dataclass(frozen=True)
class InForce:
    """A version of a scale, over the days when the activity has it."""

    dates: Dates
    version: Version
    code: str


@dataclass(frozen=True)
class History:
    """An activity over the years that its windows touch."""

    people: People
    scales: tuple[InForce, ...] = ()
    sales: Mapping[tuple[Month, Turnover], Sums] = field(default_factory=dict)
    costs: Mapping[Month, Sums] = field(default_factory=dict)
    months: Mapping[Month, Booked] = field(default_factory=dict)
    years: Mapping[int, Booked] = field(default_factory=dict)
    others: tuple[Other, ...] = ()
    earlier: tuple[Counted, ...] = ()
    # The key of the last run read: another one means that the books have moved.
    last_run: int = 0

    def scale_on(self, day: date) -> InForce | None:
        return next((one for one in self.scales if one.dates.has(day)), None)

    def sales_of(self, month: Month, turnover: Turnover) -> Sums:
        return self.sales.get((month, turnover), {})
