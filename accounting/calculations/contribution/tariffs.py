"""T(x): what a base gives under a shape, and the steps by which one finds it with a pencil."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from accounting.calculations.contribution.scales import Edge, Kind, Point, Shape, Tier, Window
from cae.core.money import CENT, ZERO, cents

YEAR_MONTHS = 12


@dataclass(frozen=True)
class Step:
    """A part of the base and its rate; no rate on a curve, which reads an amount."""

    base: Decimal
    rate: Decimal | None
    amount: Decimal


def tariff(shape: Shape, base: Decimal, *, months: int = YEAR_MONTHS) -> Decimal:
    """T(base), rounded half up to the cent; `months` are those a curve counts in its year.

    Below zero nothing is due, save that a document gives back exactly what its opposite pays.
    """
    if base < 0:
        return -tariff(shape, -base) if shape.window == Window.DOCUMENT else ZERO
    if shape.kind == Kind.CURVE:
        return _rounded(_spread_curve(shape, base, months))
    return cents(sum((step.base * step.rate for step in steps(shape, base) if step.rate is not None), ZERO))


def steps(shape: Shape, base: Decimal, *, months: int = YEAR_MONTHS) -> tuple[Step, ...]:
    """How a base that is not negative is cut: one step for each rate that applies to a part of it."""
    if base < 0:
        back = steps(shape, -base) if shape.window == Window.DOCUMENT else ()
        return tuple(Step(-step.base, step.rate, -step.amount) for step in back)
    if shape.kind == Kind.CURVE:
        return (Step(base, None, tariff(shape, base, months=months)),)
    if shape.kind == Kind.FLAT:
        return (_step(base, shape.rate),)
    if shape.kind == Kind.WHOLE_BASE:
        return (_step(base, level(shape.tiers, base).rate),)
    return tuple(_step(part, rate) for part, rate in _slices(shape.tiers, base))


def level(tiers: tuple[Tier, ...], base: Decimal) -> Tier:
    """The level that this base reaches: « up to and including »."""
    return next(tier for tier in tiers if tier.up_to is None or base <= tier.up_to)


def _step(base: Decimal, rate: Decimal) -> Step:
    return Step(base, rate, cents(base * rate))


def _slices(tiers: tuple[Tier, ...], base: Decimal) -> list[tuple[Decimal, Decimal]]:
    start, cut = ZERO, []
    for tier in tiers:
        end = base if tier.up_to is None else min(base, tier.up_to)
        if end > start:
            cut.append((end - start, tier.rate))
            start = end
    return cut or [(ZERO, tiers[0].rate)]


def _spread_curve(shape: Shape, base: Decimal, months: int) -> Fraction:
    """The yearly curve read on the base of a whole year, then the share of the months that count."""
    if not months:
        return Fraction(0)
    share = Fraction(months, YEAR_MONTHS)
    return _on_curve(shape, Fraction(base) / share) * share


def _on_curve(shape: Shape, base: Fraction) -> Fraction:
    points = shape.points
    if base <= points[0].base:
        return Fraction(points[0].amount)
    for left, right in pairwise(points):
        if base <= right.base:
            return _between(left, right, base)
    if shape.above_last == Edge.EXTEND:
        return _between(points[-2], points[-1], base)
    return Fraction(points[-1].amount)


def _between(left: Point, right: Point, base: Fraction) -> Fraction:
    slope = Fraction(right.amount - left.amount) / Fraction(right.base - left.base)
    return Fraction(left.amount) + (base - Fraction(left.base)) * slope


def _rounded(amount: Fraction) -> Decimal:
    """Exact fractions, so that a half cent of a twelfth is still a half cent."""
    sign = -1 if amount < 0 else 1
    return sign * int(abs(amount) * 100 + Fraction(1, 2)) * CENT
