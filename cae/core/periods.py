"""Months and validity dates, as plain values."""

from __future__ import annotations

from collections.abc import Iterator
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
