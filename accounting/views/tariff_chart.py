"""Draws T(x), what a base gives, as the server draws every chart: a line and its table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from accounting.calculations.contribution.scales import Kind, Shape
from accounting.calculations.contribution.tariffs import tariff
from cae.core.charts import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, short, spot
from cae.core.money import ZERO

_serial = count(1)
_STEPS = 120
_ROWS = 6
_WITHOUT_LIMIT = Decimal(60000)


@dataclass(frozen=True)
class Mark:
    """A base named under the drawing."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Row:
    base: Decimal
    amount: Decimal
    share: Decimal


@dataclass(frozen=True)
class TariffChart:
    """All that accounting/tariff_chart.html draws."""

    key: str
    title: str
    points: str
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]
    last: str
    last_y: str
    base_y: str = str(HEIGHT - BOTTOM)
    left: int = LEFT
    right: int = WIDTH - LEFT
    top: int = TOP
    width: int = WIDTH
    height: int = HEIGHT


def tariff_chart(shape: Shape, *, title: str) -> TariffChart:
    """The line of T between nothing and a little more than the last limit of the scale."""
    end = _end(shape)
    bases = sorted({*(end * step / _STEPS for step in range(_STEPS + 1)), *_corners(shape, end)})
    amounts = [tariff(shape, base.quantize(Decimal("0.01"))) for base in bases]
    high = max([*amounts, Decimal(1)])
    points = " ".join(
        f"{_across(base, end)},{_down(amount, high)}" for base, amount in zip(bases, amounts, strict=True)
    )
    return TariffChart(
        key=f"tariff-{next(_serial)}",
        title=title,
        points=points,
        marks=tuple(_mark(end * rank / 4, end) for rank in range(5)),
        rows=tuple(_row(shape, end * rank / _ROWS) for rank in range(1, _ROWS + 1)),
        last=short(amounts[-1], "€"),
        last_y=spot(max(Decimal(_down(amounts[-1], high)) - 6, Decimal(14))),
    )


def _end(shape: Shape) -> Decimal:
    """Round, and past the last limit, so that what comes after it is seen."""
    limits = [tier.up_to for tier in shape.tiers if tier.up_to is not None]
    limits += [point.base for point in shape.points]
    if not limits:
        return _WITHOUT_LIMIT
    wanted = max(limits) * Decimal("1.3")
    unit = Decimal(10) ** (len(str(int(wanted))) - 2)
    return (wanted // unit + 1) * unit


def _corners(shape: Shape, end: Decimal) -> set[Decimal]:
    """Where the line breaks: a level on the whole base falls just after its limit."""
    limits = {tier.up_to for tier in shape.tiers if tier.up_to is not None and tier.up_to < end}
    after = {limit + Decimal("0.01") for limit in limits} if shape.kind == Kind.WHOLE_BASE else set()
    return limits | after | {point.base for point in shape.points}


def _across(base: Decimal, end: Decimal) -> str:
    return spot(LEFT + base * (WIDTH - 2 * LEFT) / end)


def _down(amount: Decimal, high: Decimal) -> str:
    return spot(HEIGHT - BOTTOM - amount * (HEIGHT - BOTTOM - TOP) / high)


def _mark(base: Decimal, end: Decimal) -> Mark:
    anchor = "start" if not base else "end" if base == end else "middle"
    return Mark(_across(base, end), short(base, "€"), anchor)


def _row(shape: Shape, base: Decimal) -> Row:
    whole = base.quantize(Decimal(1))
    amount = tariff(shape, whole)
    return Row(whole, amount, (amount / whole).quantize(Decimal("0.0001")) if whole else ZERO)
