"""What covers a booking, what is free, what a place allows: worked by hand (COW-11, COW-16, COW-18)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from coworking.calculations.covers import Source, cover, price_beyond, units_of
from coworking.calculations.slots import Gaps, free_of, is_free, nearest_free, shared, since
from coworking.calculations.stretches import Stretch
from coworking.calculations.terms import Breach, Terms, breach

DAY = date(2026, 6, 1)
PARIS = ZoneInfo("Europe/Paris")


def source(unit: str, left: str | None, *, until: date = DAY, key: int = 1, included: bool = True) -> Source:
    return Source((key,), unit, None if left is None else Decimal(left), until, included)


@pytest.mark.parametrize(
    ("minutes", "unit", "units"),
    [
        ([90], "hour", "1.50"),
        ([20], "hour", "0.34"),
        ([240, 241], "half_day", "3"),
        ([600], "half_day", "3"),
        ([240, 241, 600, 0], "day", "2.5"),
    ],
)
def test_units_of_time(minutes: list[int], unit: str, units: str) -> None:
    assert units_of(minutes, unit) == Decimal(units)


def test_price_beyond_is_by_the_minute_for_hours_and_by_unit_begun_otherwise() -> None:
    assert price_beyond([20], "hour", Decimal("10.00")) == Decimal("3.33")
    assert price_beyond([250], "half_day", Decimal("9.00")) == Decimal("18.00")
    assert price_beyond([250, 60], "day", Decimal("15.00")) == Decimal("22.50")


@pytest.mark.parametrize(
    ("minutes", "sources", "taken", "rest"),
    [
        # What is included first, though the pass lapses before; of passes, the one that lapses first.
        (
            [180],
            [
                source("hour", "1", key=1, until=DAY, included=False),
                source("hour", "1", key=2, until=DAY + timedelta(9)),
                source("hour", "5", key=3, until=DAY + timedelta(9), included=False),
            ],
            [(2, "1"), (1, "1"), (3, "1")],
            [0],
        ),
        # As much as one likes; nothing left to the others.
        ([100], [source("hour", None), source("hour", "9", key=2)], [(1, "1.67")], [0]),
        # Lapsed the day before; empty.
        ([60], [source("hour", "9", until=DAY - timedelta(1)), source("hour", "0", key=2)], [], [60]),
        # Minutes that are not a whole hundredth of an hour stay to be paid.
        ([100], [source("hour", "1.33")], [(1, "1.33")], [21]),
        # Half-days of each day; what they do not hold is left.
        ([300, 240], [source("half_day", "2")], [(1, "2")], [0, 240]),
        ([300], [source("half_day", "1")], [(1, "1")], [60]),
        # A day is two halves, whatever its length; half a day left takes four hours off.
        ([600, 200], [source("day", "2")], [(1, "1.5")], [0, 0]),
        ([600], [source("day", "0.5")], [(1, "0.5")], [360]),
        ([600], [source("day", None)], [(1, "1.0")], [0]),
        ([600, 600], [source("day", "0.25")], [], [600, 600]),
    ],
)
def test_what_covers_a_booking(
    minutes: list[int], sources: list[Source], taken: Any, rest: list[int]
) -> None:
    found = cover(minutes, sources, on=DAY)
    assert [(one.source.key[0], one.units) for one in found.taken] == [
        (key, Decimal(units)) for key, units in taken
    ]
    assert list(found.rest) == rest


def at(hour: int, minute: int = 0, *, day: int = 1) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def test_a_booking_with_its_gaps_meets_nothing_that_is_taken() -> None:
    gaps = Gaps(timedelta(minutes=10), timedelta(minutes=20))
    free = free_of([Stretch(at(9), at(18))], [Stretch(at(12), at(13))], gaps)
    # Twenty minutes to tidy before noon, ten to prepare after one.
    assert free == [Stretch(at(9), at(11, 40)), Stretch(at(13, 10), at(18))]
    assert gaps.around(Stretch(at(9), at(10))) == Stretch(at(8, 50), at(10, 20))
    assert is_free(free, Stretch(at(10), at(11, 40)))
    assert not is_free(free, Stretch(at(10), at(11, 41)))
    assert since(free, at(11)) == [Stretch(at(11), at(11, 40)), free[1]]
    assert shared([free, [Stretch(at(11), at(12))]]) == [Stretch(at(9), at(12)), free[1]]


def test_the_nearest_spans_are_free_on_one_unit_from_beginning_to_end() -> None:
    hour = timedelta(hours=1)
    # Each unit is free half of the time: no span may go from one to the other.
    frees = [[Stretch(at(9), at(11))], [Stretch(at(11), at(13)), Stretch(at(15), at(18))]]
    wanted = Stretch(at(10), at(12))
    found = nearest_free(frees, wanted, step=hour, after=at(8))
    assert found == [Stretch(at(9), at(11)), Stretch(at(11), at(13)), Stretch(at(15), at(17))]
    assert nearest_free(frees, wanted, step=hour, after=at(10)) == found[1:]
    assert nearest_free(frees, wanted, step=hour, after=at(8), most=1) == found[:1]
    assert nearest_free([], wanted, step=hour, after=at(8)) == []


def clock(hour: int, minute: int = 0, *, day: int = 10) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=PARIS)


NOW = datetime(2026, 6, 1, 9, tzinfo=PARIS)
ROOM = Terms(step=15, shortest=30, longest=240)


@pytest.mark.parametrize(
    ("span", "terms", "reason"),
    [
        ((clock(9), clock(10)), ROOM, None),
        ((clock(9, day=1), clock(10, day=1)), ROOM, None),
        ((clock(8, day=1), clock(9, day=1)), ROOM, Breach.PAST),
        ((clock(9, 5), clock(10)), ROOM, Breach.STEP),
        ((clock(9), clock(10, 5)), ROOM, Breach.STEP),
        ((clock(9), clock(9, 15)), ROOM, Breach.SHORT),
        ((clock(9), clock(13, 15)), ROOM, Breach.LONG),
        ((clock(10, day=1), clock(11, day=1)), Terms(15, 30, 240, notice=120), Breach.LATE),
        ((clock(11, day=1), clock(12, day=1)), Terms(15, 30, 240, notice=120), None),
        ((clock(9), clock(10)), Terms(15, 30, 240, opens_days=8), Breach.EARLY),
        ((clock(9), clock(10)), Terms(15, 30, 240, opens_days=9), None),
        ((clock(9), clock(10)), Terms(15, 30, 240, from_hour=time(10)), Breach.HOURS),
        ((clock(9), clock(10)), Terms(15, 30, 240, until_hour=time(9, 30)), Breach.HOURS),
        ((clock(22), clock(1, day=11)), Terms(15, 30, 240, until_hour=time(23)), Breach.HOURS),
        ((clock(9), clock(10)), Terms(15, 30, 240, from_hour=time(9), until_hour=time(10)), None),
        ((clock(9), clock(10)), Terms(15, 30, 240, weekly=60), Breach.WEEK),
        ((clock(0), clock(0, day=12)), Terms(1440, 1440, 9999), None),
        ((clock(9), clock(9, day=12)), Terms(1440, 1440, 9999), Breach.STEP),
    ],
)
def test_what_a_place_allows(span: tuple[datetime, datetime], terms: Terms, reason: Breach | None) -> None:
    week = 30 if terms.weekly else 0
    assert breach(Stretch(*span), terms, now=NOW, zone=PARIS, week=week) == reason


def test_a_day_is_a_day_the_night_when_the_clock_changes() -> None:
    whole = Terms(1440, 1440, 1440)
    spring = Stretch(datetime(2027, 3, 28, tzinfo=PARIS), datetime(2027, 3, 29, tzinfo=PARIS))
    autumn = Stretch(datetime(2026, 10, 25, tzinfo=PARIS), datetime(2026, 10, 26, tzinfo=PARIS))
    assert (spring.minutes, autumn.minutes) == (23 * 60, 25 * 60)
    assert breach(spring, whole, now=NOW, zone=PARIS) is None
    assert breach(autumn, whole, now=NOW, zone=PARIS) is None
