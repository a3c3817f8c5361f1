"""Who speaks next: points of order before all; then those who have not spoken, then those who spoke least
(governance.md §9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

# Code of governance.states: a point of order is about the sitting itself, and is no speech.
ORDER = "order"


@dataclass(frozen=True)
class Asked:
    """Somebody who waits to speak: the key of the turn, whose it is, why, since when."""

    key: int
    associate: int
    kind: str
    at: datetime


@dataclass(frozen=True)
class Spoken:
    """A turn that is over: whose it was, why, how many seconds it took."""

    associate: int
    kind: str
    seconds: int


@dataclass(frozen=True)
class Balance:
    """How often and how long somebody has spoken so far; points of order are not counted."""

    times: int = 0
    seconds: int = 0


def balances(spoken: Iterable[Spoken]) -> dict[int, Balance]:
    """Gives {associate: balance} of those who have spoken."""
    times: Counter[int] = Counter()
    seconds: Counter[int] = Counter()
    for turn in spoken:
        if turn.kind != ORDER:
            times[turn.associate] += 1
            seconds[turn.associate] += turn.seconds
    return {associate: Balance(times[associate], seconds[associate]) for associate in times}


def queue(waiting: Iterable[Asked], spoken: Iterable[Spoken]) -> list[Asked]:
    """Gives those who wait in the order in which they speak.

    Points of order come first, among themselves by the instant of the request. Then those who have not
    spoken yet, by instant; then the others, those who have had the floor for less time first."""
    known = balances(spoken)

    def rank(asked: Asked) -> tuple[bool, bool, int, datetime, int]:
        balance = known.get(asked.associate, Balance())
        if asked.kind == ORDER:
            return False, False, 0, asked.at, asked.key
        return True, balance.times > 0, balance.seconds, asked.at, asked.key

    return sorted(waiting, key=rank)


def seconds_between(started: datetime, ended: datetime) -> int:
    """Gives the whole seconds of a turn; a clock that was put back makes none of them negative."""
    return max(0, int((ended - started).total_seconds()))


def clock(seconds: int) -> str:
    """Says a length as a clock does: « 4:05 », « 1:02:09 »."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
