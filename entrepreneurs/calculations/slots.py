"""Free slots: ranges of time, less what is taken and the days of absence. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

NOON = time(12)
_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Stretch:
    """A stretch of time; its end is outside it."""

    starts_at: datetime
    ends_at: datetime

    def meets(self, other: Stretch) -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class Opening:
    """A range offered: each week on a weekday (Monday is 0) between two days, or on one day."""

    starts: time
    ends: time
    minutes: int
    weekday: int | None = None
    day: date | None = None
    first_day: date | None = None
    last_day: date | None = None

    def is_open_on(self, day: date) -> bool:
        if self.day is not None:
            return self.day == day
        return (
            self.weekday == day.weekday()
            and (self.first_day is None or self.first_day <= day)
            and (self.last_day is None or day <= self.last_day)
        )

    def slots_on(self, day: date, zone: tzinfo) -> Iterator[Stretch]:
        """The whole slots that the range holds that day, one after the other."""
        start = datetime.combine(day, self.starts, zone)
        end, step = datetime.combine(day, self.ends, zone), timedelta(minutes=self.minutes)
        while start + step <= end:
            yield Stretch(start, start + step)
            start += step


@dataclass(frozen=True)
class Absence:
    """Whole days on which nobody is received, both included; no end means for ever."""

    first_day: date
    last_day: date | None

    def holds(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def time_away(first: date, last: date, *, from_noon: bool, to_noon: bool, zone: tzinfo) -> Stretch:
    """The time of a leave: whole days, less a morning at the beginning or an afternoon at the end."""
    start = datetime.combine(first, NOON if from_noon else time(), zone)
    end = datetime.combine(last, NOON, zone) if to_noon else datetime.combine(last + _DAY, time(), zone)
    return Stretch(start, end)


def days_between(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += _DAY


def free_stretches(
    opening: Opening,
    *,
    since: date,
    until: date,
    not_before: datetime,
    taken: Iterable[Stretch],
    absences: Iterable[Absence],
    zone: tzinfo,
) -> list[Stretch]:
    """Gives the slots of one range that are still free from a day to a day, none before `not_before`."""
    busy, away = list(taken), list(absences)
    return [
        slot
        for day in days_between(since, until)
        if opening.is_open_on(day) and not any(absence.holds(day) for absence in away)
        for slot in opening.slots_on(day, zone)
        if slot.starts_at >= not_before and not any(slot.meets(one) for one in busy)
    ]
