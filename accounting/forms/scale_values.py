"""The rules of a version, back into the boxes of the form that prepares the next one."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from accounting.calculations.contribution.scales import (
    INTERNAL,
    TRAINING,
    Amounts,
    Contract,
    Kind,
    Scale,
    Shape,
    Tier,
)
from accounting.models import ContributionScale


def values_of(version: ContributionScale) -> dict[str, Any]:
    """What each box of the form shows; the date and the vote are to come."""
    scale = version.rule
    own = dict(scale.per_category)
    return {
        "code": version.code,
        "label": version.label,
        "is_default": version.is_default,
        "assembly": version.assembly,
        "turnover": scale.turnover,
        "minus": list(scale.minus),
        "taken_on": scale.taken_on,
        "rate": _percent(scale.shape.rate),
        "window": scale.shape.window,
        "above_last": scale.shape.above_last,
        "spread": scale.shape.spread,
        "internal_rate": _percent(own[INTERNAL].rate) if INTERNAL in own else None,
        "year_starts": scale.year_starts,
        **_amounts("fixed", scale.fixed),
        **_limits(scale),
        **{f"exempt_{situation}": sorted(parts) for situation, parts in scale.exemptions},
    }


def rows_of(shape: Shape) -> list[dict[str, Any]]:
    """The tiers or the points of a shape, one row each."""
    if shape.kind == Kind.CURVE:
        return [{"base": point.base, "amount": point.amount} for point in shape.points]
    return _tiers(shape.tiers)


def training_rows(scale: Scale) -> list[dict[str, Any]]:
    shape = dict(scale.per_category).get(TRAINING)
    if shape is None:
        return []
    return _tiers(shape.tiers) or [{"up_to": None, "rate": _percent(shape.rate)}]


def _tiers(tiers: Iterable[Tier]) -> list[dict[str, Any]]:
    return [{"up_to": tier.up_to, "rate": _percent(tier.rate)} for tier in tiers]


def _percent(rate: Decimal) -> Decimal:
    return (rate * 100).quantize(Decimal("0.01"))


def _amounts(name: str, amounts: Amounts) -> dict[str, Any]:
    if amounts == Amounts():
        return {}
    by_contract = dict(amounts.by_contract)
    return {
        f"{name}_cape": by_contract.get(Contract.CAPE, amounts.everyone),
        f"{name}_cesa": by_contract.get(Contract.CESA, amounts.everyone),
    }


def _limits(scale: Scale) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if scale.floor:
        values |= {"floor_per": scale.floor.per, "floor_per_person": scale.floor.per_person}
        values |= _amounts("floor", scale.floor.amounts)
        values["advance_cape"] = dict(scale.floor.advance_months).get(Contract.CAPE)
        ladder = scale.floor.amounts.by_month
        if ladder:
            last = ladder[-1][1]
            values |= {"floor_first_months": ladder[0][0], "floor_first_amount": ladder[0][1]}
            values |= {"floor_cape": last, "floor_cesa": last}
    if scale.cap:
        values |= {"cap_amount": scale.cap.amount, "cap_associate": scale.cap.associate_amount}
        values["cap_pro_rata"] = scale.cap.pro_rata
    if scale.franchise:
        values |= {"franchise_months": scale.franchise.months}
        values["franchise_waives"] = sorted(scale.franchise.waives)
    return values
