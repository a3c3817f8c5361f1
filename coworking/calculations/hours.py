"""When a place is open: hours of the week on the clock of its town (COW-01)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from coworking.calculations.stretches import NoSuchHour, Stretch, joined, moment

# As the end of a day: the next midnight.
MIDNIGHT = time(0)


@dataclass(frozen=True, order=True)
class Opening:
    """Open on a weekday (0: Monday) from one hour to another; midnight as its end is the end of the day."""

    weekday: int
    opens: time
    closes: time

    @property
    def is_whole(self) -> bool:
        """It ends after it begins."""
        return self.closes == MIDNIGHT or self.opens < self.closes

    def on(self, day: date, zone: tzinfo) -> Stretch | None:
        """That day; None where the clock jumps over all of it."""
        end_day = day + timedelta(days=self.closes == MIDNIGHT)
        starts, ends = _shown(day, self.opens, zone), _shown(end_day, self.closes, zone)
        return Stretch(starts, ends) if starts < ends else None


def _shown(day: date, at: time, zone: tzinfo) -> datetime:
    """The instant of this hour, or the first one after the jump of the clock."""
    while True:
        try:
            return moment(day, at, zone)
        except NoSuchHour:
            at = time(at.hour + 1)


def clashing(week: Iterable[Opening]) -> tuple[Opening, Opening] | None:
    """Two openings of one day that meet, if any."""
    last: Opening | None = None
    for one in sorted(week):
        if last and last.weekday == one.weekday and (last.closes == MIDNIGHT or one.opens < last.closes):
            return last, one
        last = one
    return None


def open_time(week: Sequence[Opening], first: date, last: date, zone: tzinfo) -> list[Stretch]:
    """The time open from one day to another, both included; hours that touch at midnight are one."""
    by_day: dict[int, list[Opening]] = {}
    for opening in week:
        by_day.setdefault(opening.weekday, []).append(opening)
    found: list[Stretch] = []
    day = first
    while day <= last:
        for opening in by_day.get(day.weekday(), ()):
            stretch = opening.on(day, zone)
            if stretch:
                found.append(stretch)
        day += timedelta(days=1)
    return joined(found)


def whole_days(first: date, last: date, zone: tzinfo) -> Stretch:
    """From the first midnight of a day to the last one of another."""
    return Stretch(_shown(first, MIDNIGHT, zone), _shown(last + timedelta(days=1), MIDNIGHT, zone))
