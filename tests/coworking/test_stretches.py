"""Time between two instants: what is free, what is near, and the two nights when the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coworking.calculations.hours import Opening, clashing, open_time, whole_days
from coworking.calculations.stretches import (
    NoSuchHour,
    Stretch,
    common,
    joined,
    moment,
    nearest,
    without,
)

PARIS = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
MONDAY = date(2026, 11, 23)
START = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(hour: float, day: date = MONDAY) -> datetime:
    return moment(day, time(int(hour), int(hour % 1 * 60)), PARIS)


def stretch(starts: float, ends: float, day: date = MONDAY) -> Stretch:
    return Stretch(at(starts, day), at(ends, day))


def test_half_past_two_does_not_come_in_the_night_when_summer_time_begins() -> None:
    with pytest.raises(NoSuchHour):
        at(2.5, SPRING)
    assert at(3, SPRING) - at(1, SPRING) == HOUR


def test_an_hour_that_comes_twice_is_the_first() -> None:
    assert at(2.5, AUTUMN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    # From one to four in the morning: four hours that night.
    assert stretch(1, 4, AUTUMN).length == 4 * HOUR


def test_a_stretch_has_an_end_after_its_beginning() -> None:
    with pytest.raises(ValueError, match="is not after"):
        stretch(9, 9)


def test_what_touches_is_joined_and_does_not_meet() -> None:
    assert joined([stretch(10, 12), stretch(9, 10), stretch(13, 14)]) == [stretch(9, 12), stretch(13, 14)]
    assert joined([stretch(9, 14), stretch(10, 12)]) == [stretch(9, 14)]
    assert not stretch(9, 10).meets(stretch(10, 11))


def test_what_is_left_of_a_morning() -> None:
    taken = [stretch(8, 9.5), stretch(10, 11), stretch(12, 14), stretch(18, 19)]
    assert without([stretch(9, 13)], taken) == [stretch(9.5, 10), stretch(11, 12)]
    assert without([stretch(9, 13)], [stretch(9, 13)]) == []
    assert without([stretch(9, 13)], []) == [stretch(9, 13)]


def test_common_time() -> None:
    found = common([stretch(9, 12), stretch(14, 18)], [stretch(11, 15), stretch(17, 20)])
    assert found == [stretch(11, 12), stretch(14, 15), stretch(17, 18)]


def test_the_nearest_stretches_do_not_meet_and_stand_in_order() -> None:
    free = [stretch(8, 10), stretch(13, 17)]
    found = nearest(free, stretch(10.5, 11.5), step=timedelta(minutes=30))
    assert found == [stretch(8, 9), stretch(9, 10), stretch(13, 14)]
    assert nearest(free, stretch(9, 14), step=HOUR) == []
    # As near on both sides: the earlier counts first.
    assert nearest(free, stretch(11, 12), step=HOUR, most=1) == [stretch(9, 10)]


def test_widened_by_its_buffers() -> None:
    wide = stretch(9, 10).widened(timedelta(minutes=15), timedelta(minutes=30))
    assert wide == stretch(8.75, 10.5)
    assert wide.minutes == 105
    assert wide.holds(stretch(9, 10))
    assert not stretch(9, 10).holds(wide)


WEEK = [
    Opening(0, time(9), time(12)),
    Opening(0, time(14), time(18)),
    Opening(1, time(20), time(0)),
    Opening(2, time(0), time(2)),
]


def test_hours_of_a_week_on_the_days_asked() -> None:
    found = open_time(WEEK, MONDAY, MONDAY + timedelta(days=2), PARIS)
    tuesday, wednesday = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
    late = Stretch(at(20, tuesday), at(2, wednesday))
    assert found == [stretch(9, 12), stretch(14, 18), late]


def test_hours_of_the_nights_when_the_clock_changes() -> None:
    night = [Opening(6, time(2), time(4))]
    assert open_time(night, SPRING, SPRING, PARIS) == [stretch(3, 4, SPRING)]
    assert open_time([Opening(6, time(2), time(3))], SPRING, SPRING, PARIS) == []
    assert open_time(night, AUTUMN, AUTUMN, PARIS)[0].length == 3 * HOUR


def test_openings_of_a_day_that_meet_are_named() -> None:
    assert clashing(WEEK) is None
    wrong = Opening(0, time(11, 30), time(13))
    assert clashing([*WEEK, wrong]) == (WEEK[0], wrong)
    assert clashing([*WEEK, Opening(1, time(22), time(23))]) == (WEEK[2], Opening(1, time(22), time(23)))
    assert not Opening(0, time(12), time(9)).is_whole
    assert all(opening.is_whole for opening in WEEK)


def test_whole_days_follow_the_clock() -> None:
    assert whole_days(SPRING, SPRING, PARIS).length == 23 * HOUR
    assert whole_days(AUTUMN, AUTUMN, PARIS).length == 25 * HOUR


MINUTES = st.integers(min_value=0, max_value=48)


@st.composite
def stretches(draw: st.DrawFn) -> list[Stretch]:
    pairs = draw(st.lists(st.tuples(MINUTES, st.integers(min_value=1, max_value=9)), max_size=6))
    return [Stretch(START + a * HOUR / 2, START + (a + n) * HOUR / 2) for a, n in pairs]


def halves(some: list[Stretch]) -> set[datetime]:
    """Every half-hour of these stretches."""
    found = set()
    for one in some:
        tick = one.starts
        while tick < one.ends:
            found.add(tick)
            tick += HOUR / 2
    return found


@given(stretches(), stretches())
def test_free_time_is_what_is_open_and_not_taken(some: list[Stretch], taken: list[Stretch]) -> None:
    left = without(some, taken)
    assert halves(left) == halves(some) - halves(taken)
    assert left == joined(left)


@given(stretches(), stretches())
def test_common_time_is_of_both(some: list[Stretch], others: list[Stretch]) -> None:
    assert halves(common(some, others)) == halves(some) & halves(others)
