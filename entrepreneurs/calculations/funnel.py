"""Figures of the funnel: shares, delays, the gap between what was aimed at and what came (ENT-15, ENT-16)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction


def share(part: int, whole: int) -> Fraction | None:
    """Gives part / whole, exact; None when there is nothing to share."""
    return Fraction(part, whole) if whole else None


def median_days(delays: Sequence[int]) -> Fraction | None:
    """Gives the middle delay; None when there is none."""
    ordered, middle = sorted(delays), len(delays) // 2
    if not ordered:
        return None
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle], 2)


@dataclass(frozen=True)
class Gap:
    """A target of the year, what one would have today at an even pace, what one has."""

    target: int
    expected: Fraction
    done: int

    @property
    def gap(self) -> Fraction:
        """Negative: behind."""
        return self.done - self.expected

    @property
    def is_late(self) -> bool:
        """A whole entry behind, not a fraction of one."""
        return self.gap <= -1


def gap_to_date(target: int, done: int, *, year: int, today: date) -> Gap:
    """Gives the gap at an even pace: the share of the days of the year that are over, today included."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (last - first).days + 1
    past = min(max((today - first).days + 1, 0), days)
    return Gap(target, Fraction(target * past, days), done)


def places_left(capacity: int, followed: int) -> int:
    """Gives how many more may enter; nought when it is over."""
    return max(capacity - followed, 0)


def meets(part: int, whole: int, target: Decimal) -> bool | None:
    """Tells whether the share reaches the target (a fraction); None when there is nothing to share."""
    found = share(part, whole)
    return None if found is None else found >= Fraction(target)
