"""What is free of units that are open at some hours and taken at others (COW-16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from coworking.calculations.stretches import Stretch, joined, starts_within, without


@dataclass(frozen=True)
class Gaps:
    """Minutes to prepare before a booking and to tidy after it."""

    before: timedelta = timedelta(0)
    after: timedelta = timedelta(0)

    def around(self, stretch: Stretch) -> Stretch:
        return stretch.widened(self.before, self.after)


def free_of(opened: Iterable[Stretch], taken: Iterable[Stretch], gaps: Gaps) -> list[Stretch]:
    """The time within which a new booking, its own gaps outside, meets nothing that is taken."""
    return without(opened, (one.widened(gaps.after, gaps.before) for one in taken))


def is_free(free: Iterable[Stretch], wanted: Stretch) -> bool:
    return any(one.holds(wanted) for one in free)


def since(free: Iterable[Stretch], now: datetime) -> list[Stretch]:
    """What is left of it from an instant on."""
    return [Stretch(max(one.starts, now), one.ends) for one in free if one.ends > now]


def shared(frees: Iterable[Sequence[Stretch]]) -> list[Stretch]:
    """The time at which some unit is free."""
    return joined(one for free in frees for one in free)


def nearest_free(
    frees: Iterable[Sequence[Stretch]],
    wanted: Stretch,
    *,
    step: timedelta,
    after: datetime,
    most: int = 3,
) -> list[Stretch]:
    """The spans as long as the wanted one, free on one unit from beginning to end, that begin the nearest to
    it and not before an instant; those chosen do not meet; in the order of the clock."""
    length = wanted.length
    starts = {at for free in frees for at in starts_within(free, length, step) if at >= after}
    chosen: list[Stretch] = []
    for at in sorted(starts, key=lambda at: (abs(at - wanted.starts), at)):
        found = Stretch(at, at + length)
        if not any(found.meets(other) for other in chosen):
            chosen.append(found)
        if len(chosen) == most:
            break
    return sorted(chosen)
