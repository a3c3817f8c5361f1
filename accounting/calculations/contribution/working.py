"""What a month or a document gives: base, proportional part, fixed part, floor, cap, in that order.

Source: Code du travail L7332-3 and R7331-11 (taken before the variable part of pay, with the costs directly
linked to the activity). Amounts are rounded for each window and for the sum, nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounting.calculations.contribution.presence import Presence, months_present, waived, year_of
from accounting.calculations.contribution.scales import (
    ORDINARY,
    Cap,
    Kind,
    Part,
    Scale,
    Shape,
    Spread,
    Window,
)
from accounting.calculations.contribution.tariffs import YEAR_MONTHS, Step, steps, tariff
from accounting.calculations.contribution.windows import Before, Counted, window_key
from cae.core.money import ZERO, cents
from cae.core.periods import Month


@dataclass(frozen=True)
class Fact:
    """What happened: a month (`on` is its last day) or a document, with the people there that day.

    `curve_months`: months of the year that a curve counts so far; `closes`: the year, or the activity, ends
    here."""

    on: date
    name: str
    presence: Presence
    sales: Mapping[str, Decimal]
    costs: Mapping[str, Decimal] = field(default_factory=dict)
    curve_months: int = YEAR_MONTHS
    closes: bool = False


@dataclass(frozen=True)
class PartWorking:
    """The proportional part of one category. An empty window: the part is waived and nothing is kept."""

    category: str
    window: str
    sales: Decimal
    costs: tuple[tuple[str, Decimal], ...]
    base: Decimal
    base_before: Decimal
    paid_before: Decimal
    proportional: Decimal
    steps: tuple[Step, ...] = ()

    def counted(self, version: int) -> Counted:
        return Counted(self.category, self.window, version, self.base, self.proportional)


@dataclass(frozen=True)
class Working:
    """All the figures by which one finds the amount again."""

    parts: tuple[PartWorking, ...]
    fixed: Decimal
    floor: Decimal | None
    uncapped: Decimal
    cap: Decimal | None
    cap_left: Decimal | None
    due: Decimal
    waived: frozenset[str] = frozenset()

    @property
    def base(self) -> Decimal:
        return sum((part.base for part in self.parts), ZERO)

    @property
    def proportional(self) -> Decimal:
        return sum((part.proportional for part in self.parts), ZERO)


def evaluate(scale: Scale, fact: Fact, before: Before) -> Working:
    """What the fact gives to the shared services; negative when it takes back more than it brings."""
    gone = waived(scale, fact.presence, fact.on)
    parts = tuple(_part(scale, fact, category, before, gone) for category in _categories(scale, fact, before))
    rank = fact.presence.months_until(Month.of(fact.on))
    fixed, floor = ZERO, None
    if scale.is_monthly:
        fixed = ZERO if Part.FIXED in gone else scale.fixed.of(fact.presence.contract, rank)
        floor = _floor(scale, fact.presence, rank, gone)
    uncapped = cents(sum((part.proportional for part in parts), fixed))
    if floor is not None:
        uncapped = max(uncapped, floor)
    cap = cap_of_year(scale, fact.presence, year_of(fact.on, scale.year_starts))
    left = None if cap is None else max(cap - before.taken, ZERO)
    due = uncapped if left is None else _under_cap(uncapped, left, before)
    return Working(parts, fixed, floor, uncapped, cap, left, due, gone)


def cap_of_year(scale: Scale, presence: Presence, year: int) -> Decimal | None:
    """The most this year may give: the associates' own amount, in proportion to the months present."""
    if scale.cap is None:
        return None
    amount = _cap_amount(scale.cap, presence)
    if scale.cap.pro_rata:
        amount = cents(amount * months_present(presence, year, scale.year_starts) / YEAR_MONTHS)
    return amount


def _cap_amount(cap: Cap, presence: Presence) -> Decimal:
    if presence.associate and cap.associate_amount is not None:
        return cap.associate_amount
    return cap.amount


def _under_cap(uncapped: Decimal, left: Decimal, before: Before) -> Decimal:
    """At most what is left; what the cap had kept off is taken away first when something is given back."""
    if uncapped >= 0:
        return min(uncapped, left)
    kept_off = max(before.uncapped - before.taken, ZERO)
    return min(uncapped + kept_off, ZERO)


def _floor(scale: Scale, presence: Presence, rank: int, gone: Iterable[str]) -> Decimal | None:
    if scale.floor is None or scale.floor.per != Window.MONTH:
        return None
    if Part.FLOOR in gone:
        return ZERO
    people = presence.people if scale.floor.per_person else 1
    return scale.floor.amounts.of(presence.contract, rank) * people


def _categories(scale: Scale, fact: Fact, before: Before) -> list[str]:
    """Those that the fact touches; a month always asks about the ordinary one."""
    found = {scale.category_of(category) for category in fact.sales}
    if scale.is_monthly or fact.costs:
        found.add(ORDINARY)
    if scale.is_monthly:
        found |= before.windows.keys() & {category for category, _shape in scale.per_category}
    return sorted(found, key=lambda category: (category != ORDINARY, category))


def _part(scale: Scale, fact: Fact, category: str, before: Before, gone: Iterable[str]) -> PartWorking:
    sales = sum((net for name, net in fact.sales.items() if scale.category_of(name) == category), ZERO)
    costs: tuple[tuple[str, Decimal], ...] = ()
    if category == ORDINARY:
        costs = tuple((kind, fact.costs[kind]) for kind in scale.minus if fact.costs.get(kind))
    base = sales - sum((amount for _kind, amount in costs), ZERO)
    if Part.PROPORTIONAL in gone:
        return PartWorking(category, "", sales, costs, base, ZERO, ZERO, ZERO)
    shape, held = scale.shape_of(category), before.held(category)
    window = window_key(scale, category, fact.on, fact.name)
    counted = held.base + held.elsewhere
    paid = held.paid + (tariff(shape, held.elsewhere, months=fact.curve_months) if held.elsewhere else ZERO)
    if _waits_for_the_end(shape, fact):
        return PartWorking(category, window, sales, costs, base, counted, paid, ZERO)
    proportional = tariff(shape, counted + base, months=fact.curve_months) - paid
    used = _steps_of(shape, counted, counted + base, fact.curve_months)
    return PartWorking(category, window, sales, costs, base, counted, paid, proportional, used)


def _waits_for_the_end(shape: Shape, fact: Fact) -> bool:
    return shape.kind == Kind.CURVE and shape.spread == Spread.YEAR_END and not fact.closes


def _steps_of(shape: Shape, before: Decimal, after: Decimal, months: int) -> tuple[Step, ...]:
    """The steps of this base alone when it is the end of slices; those of the whole window otherwise."""
    whole = steps(shape, after, months=months)
    if shape.kind not in (Kind.SLICES, Kind.CUMULATIVE, Kind.FLAT) or not before:
        return whole
    former, latter = _by_rate(steps(shape, before, months=months)), _by_rate(whole)
    moved = [(rate, latter.get(rate, ZERO) - former.get(rate, ZERO)) for rate in {**latter, **former}]
    return (
        tuple(Step(base, rate, cents(base * rate)) for rate, base in moved if base and rate is not None)
        or (whole[-1:])
    )


def _by_rate(cut: Iterable[Step]) -> dict[Decimal | None, Decimal]:
    """The base under each rate: two tiers may bear the same."""
    found: dict[Decimal | None, Decimal] = {}
    for step in cut:
        found[step.rate] = found.get(step.rate, ZERO) + step.base
    return found
