"""Stretches of time between two instants, and the hours of a clock that changes twice a year (COW-16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


class NoSuchHour(ValueError):
    """The clock jumps over this hour that day: 2:30 on the morning when summer time begins."""


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    """Gives the instant, in UTC, at which a clock of this zone shows this hour; of one that comes twice
    (summer time ends), the first. Raises NoSuchHour for one that does not come."""
    wall = datetime.combine(day, at)
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) != wall:
        raise NoSuchHour(wall.isoformat())
    return found


@dataclass(frozen=True, order=True)
class Stretch:
    """From one instant to a later one, which is not part of it. Kept in UTC: Python compares two instants of
    one zone by their clocks, which go back once a year."""

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", self.starts.astimezone(UTC))
        object.__setattr__(self, "ends", self.ends.astimezone(UTC))
        if self.ends <= self.starts:
            raise ValueError(f"{self.ends} is not after {self.starts}")

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts

    @property
    def minutes(self) -> int:
        return int(self.length.total_seconds()) // 60

    def meets(self, other: Stretch) -> bool:
        """Some instant is of both."""
        return self.starts < other.ends and other.starts < self.ends

    def holds(self, other: Stretch) -> bool:
        """Every instant of the other one is of this one."""
        return self.starts <= other.starts and other.ends <= self.ends

    def widened(self, before: timedelta, after: timedelta) -> Stretch:
        return Stretch(self.starts - before, self.ends + after)


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in order, those that touch or meet made one."""
    found: list[Stretch] = []
    for one in sorted(stretches):
        if found and one.starts <= found[-1].ends:
            found[-1] = Stretch(found[-1].starts, max(found[-1].ends, one.ends))
        else:
            found.append(one)
    return found


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of the first ones once the others are taken off, in order."""
    gone = joined(taken)
    left: list[Stretch] = []
    for one in joined(stretches):
        starts = one.starts
        for other in gone:
            if not other.meets(Stretch(starts, one.ends)):
                continue
            if other.starts > starts:
                left.append(Stretch(starts, other.starts))
            starts = other.ends
            if starts >= one.ends:
                break
        if starts < one.ends:
            left.append(Stretch(starts, one.ends))
    return left


def common(some: Iterable[Stretch], others: Iterable[Stretch]) -> list[Stretch]:
    """The time that is of both, in order."""
    seconds = joined(others)
    return [
        Stretch(max(one.starts, other.starts), min(one.ends, other.ends))
        for one in joined(some)
        for other in seconds
        if one.meets(other)
    ]


def starts_within(free: Sequence[Stretch], length: timedelta, step: timedelta) -> Iterator[datetime]:
    """The instants at which so much time may begin, a step apart from the beginning of each free stretch."""
    for one in free:
        at = one.starts
        while at + length <= one.ends:
            yield at
            at += step


def nearest(free: Sequence[Stretch], wanted: Stretch, *, step: timedelta, most: int = 3) -> list[Stretch]:
    """The free stretches as long as the wanted one that begin the nearest to it; of two as near, the earlier.
    Given in the order of the clock."""
    length = wanted.length
    by_distance = sorted(starts_within(free, length, step), key=lambda at: (abs(at - wanted.starts), at))
    chosen: list[Stretch] = []
    for at in by_distance:
        found = Stretch(at, at + length)
        if not any(found.meets(other) for other in chosen):
            chosen.append(found)
        if len(chosen) == most:
            break
    return sorted(chosen)
