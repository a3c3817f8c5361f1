"""What somebody who wants to come meets, and parts at the same time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from coworking.calculations.seats import Door, Room, Slot, clash, door_of, is_signing

START = datetime(2027, 1, 12, 8, 30, tzinfo=UTC)
NOW = START - timedelta(days=3)
HOUR = timedelta(hours=1)
ROOM = Room(
    is_announced=True,
    is_cancelled=False,
    starts_at=START,
    ends_at=START + 2 * HOUR,
    until=None,
    capacity=10,
    taken=8,
    waits=True,
)


@pytest.mark.parametrize(
    ("changes", "at", "seats", "door"),
    [
        ({}, NOW, 1, Door.OPEN),
        ({}, NOW, 2, Door.OPEN),
        ({}, NOW, 3, Door.WAITING),
        ({"capacity": None, "taken": 400}, NOW, 9, Door.OPEN),
        ({"taken": 10}, NOW, 1, Door.WAITING),
        ({"taken": 10, "waits": False}, NOW, 1, Door.FULL),
        # One comes in until the end, and no later.
        ({}, START + HOUR, 1, Door.OPEN),
        ({}, START + 2 * HOUR, 1, Door.PAST),
        ({"until": NOW}, NOW, 1, Door.OPEN),
        ({"until": NOW}, NOW + timedelta(seconds=1), 1, Door.TOO_LATE),
        ({"is_announced": False}, NOW, 1, Door.NOT_YET),
        ({"is_cancelled": True, "is_announced": False}, START + 9 * HOUR, 1, Door.CANCELLED),
    ],
)
def test_what_one_meets(changes: dict[str, object], at: datetime, seats: int, door: Door) -> None:
    assert door_of(replace(ROOM, **changes), at, seats=seats) is door  # type: ignore[arg-type]


def test_places_left_are_never_fewer_than_none() -> None:
    assert [replace(ROOM, taken=taken).left for taken in (8, 10, 12)] == [2, 0, 0]
    assert replace(ROOM, capacity=None).left is None


def test_parts_that_touch_do_not_meet() -> None:
    first, second = Slot(1, START, START + HOUR), Slot(2, START + HOUR, START + 2 * HOUR)
    beside = Slot(3, START + HOUR / 2, START + 3 * HOUR)
    assert clash([]) is None
    assert clash([second, first]) is None
    assert clash([second, beside, first]) == (1, 3)


@pytest.mark.parametrize(
    ("minutes", "at", "opened"),
    [
        (60, START - HOUR, True),
        (60, START - HOUR - timedelta(seconds=1), False),
        (60, START + 3 * HOUR, True),
        (60, START + 3 * HOUR + timedelta(seconds=1), False),
        (0, START + HOUR, True),
        (0, START - timedelta(seconds=1), False),
    ],
)
def test_the_door_opens_around_the_event(minutes: int, at: datetime, opened: bool) -> None:
    assert is_signing(START, START + 2 * HOUR, minutes, at) is opened
