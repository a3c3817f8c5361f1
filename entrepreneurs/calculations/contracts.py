"""The clocks of the law on contracts: periods of a CAPE, trial, last day to become an associate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cae.core.periods import Span, last_day, last_day_less, merged

# C. com. L127-1 to L127-7: a CAPE is concluded for twelve months at most, and renewed twice.
CAPE_MONTHS = 12
CAPE_RENEWALS = 2
CAPE_PERIODS = 1 + CAPE_RENEWALS
CAPE_TOTAL_MONTHS = CAPE_MONTHS * CAPE_PERIODS

# The days left over by several periods make a month by thirty: no date says how long their month is.
DAYS_OF_A_MONTH = 30

# C. trav. L7332-1: eight months of trial, renewal included, less any earlier contract.
TRIAL_MONTHS = 8

# C. trav. L7331-3: three years from the CESA to become an associate, less any earlier contract.
ASSOCIATE_MONTHS = 36


class CapeLimit(StrEnum):
    """Which limit a period of CAPE would pass."""

    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    TOO_MANY_MONTHS = "too_many_months"


# No decision of the cooperative waives the length of one period; the number is a grey area without case law
# (domain.md 3.2), so a person may waive it with a reason.
NEVER_WAIVED = frozenset({CapeLimit.TOO_LONG})


@dataclass(frozen=True)
class CapeCount:
    """What the periods of CAPE of one person add up to, and what is left."""

    periods: int
    months: int
    days: int

    @property
    def periods_left(self) -> int:
        return max(0, CAPE_PERIODS - self.periods)


@dataclass(frozen=True)
class Clocks:
    """What the law gives a CESA: its trial, if any is left, and the last day to become an associate."""

    starts_on: date
    trial_ends_on: date | None
    associate_by: date
    # Days already spent under contract: they shorten both.
    spent: tuple[Span, ...]

    @property
    def delay_is_spent(self) -> bool:
        """Nothing is left of the three years on the first day."""
        return self.associate_by < self.starts_on


def total_length(spans: Iterable[Span]) -> tuple[int, int]:
    """Whole months and days of these periods, each counted from date to date; the odd days of several make
    months of thirty."""
    lengths = [span.length for span in spans]
    if len(lengths) == 1:
        return lengths[0]
    more, days = divmod(sum(length[1] for length in lengths), DAYS_OF_A_MONTH)
    return sum(length[0] for length in lengths) + more, days


def next_period(taken: Iterable[int]) -> int:
    """Gives the number of one more period: the first that none of those that count has."""
    held = frozenset(taken)
    return next(number for number in range(1, len(held) + 2) if number not in held)


def count_cape(periods: Sequence[Span]) -> CapeCount:
    """Counts periods and months alike: either may be the first to run out."""
    months, days = total_length(periods)
    return CapeCount(len(periods), months, days)


def is_short(last: date, on: date, *, months: int) -> bool:
    """Less than so many months are left, that day counted, before the end of a delay."""
    return last < last_day(on, months=months)


def longest_cape(starts_on: date) -> date:
    """Gives the last day that a period of CAPE may have."""
    return last_day(starts_on, months=CAPE_MONTHS)


def cape_limit_passed(earlier: Sequence[Span], new: Span) -> CapeLimit | None:
    """Gives the limit that one more period would pass, or None."""
    if new.ends_on > longest_cape(new.starts_on):
        return CapeLimit.TOO_LONG
    if len(earlier) + 1 > CAPE_PERIODS:
        return CapeLimit.TOO_MANY
    if total_length([*earlier, new]) > (CAPE_TOTAL_MONTHS, 0):
        return CapeLimit.TOO_MANY_MONTHS
    return None


def next_cape(former: Span) -> Span:
    """Proposes the days of a renewal: it follows at once and lasts as long, within the twelve months."""
    starts_on = former.ends_on + timedelta(days=1)
    months, days = former.length
    end = last_day(starts_on, months=months) if months else starts_on - timedelta(days=1)
    return Span(starts_on, min(end + timedelta(days=days), longest_cape(starts_on)))


def earlier_than(starts_on: date, contracts: Iterable[tuple[date, date | None]]) -> tuple[Span, ...]:
    """Gives the days spent under contract before `starts_on`, none counted twice."""
    eve = starts_on - timedelta(days=1)
    spans = [Span(start, min(end or eve, eve)) for start, end in contracts if start <= min(end or eve, eve)]
    return tuple(merged(spans))


def clocks_of(starts_on: date, contracts: Iterable[tuple[date, date | None]]) -> Clocks:
    """Gives the clocks of a CESA that begins on `starts_on` after these contracts (first and last days)."""
    spent = earlier_than(starts_on, contracts)
    trial = last_day_less(starts_on, months=TRIAL_MONTHS, spent=spent)
    return Clocks(
        starts_on=starts_on,
        trial_ends_on=trial if trial >= starts_on else None,
        associate_by=last_day_less(starts_on, months=ASSOCIATE_MONTHS, spent=spent),
        spent=spent,
    )
