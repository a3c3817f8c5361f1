"""Charts are drawn by the server as SVG, with their figures in a table: the same on screen and aloud."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from cae.core.templatetags.formats import grouped, money, quantity

WIDTH, HEIGHT = 640, 220
LEFT, BOTTOM, TOP = 8, 28, 26
SPARK_WIDTH, SPARK_HEIGHT = 96, 28
_serial = count(1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands and what it says."""

    label: str
    text: str
    mark: str
    x: str
    y: str
    width: str
    height: str
    middle: str
    text_y: str
    negative: bool


@dataclass(frozen=True, slots=True)
class BarChart:
    """All that components/bars.html draws."""

    key: str
    title: str
    description: str
    bars: tuple[Bar, ...]
    base_y: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class Spark:
    """All that components/sparkline.html draws."""

    key: str
    title: str
    points: str
    last_x: str
    last_y: str
    width: int = SPARK_WIDTH
    height: int = SPARK_HEIGHT


def spot(value: Decimal) -> str:
    """A coordinate: one decimal, a point whatever the language."""
    return f"{value:.1f}"


def short(value: Decimal, unit: str) -> str:
    """What stands on a bar: no cents, they are in the table."""
    return f"{grouped(value, 0)}\u00a0{unit}".strip()


def said(value: Decimal, unit: str) -> str:
    """A figure with its unit, as the tables write it."""
    return money(value) if unit == "€" else f"{quantity(value)} {unit}".strip()


def span(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The lowest and highest values to draw, zero always among them, never equal."""
    low, high = min([*values, Decimal(0)]), max([*values, Decimal(0)])
    return (low, high) if low != high else (low, high + 1)


def bar_chart(
    rows: Sequence[tuple[str, Decimal | int]], *, title: str, description: str = "", unit: str = "€"
) -> BarChart:
    """One bar for each (label, number), above or under a base line at zero."""
    values = [Decimal(value) for _, value in rows]
    low, high = span(values)
    scale = Decimal(HEIGHT - TOP - BOTTOM) / (high - low)
    base = TOP + high * scale
    step = Decimal(WIDTH - 2 * LEFT) / max(len(rows), 1)
    width = min(step * Decimal("0.62"), Decimal(72))
    bars = []
    for place, ((label, _), value) in enumerate(zip(rows, values, strict=True)):
        middle = LEFT + step * place + step / 2
        tall = abs(value) * scale
        top = base - tall if value >= 0 else base
        bars.append(
            Bar(
                label=label,
                text=said(value, unit),
                mark=short(value, unit),
                x=spot(middle - width / 2),
                y=spot(top),
                width=spot(width),
                height=spot(max(tall, Decimal(1))),
                middle=spot(middle),
                text_y=spot(top - 7 if value >= 0 else base - 7),
                negative=value < 0,
            )
        )
    return BarChart(f"chart-{next(_serial)}", title, description, tuple(bars), spot(base))


def spark(numbers: Sequence[Decimal | int], *, title: str) -> Spark:
    """A line through the numbers, from left to right."""
    values = [Decimal(value) for value in numbers] or [Decimal(0)]
    low, high = span(values)
    across = Decimal(SPARK_WIDTH - 6) / max(len(values) - 1, 1)
    down = Decimal(SPARK_HEIGHT - 6) / (high - low)
    points = [(3 + across * place, 3 + (high - value) * down) for place, value in enumerate(values)]
    drawn = " ".join(f"{spot(x)},{spot(y)}" for x, y in points)
    return Spark(f"spark-{next(_serial)}", title, drawn, spot(points[-1][0]), spot(points[-1][1]))
