"""Who may still come to an event, and to what of it at once (COW-30, COW-33)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise


class Door(StrEnum):
    """What somebody who wants to register meets."""

    OPEN = "open"
    # Full, but one may wait.
    WAITING = "waiting"
    FULL = "full"
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    PAST = "past"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Room:
    """An event seen by who wants to come: whether it is told of, its hours, its places and those taken."""

    is_announced: bool
    is_cancelled: bool
    starts_at: datetime
    ends_at: datetime
    until: datetime | None
    capacity: int | None
    taken: int
    waits: bool

    @property
    def left(self) -> int | None:
        """Places left; nothing when there is no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)

    def holds(self, seats: int) -> bool:
        """Whether so many more people come in."""
        return self.left is None or seats <= self.left


def door_of(room: Room, now: datetime, *, seats: int = 1) -> Door:
    """What so many people who want to register now meet."""
    if room.is_cancelled:
        return Door.CANCELLED
    if not room.is_announced:
        return Door.NOT_YET
    if room.ends_at <= now:
        return Door.PAST
    if room.until is not None and room.until < now:
        return Door.TOO_LATE
    if room.holds(seats):
        return Door.OPEN
    return Door.WAITING if room.waits else Door.FULL


@dataclass(frozen=True)
class Slot:
    """A part of a programme."""

    key: int
    starts_at: datetime
    ends_at: datetime


def clash(slots: Sequence[Slot]) -> tuple[int, int] | None:
    """Gives two parts that are held at the same time, the first found, or nothing: nobody attends both."""
    rows = sorted(slots, key=lambda slot: (slot.starts_at, slot.key))
    for before, after in pairwise(rows):
        if after.starts_at < before.ends_at:
            return before.key, after.key
    return None


def is_signing(starts_at: datetime, ends_at: datetime, minutes: int, now: datetime) -> bool:
    """Whether one may say now that one is there: from so many minutes before to so many after."""
    around = minutes * 60
    return -around <= (now - starts_at).total_seconds() and (now - ends_at).total_seconds() <= around
