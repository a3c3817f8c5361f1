"""Series of days: their hour stays while the clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coworking.calculations.rhythms import MOST_DATES, Rhythm, Series, clock_of, nth_weekday, on_the_clock

PARIS = ZoneInfo("Europe/Paris")


def test_every_other_week_until_a_day() -> None:
    series = Series(date(2026, 10, 13), date(2026, 11, 10), Rhythm.WEEKLY, every=2)
    assert series.dates() == [date(2026, 10, 13), date(2026, 10, 27), date(2026, 11, 10)]
    hours = {on_the_clock(day, time(9), time(11), PARIS) for day in series.dates()}
    # Nine o’clock in Paris, before and after the 25th of October.
    assert {one.starts.time() for one in hours if one} == {time(7), time(8)}
    assert {clock_of(one.starts, PARIS)[1] for one in hours if one} == {time(9)}


def test_every_day() -> None:
    series = Series(date(2026, 12, 30), date(2027, 1, 2), Rhythm.DAILY)
    assert series.dates() == [date(2026, 12, 30) + timedelta(days=n) for n in range(4)]


def test_the_second_tuesday_of_the_month() -> None:
    series = Series(date(2026, 11, 10), date(2027, 2, 28), Rhythm.MONTHLY)
    assert series.dates() == [date(2026, 11, 10), date(2026, 12, 8), date(2027, 1, 12), date(2027, 2, 9)]


def test_a_fifth_weekday_is_the_last_one() -> None:
    assert nth_weekday(date(2026, 11, 30), months=1) == date(2026, 12, 28)
    assert nth_weekday(date(2026, 11, 30), months=4) == date(2027, 3, 29)
    assert nth_weekday(date(2026, 11, 30), months=-1) == date(2026, 10, 26)


def test_a_series_has_an_end() -> None:
    series = Series(date(2026, 1, 1), date(2036, 1, 1), Rhythm.WEEKLY)
    assert len(series.dates()) == MOST_DATES
    assert len(series.dates(500)) == 500


def test_over_midnight_and_over_the_jump_of_the_clock() -> None:
    late = on_the_clock(date(2026, 11, 23), time(22), time(1), PARIS)
    assert late
    assert late.length == timedelta(hours=3)
    assert late.starts == datetime(2026, 11, 23, 21, tzinfo=UTC)
    assert on_the_clock(date(2026, 3, 29), time(2, 30), time(4), PARIS) is None
