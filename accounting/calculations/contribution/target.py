"""The question turned round: how much must be sold to pay an employer cost once the contribution is given?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accounting.calculations.contribution.scales import Kind, Scale
from accounting.calculations.contribution.tariffs import tariff
from cae.core.money import CENT, ZERO, cents


@dataclass(frozen=True)
class Target:
    turnover: Decimal
    contribution: Decimal


def turnover_for_cost(scale: Scale, cost: Decimal) -> Target:
    """The turnover of one window, without other cost, that leaves this amount.

    A flat rate has its formula, rounded half up; the other shapes give the least turnover that leaves enough.
    Raises ValueError when no turnover is enough."""
    if scale.shape.kind == Kind.FLAT:
        if scale.shape.rate >= 1:
            raise ValueError("everything is given")
        turnover = cents(cost / (1 - scale.shape.rate))
        return Target(turnover, turnover - cost)
    low, high = 0, int(cost / CENT)
    while _left(scale, high) < cost:
        low, high = high, high * 2 + 1
        if high > 10**16:
            raise ValueError("no turnover is enough")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _left(scale, middle) >= cost else (middle, high)
    turnover = high * CENT + ZERO
    return Target(turnover, tariff(scale.shape, turnover))


def _left(scale: Scale, units: int) -> Decimal:
    turnover = units * CENT
    return turnover - tariff(scale.shape, turnover)
