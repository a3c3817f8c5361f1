"""Draws the cash of the next months, as the server draws every chart: bars in and out, a line of balance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from django.utils.formats import date_format

from accounting.calculations.treasury.forecast import Forecast, ForecastMonth
from cae.core.charts import BOTTOM, LEFT, TOP, WIDTH, short, span, spot
from cae.core.templatetags.formats import money

_serial = count(1)
HEIGHT = 260
_HALF = Decimal("0.5")
# The highest and lowest amounts are written at the left of the bars.
_GUTTER = 96


@dataclass(frozen=True)
class Column:
    """A month: its bar above the base line, the one below, where its balance stands."""

    label: str
    said: str
    x: str
    width: str
    middle: str
    in_y: str
    in_height: str
    out_y: str
    out_height: str
    balance_y: str
    is_below: bool


@dataclass(frozen=True)
class ForecastChart:
    """All that accounting/treasury/chart.html draws."""

    key: str
    title: str
    columns: tuple[Column, ...]
    line: str
    base_y: str
    floor_y: str
    label_y: int
    high: str
    low: str
    low_y: str
    width: int = WIDTH
    height: int = HEIGHT


def forecast_chart(found: Forecast, floor: Decimal, title: str) -> ForecastChart:
    """Bars above and under zero, the balance at the end of each month, the floor where there is one."""
    low, high = span([floor, *_values(found.months)])
    scale = Decimal(HEIGHT - TOP - BOTTOM) / (high - low)
    step = Decimal(WIDTH - LEFT - _GUTTER) / len(found.months)

    def at(value: Decimal) -> Decimal:
        return TOP + (high - value) * scale

    columns = tuple(
        _column(one, _GUTTER + step * (rank + _HALF), step, at, floor)
        for rank, one in enumerate(found.months)
    )
    return ForecastChart(
        key=f"forecast-{next(_serial)}",
        title=title,
        columns=columns,
        line=" ".join(f"{one.middle},{one.balance_y}" for one in columns),
        base_y=spot(at(Decimal(0))),
        floor_y=spot(at(floor)) if floor else "",
        label_y=HEIGHT - 8,
        high=short(high, "€"),
        low=short(low, "€") if low else "",
        low_y=spot(at(low) - 4),
    )


def _values(months: Sequence[ForecastMonth]) -> list[Decimal]:
    return [value for one in months for value in (one.incoming, one.outgoing, one.closing)]


def _column(
    one: ForecastMonth, middle: Decimal, step: Decimal, at: Callable[[Decimal], Decimal], floor: Decimal
) -> Column:
    width = min(step * Decimal("0.5"), Decimal(44))
    base = at(Decimal(0))
    top, bottom = at(one.incoming), at(one.outgoing)
    month = one.month.first
    said = (
        f"{date_format(month, 'F Y')} : +{money(one.incoming)}, {money(one.outgoing)}, {money(one.closing)}"
    )
    return Column(
        label=date_format(month, "M"),
        said=said,
        x=spot(middle - width / 2),
        width=spot(width),
        middle=spot(middle),
        in_y=spot(top),
        in_height=spot(base - top),
        out_y=spot(base),
        out_height=spot(bottom - base),
        balance_y=spot(at(one.closing)),
        is_below=one.closing < max(floor, Decimal(0)),
    )
