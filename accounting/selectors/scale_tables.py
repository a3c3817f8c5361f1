"""The tiers of a scale as a table: what a figure of a working leads to, one place for each of its rates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounting.calculations.contribution.scales import ORDINARY, Kind, Scale, Shape, Tier
from accounting.selectors.scale_words import category_label, window_words
from cae.core.templatetags.formats import money, percent


@dataclass(frozen=True)
class TierRow:
    place: str
    part: str
    gives: str


@dataclass(frozen=True)
class TierTable:
    """The rates of one category of sales. `counted`: over what the base adds up."""

    title: str
    counted: str
    headings: tuple[str, str]
    rows: tuple[TierRow, ...]


def tier_place(name: str) -> str:
    """« ordinary-2 »: the second tier of ordinary sales."""
    return f"palier-{name}"


def tier_tables(scale: Scale) -> list[TierTable]:
    """One table for ordinary sales, one for each category that has rates of its own."""
    return [_table(category, shape) for category, shape in ((ORDINARY, scale.shape), *scale.per_category)]


def _table(category: str, shape: Shape) -> TierTable:
    is_curve = shape.kind == Kind.CURVE
    said = _("Base cumulée %(window)s") % {"window": window_words(shape.window)}
    if shape.kind == Kind.WHOLE_BASE:
        said = _("%(base)s ; le taux du palier atteint s’applique à toute la base") % {"base": said}
    elif is_curve:
        said = _("%(base)s ; entre deux points, une ligne droite") % {"base": said}
    return TierTable(
        title=category_label(category),
        counted=said,
        headings=(_("Base de l’année"), _("Contribution")) if is_curve else (_("Base"), _("Taux")),
        rows=tuple(_points(category, shape) if is_curve else _tiers(category, shape)),
    )


def _points(category: str, shape: Shape) -> Iterator[TierRow]:
    for rank, point in enumerate(shape.points, start=1):
        yield TierRow(tier_place(f"{category}-{rank}"), money(point.base), money(point.amount))


def _tiers(category: str, shape: Shape) -> Iterator[TierRow]:
    tiers = shape.tiers or (Tier(None, shape.rate),)
    low = None
    for rank, tier in enumerate(tiers, start=1):
        if tier.up_to is None:
            part = _("toute la base") if low is None else _("au-delà de %(low)s") % {"low": money(low)}
        elif low is None or shape.kind == Kind.WHOLE_BASE:
            part = _("jusqu’à %(high)s") % {"high": money(tier.up_to)}
        else:
            part = _("de %(low)s à %(high)s") % {"low": money(low), "high": money(tier.up_to)}
        yield TierRow(tier_place(f"{category}-{rank}"), part, percent(tier.rate))
        low = tier.up_to
