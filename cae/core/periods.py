"""Months, validity dates and delays, as plain values: the one place that counts in calendar months."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, order=True)
class Month:
    """A civil month; compares and sorts by date."""

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Reads « 2026-11 »; raises ValueError otherwise, and for a month without another after it."""
        year, _, month = text.partition("-")
        found = cls(int(year), int(month))
        if not (1 <= found.month <= 12 and 1900 <= found.year < 9999):
            raise ValueError(text)
        return found

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return self.next().first - timedelta(days=1)

    def next(self) -> Month:
        return Month(self.year + self.month // 12, self.month % 12 + 1)

    def previous(self) -> Month:
        return Month.of(self.first - timedelta(days=1))

    def until(self, end: Month) -> Iterator[Month]:
        """Gives this month and the following ones, `end` included."""
        month = self
        while month <= end:
            yield month
            month = month.next()

    def __contains__(self, day: date) -> bool:
        return Month.of(day) == self

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}"


def covers(start: date, end: date | None, day: date) -> bool:
    """Tells whether `day` lies in the period, both ends included; no end means for ever."""
    return start <= day and (end is None or day <= end)


def after_months(start: date, months: int) -> date:
    """Gives the same day-number so many months later (earlier when negative), or the last day of a month that
    has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def last_day(start: date, *, months: int) -> date:
    """Gives the last day of a delay of so many months that begins on `start`: the eve of its day-number.

    1 March 2026 and three years: 28 February 2029. From the 31st, a month without a 31st ends on its last
    day (Code of civil procedure, art. 641, counts the same way from date to date).
    """
    reached = after_months(start, months)
    return reached if reached.day < start.day else reached - timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """Whole days, both ends included."""

    starts_on: date
    ends_on: date

    def __post_init__(self) -> None:
        if self.ends_on < self.starts_on:
            raise ValueError(f"{self.ends_on} is before {self.starts_on}")

    @property
    def length(self) -> tuple[int, int]:
        """Whole months, then the days left over."""
        start, end = self.starts_on, self.ends_on
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        while last_day(start, months=months) > end:
            months -= 1
        return months, (end - last_day(start, months=months)).days


def merged(spans: Iterable[Span]) -> list[Span]:
    """Gives the same days without counting any twice: spans that touch or overlap become one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.starts_on <= found[-1].ends_on + timedelta(days=1):
            found[-1] = Span(found[-1].starts_on, max(found[-1].ends_on, span.ends_on))
        else:
            found.append(span)
    return found


def last_day_less(start: date, *, months: int, spent: Iterable[Span]) -> date:
    """Gives the last day of a delay shortened by what was spent before: whole months first, then days.

    A delay wholly spent ends on the eve of its start."""
    lengths = [span.length for span in merged(spent)]
    left = months - sum(length[0] for length in lengths)
    days = sum(length[1] for length in lengths)
    eve = start - timedelta(days=1)
    return max(last_day(start, months=left) - timedelta(days=days), eve) if left > 0 else eve
