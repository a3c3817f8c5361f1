"""Mandates of a body as dated seats: who sits, empty seats, overlaps, mandates in a row (GOV-13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Seat:
    """A mandate: whose, from a day to a day, both included; the last day is the real one once it ended."""

    key: int
    person: int
    starts_on: date
    last_day: date

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.last_day


@dataclass(frozen=True)
class Gap:
    """Days, both included, on which fewer sit than the statutes ask."""

    first: date
    last: date
    seated: int


def seated_on(seats: Iterable[Seat], day: date) -> int:
    """Gives how many people sit on a day; somebody with two mandates at once sits once."""
    return len({seat.person for seat in seats if seat.covers(day)})


def gaps(seats: Sequence[Seat], *, least: int, first: date, last: date) -> list[Gap]:
    """Gives the days from `first` to `last` on which fewer than `least` sit, joined while as many do."""
    turns = {first}
    turns |= {seat.starts_on for seat in seats} | {seat.last_day + _DAY for seat in seats}
    days = sorted(day for day in turns if first <= day <= last)
    found: list[Gap] = []
    for begin, end in zip(days, [*days[1:], last + _DAY], strict=True):
        seated = seated_on(seats, begin)
        if seated >= least:
            continue
        if found and found[-1].seated == seated and found[-1].last + _DAY == begin:
            found[-1] = Gap(found[-1].first, end - _DAY, seated)
        else:
            found.append(Gap(begin, end - _DAY, seated))
    return found


def crowded(seats: Sequence[Seat], *, most: int | None, first: date, last: date) -> date | None:
    """Gives the first day from `first` to `last` on which more than `most` sit; None if there is none."""
    if most is None:
        return None
    turns = {first} | {seat.starts_on for seat in seats}
    days = sorted(day for day in turns if first <= day <= last)
    return next((day for day in days if seated_on(seats, day) > most), None)


def overlaps(seats: Iterable[Seat]) -> list[tuple[Seat, Seat]]:
    """Gives the pairs of mandates that the same person holds at the same time, in order of days."""
    ordered = sorted(seats, key=lambda seat: (seat.starts_on, seat.key))
    return [
        (one, other)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if one.person == other.person and other.starts_on <= one.last_day
    ]


def term_number(seats: Iterable[Seat], *, person: int, starts_on: date, slack: int) -> int:
    """Gives which mandate in a row one that begins that day would be: 1 when the last one ended more than
    `slack` days before, or never was. An assembly seldom falls on the day a term ends."""
    own = sorted(
        (seat for seat in seats if seat.person == person and seat.starts_on < starts_on),
        key=lambda seat: seat.starts_on,
        reverse=True,
    )
    number, begins = 1, starts_on
    for seat in own:
        if begins - seat.last_day > timedelta(days=slack) + _DAY:
            break
        number, begins = number + 1, seat.starts_on
    return number


def is_replaced(seats: Sequence[Seat], seat: Seat) -> bool:
    """Tells whether at least as many sit the day after a mandate ends as on its last day."""
    return seated_on(seats, seat.last_day + _DAY) >= seated_on(seats, seat.last_day)
