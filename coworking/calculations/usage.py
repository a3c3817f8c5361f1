"""How much of a place is used: the time taken over the time open, by weekday and hour (COW-25)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from coworking.calculations.stretches import Stretch, common

_HOUR = timedelta(hours=1)
# Shares from which a cell is drawn darker.
STEPS = (Decimal("0.01"), Decimal("0.25"), Decimal("0.5"), Decimal("0.75"))


@dataclass
class Share:
    """Minutes taken of minutes open, all units together."""

    taken: int = 0
    opened: int = 0

    @property
    def rate(self) -> Decimal | None:
        """To the nearest hundredth; None when it never opened."""
        if not self.opened:
            return None
        return (Decimal(self.taken) / self.opened).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def step(self) -> int:
        """From 0 (free) to 4 (taken three quarters of the time or more)."""
        if not self.opened:
            return 0
        share = Decimal(self.taken) / self.opened
        return sum(share >= step for step in STEPS)

    def add(self, other: Share) -> None:
        self.taken += other.taken
        self.opened += other.opened


@dataclass(frozen=True)
class UnitTime:
    """Of one unit: when it may be taken, and when it was."""

    opened: Sequence[Stretch]
    taken: Sequence[Stretch]


def by_hour(units: Iterable[UnitTime], zone: tzinfo) -> dict[tuple[int, int], Share]:
    """By weekday (0: Monday) and hour of the clock: only the time open counts, taken or not. An hour that
    comes twice, or that the clock jumps over, counts for what it lasts."""
    found: dict[tuple[int, int], Share] = {}
    for unit in units:
        for one in unit.opened:
            for key, minutes in _hours_of(one, zone):
                found.setdefault(key, Share()).opened += minutes
        for one in common(unit.taken, unit.opened):
            for key, minutes in _hours_of(one, zone):
                found[key].taken += minutes
    return found


def whole(shares: Iterable[Share]) -> Share:
    """All of them together."""
    total = Share()
    for one in shares:
        total.add(one)
    return total


def _hours_of(stretch: Stretch, zone: tzinfo) -> Iterable[tuple[tuple[int, int], int]]:
    """The hours that a stretch goes through, each with the minutes it has of it."""
    at = stretch.starts
    while at < stretch.ends:
        wall = at.astimezone(zone)
        # Every clock of this house shows a whole number of hours from UTC: hours end together.
        ends = min(at.replace(minute=0, second=0, microsecond=0) + _HOUR, stretch.ends)
        yield (wall.weekday(), wall.hour), int((ends - at).total_seconds()) // 60
        at = ends
