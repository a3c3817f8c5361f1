"""The days of a series, at the same hour of the clock whatever the season (COW-16, COW-29)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from coworking.calculations.stretches import NoSuchHour, Stretch, moment

# Two years of every week: beyond, nobody knows yet.
MOST_DATES = 104


class Rhythm(StrEnum):
    DAILY = "daily"
    WEEKLY = "weekly"
    # « le deuxième mardi »: the same weekday, of the same rank in its month (the fifth: the last).
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Series:
    """Every so many days, weeks or months from a first day, until a last day at most."""

    first: date
    last: date
    rhythm: Rhythm
    every: int = 1

    def dates(self, most: int = MOST_DATES) -> list[date]:
        """The days, no more than asked; whoever needs to know whether there were more asks for one more."""
        found: list[date] = []
        for rank in range(most):
            day = self._day(rank)
            if day > self.last:
                break
            found.append(day)
        return found

    def _day(self, rank: int) -> date:
        if self.rhythm is Rhythm.DAILY:
            return self.first + timedelta(days=self.every * rank)
        if self.rhythm is Rhythm.WEEKLY:
            return self.first + timedelta(weeks=self.every * rank)
        return nth_weekday(self.first, months=self.every * rank)


def nth_weekday(like: date, *, months: int) -> date:
    """The same weekday of the same rank so many months later; of a fifth one, the last of the month."""
    year, month = divmod(like.year * 12 + like.month - 1 + months, 12)
    month += 1
    rank = (like.day - 1) // 7
    first_weekday, length = monthrange(year, month)
    day = 1 + (like.weekday() - first_weekday) % 7 + 7 * rank
    return date(year, month, day if day <= length else day - 7)


def on_the_clock(day: date, starts: time, ends: time, zone: tzinfo) -> Stretch | None:
    """That day from one hour to another (of the next day when it is not later); None where the clock jumps
    over one of them."""
    try:
        return Stretch(moment(day, starts, zone), moment(day + timedelta(days=ends <= starts), ends, zone))
    except NoSuchHour:
        return None


def clock_of(at: datetime, zone: tzinfo) -> tuple[date, time]:
    """The day and the hour that a clock of the zone shows."""
    local = at.astimezone(zone)
    return local.date(), local.time()
