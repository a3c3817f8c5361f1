"""What a plan includes and what passes hold, taken off a booking before its price (COW-11, COW-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_UP, Decimal

from cae.core.money import cents
from coworking.calculations.prices import HALF_DAY

HOUR = "hour"
DAY = "day"
_HALF = Decimal("0.5")
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Source:
    """What covers time: so many units left (None: as much as one likes), used until a day, included by a plan
    or bought as a pass. `key` is the caller’s."""

    key: tuple[int, ...]
    unit: str
    left: Decimal | None
    until: date
    is_included: bool = True


@dataclass(frozen=True)
class Taken:
    source: Source
    units: Decimal


@dataclass(frozen=True)
class Covering:
    """What was taken of each source, and the minutes of each day that nothing covers."""

    taken: tuple[Taken, ...]
    rest: tuple[int, ...]


def units_of(minutes: Iterable[int], unit: str) -> Decimal:
    """So many minutes of each day in a unit: hours to the minute, half-days begun, days of which a half where
    no more than a half-day is taken."""
    if unit == HOUR:
        return (Decimal(sum(minutes)) / 60).quantize(_HUNDREDTH, rounding=ROUND_UP)
    halves = sum((-(-one // HALF_DAY) if unit != DAY else min(2, -(-one // HALF_DAY)) for one in minutes), 0)
    return Decimal(halves) * (_HALF if unit == DAY else 1)


def price_beyond(minutes: Sequence[int], unit: str, price: Decimal) -> Decimal:
    """What this time costs at so much a unit."""
    return cents(Decimal(sum(minutes)) / 60 * price if unit == HOUR else units_of(minutes, unit) * price)


def cover(minutes: Sequence[int], sources: Iterable[Source], *, on: date) -> Covering:
    """Takes time, day by day, off the sources that are alive on a day: what is included first, then passes,
    each time what lapses first."""
    rest, taken = list(minutes), []
    for source in sorted(sources, key=lambda one: (not one.is_included, one.until, one.key)):
        if source.until < on or not any(rest):
            continue
        units = _hours(rest, source.left) if source.unit == HOUR else _halves(rest, source)
        if units > 0:
            taken.append(Taken(source, units))
    return Covering(tuple(taken), tuple(rest))


def _hours(rest: list[int], left: Decimal | None) -> Decimal:
    """Takes hours off the first days."""
    wanted = units_of(rest, HOUR)
    units = wanted if left is None else min(left, wanted)
    minutes = sum(rest) if units == wanted else int(units * 60)
    for rank, one in enumerate(rest):
        off = min(one, minutes)
        rest[rank] -= off
        minutes -= off
    return units


def _halves(rest: list[int], source: Source) -> Decimal:
    """Takes half-days off each day; two of them are one day, however long it is."""
    by_day = source.unit == DAY
    worth = _HALF if by_day else Decimal(1)
    units = Decimal(0)
    for rank, one in enumerate(rest):
        halves = -(-one // HALF_DAY)
        wanted = min(2, halves) if by_day else halves
        held = wanted if source.left is None else min(wanted, int((source.left - units) / worth))
        whole = by_day and held == 2
        rest[rank] = 0 if whole else max(0, one - held * HALF_DAY)
        units += held * worth
    return units
