"""What a contribution scale is made of, as plain values: base, shape, fixed part, floor, cap, reliefs.

Source: Code du travail L7331-2, 2° c (the contract says how the contribution is computed). Nothing is a
constant here: every figure comes from a vote.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO


class Kind(StrEnum):
    """How the amount follows the base."""

    FLAT = "flat"
    SLICES = "slices"
    WHOLE_BASE = "whole_base"
    CUMULATIVE = "cumulative"
    CURVE = "curve"


class Window(StrEnum):
    """Over what the base adds up before the shape applies."""

    DOCUMENT = "document"
    MONTH = "month"
    YEAR = "year"
    ENTRY = "entry"


class Turnover(StrEnum):
    INVOICED = "invoiced"
    RECEIVED = "received"


class TakenOn(StrEnum):
    MONTH = "month"
    DOCUMENT = "document"


class Part(StrEnum):
    """What a franchise or an exemption may waive."""

    PROPORTIONAL = "proportional"
    FIXED = "fixed"
    FLOOR = "floor"


class Contract(StrEnum):
    """Official names of the two contracts of a person whose activity contributes."""

    CAPE = "CAPE"
    CESA = "CESA"


class Spread(StrEnum):
    """When the amount of a curve is taken."""

    MONTHLY = "monthly"
    YEAR_END = "year_end"


class Edge(StrEnum):
    """What a curve does outside its points."""

    KEEP = "keep"
    EXTEND = "extend"


ORDINARY, TRAINING, INTERNAL = "ordinary", "training", "internal"
# The kinds of sale that may have a shape of their own; any other is ordinary.
CATEGORIES = (TRAINING, INTERNAL)


@dataclass(frozen=True)
class Tier:
    """A slice or a level: the rate up to this amount, included; None is without limit."""

    up_to: Decimal | None
    rate: Decimal


@dataclass(frozen=True)
class Point:
    base: Decimal
    amount: Decimal


@dataclass(frozen=True)
class Shape:
    """T(x): the amount for a base x accumulated over the window."""

    kind: Kind
    window: Window
    rate: Decimal = ZERO
    tiers: tuple[Tier, ...] = ()
    points: tuple[Point, ...] = ()
    above_last: Edge = Edge.KEEP
    spread: Spread = Spread.MONTHLY


@dataclass(frozen=True)
class Amounts:
    """An amount for everybody, or by kind of contract, or by rank of the month since entry."""

    everyone: Decimal = ZERO
    by_contract: tuple[tuple[str, Decimal], ...] = ()
    by_month: tuple[tuple[int | None, Decimal], ...] = ()

    def of(self, contract: str, rank: int) -> Decimal:
        """The amount for this contract in the month of this rank (1 is the month of entry)."""
        if self.by_contract:
            return dict(self.by_contract).get(contract, ZERO)
        for up_to, amount in self.by_month:
            if up_to is None or rank <= up_to:
                return amount
        return self.everyone

    @property
    def highest(self) -> Decimal:
        every = [amount for _key, amount in (*self.by_contract, *self.by_month)]
        return max(every, default=self.everyone)


@dataclass(frozen=True)
class Floor:
    """The least a month or a year gives."""

    per: Window
    amounts: Amounts
    per_person: bool = False
    advance_months: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Cap:
    """The most a year gives."""

    amount: Decimal
    associate_amount: Decimal | None = None
    pro_rata: bool = False


@dataclass(frozen=True)
class Franchise:
    """Parts waived in the first months."""

    months: int
    waives: frozenset[str]


@dataclass(frozen=True)
class Scale:
    turnover: Turnover
    taken_on: TakenOn
    shape: Shape
    minus: tuple[str, ...] = ()
    per_category: tuple[tuple[str, Shape], ...] = ()
    fixed: Amounts = Amounts()
    floor: Floor | None = None
    cap: Cap | None = None
    franchise: Franchise | None = None
    exemptions: tuple[tuple[str, frozenset[str]], ...] = ()
    year_starts: int = 1

    def category_of(self, category: str) -> str:
        """A category without a shape of its own is ordinary."""
        return category if category in dict(self.per_category) else ORDINARY

    def shape_of(self, category: str) -> Shape:
        return dict(self.per_category).get(category, self.shape)

    def waived_for(self, situation: str) -> frozenset[str]:
        """The parts that nobody asks for in this situation."""
        return dict(self.exemptions).get(situation, frozenset())

    @property
    def has_curve(self) -> bool:
        return Kind.CURVE in {self.shape.kind, *(shape.kind for _category, shape in self.per_category)}

    @property
    def is_monthly(self) -> bool:
        return self.taken_on == TakenOn.MONTH
