"""Draws what a scale gives, as the server draws every chart: lines, and the figures in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import count

from django.utils.translation import gettext as _

from accounting.calculations.contribution.outline import (
    Case,
    Spot,
    cases_of,
    corners,
    end_of,
    outline,
)
from accounting.calculations.contribution.scales import Contract, Kind, Scale, Shape, TakenOn
from accounting.calculations.contribution.tariffs import tariff
from accounting.selectors.scale_words import category_label
from cae.core.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, short, spot
from cae.core.money import CENT
from cae.core.templatetags.formats import money

_serial = count(1)
_STEPS, _ROWS, _MARKS = 48, 5, 4
_HIGH, _STEP_WORDS = (1, 2, 5, 10), 4


@dataclass(frozen=True)
class Mark:
    """A base named under the drawing, or an amount beside a line across it."""

    at: str
    text: str
    anchor: str = "start"


@dataclass(frozen=True)
class Line:
    """What one case gives. `style`: how it is drawn, told by the legend when there are several."""

    label: str
    points: str
    style: str


@dataclass(frozen=True)
class Row:
    base: Decimal
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class TariffChart:
    """All that accounting/tariff_chart.html draws."""

    key: str
    title: str
    description: str
    note: str
    heading: str
    lines: tuple[Line, ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    rows: tuple[Row, ...]
    base_y: str = str(HEIGHT - BOTTOM)
    left: int = LEFT
    right: int = WIDTH - LEFT
    top: int = TOP
    width: int = WIDTH
    height: int = HEIGHT


Reading = Callable[[Sequence[Decimal]], tuple[Spot, ...]]


def charts_of(scale: Scale) -> list[TariffChart]:
    """The year of ordinary sales with every part of the rule, then each category that has its own rates."""
    return [year_chart(scale), *(category_chart(scale, name, shape) for name, shape in scale.per_category)]


def year_chart(scale: Scale) -> TariffChart:
    """What a year gives by its base, one line for each case that the rule tells apart."""
    cases, end = cases_of(scale), end_of(scale)
    readings: list[tuple[str, Reading]] = [
        (_case_label(case, cases), partial(outline, scale, case=case)) for case in cases
    ]
    title = _("Contribution de l’année selon la base")
    if scale.shape.kind == Kind.CUMULATIVE:
        title = _("Contribution de la première année selon la base")
    every = _("en douze mois égaux") if scale.taken_on == TakenOn.MONTH else _("en douze documents égaux")
    note = _("Pour une activité présente toute l’année, %(every)s, sans exonération.") % {"every": every}
    heading = _("Ventes moins charges déduites") if scale.minus else _("Chiffre d’affaires")
    return _chart(title, note, heading, readings, end=end, breaks=corners(scale, end))


def category_chart(scale: Scale, category: str, shape: Shape) -> TariffChart:
    """The rates of one category alone: fixed part, floor and cap are counted with ordinary sales."""
    own = Scale(scale.turnover, scale.taken_on, shape)
    end = end_of(own)
    label = category_label(category)

    def reading(bases: Sequence[Decimal]) -> tuple[Spot, ...]:
        return tuple(Spot(base, tariff(shape, base)) for base in bases)

    title = _("Part proportionnelle, %(category)s") % {"category": label.lower()}
    note = _("Part fixe, plancher et plafond se comptent une fois, avec les ventes ordinaires.")
    return _chart(title, note, label, [("", reading)], end=end, breaks=corners(own, end))


def _case_label(case: Case, cases: Sequence[Case]) -> str:
    """« La première année »; the usual case is named by what the others are not."""
    if case.first_year:
        return _("La première année")
    if case.associate:
        return _("Associé·e")
    if case.contract == Contract.CAPE:
        return _("En CAPE")
    words = []
    if any(other.contract == Contract.CAPE for other in cases):
        words.append(_("en CESA"))
    if any(other.first_year for other in cases):
        words.append(_("les années suivantes"))
    if any(other.associate for other in cases):
        words.append(_("non associé·e"))
    said = ", ".join(words)
    return said[:1].upper() + said[1:]


def _chart(
    title: str,
    note: str,
    heading: str,
    readings: Sequence[tuple[str, Reading]],
    *,
    end: Decimal,
    breaks: set[Decimal],
) -> TariffChart:
    bases = sorted({*((end * step / _STEPS).quantize(CENT) for step in range(_STEPS + 1)), *breaks})
    read = [(label, reading(bases)) for label, reading in readings]
    high, ticks = _scale_up(max(spot.amount for _label, spots in read for spot in spots))
    shown = [(end * rank / _ROWS).quantize(CENT) for rank in range(_ROWS + 1)]
    columns = [reading(shown) for _label, reading in readings]
    return TariffChart(
        key=f"tariff-{next(_serial)}",
        title=title,
        description=_described(columns[0]),
        note=note,
        heading=heading,
        lines=tuple(
            Line(label, _polyline(spots, end, high), f"tariff-line-{rank}")
            for rank, (label, spots) in enumerate(read, start=1)
        ),
        across=tuple(_mark(end * rank / _MARKS, end) for rank in range(_MARKS + 1)),
        up=tuple(Mark(_down(tick, high), short(tick, "€")) for tick in ticks),
        rows=tuple(Row(base, tuple(spots)) for base, *spots in zip(shown, *columns, strict=True)),
    )


def _scale_up(highest: Decimal) -> tuple[Decimal, list[Decimal]]:
    """The top of the drawing, and two to five round amounts to read it by."""
    wanted = max(highest, Decimal(1)) / _STEP_WORDS
    unit = Decimal(10) ** wanted.adjusted()
    step = next(unit * many for many in _HIGH if unit * many >= wanted)
    ticks = [step * rank for rank in range(1, _STEP_WORDS + 1) if step * rank <= highest]
    return max(highest, *ticks, Decimal(1)), ticks


def _described(spots: Sequence[Spot]) -> str:
    said = [
        _("%(amount)s pour %(base)s") % {"amount": money(spot.amount), "base": money(spot.turnover)}
        for spot in spots[1:]
    ]
    return ", ".join(said)


def _polyline(spots: Sequence[Spot], end: Decimal, high: Decimal) -> str:
    return " ".join(f"{_across(one.turnover, end)},{_down(one.amount, high)}" for one in spots)


def _across(base: Decimal, end: Decimal) -> str:
    return spot(LEFT + base * (WIDTH - 2 * LEFT) / end)


def _down(amount: Decimal, high: Decimal) -> str:
    return spot(HEIGHT - BOTTOM - amount * (HEIGHT - BOTTOM - TOP) / high)


def _mark(base: Decimal, end: Decimal) -> Mark:
    anchor = "start" if not base else "end" if base == end else "middle"
    return Mark(_across(base, end), short(base, "€"), anchor)
