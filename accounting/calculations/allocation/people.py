"""What each person receives of the part travail and of the interest on shares, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO, cents, share
from cae.core.periods import Span, after_months

# Loi 78-763 art. 33, 3°.
_MONTHS_PRESENT = 3
_MONTHS_SENIOR = 6
MOST_COEFFICIENT = Decimal(2)


class Criterion(StrEnum):
    """By what the part travail may be shared."""

    PAY = "pay"
    TIME = "time"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Right:
    """What is measured of a person in the year; `coefficient` comes from seniority."""

    person: int
    pay: Decimal = ZERO
    time: Decimal = ZERO
    coefficient: Decimal = Decimal(1)

    def by(self, criterion: Criterion) -> Decimal:
        measured = {Criterion.PAY: self.pay, Criterion.TIME: self.time, Criterion.EQUAL: Decimal(1)}
        return max(measured[criterion], ZERO) * self.coefficient


# How much of the part travail each criterion shares, in any unit.
Key = dict[Criterion, Decimal]


def is_entitled(entered_on: date, left_on: date | None, year: Span) -> bool:
    """Three months in the year, or six months of seniority for who is still there at its end."""
    last = min(left_on or year.ends_on, year.ends_on)
    present = after_months(max(entered_on, year.starts_on), _MONTHS_PRESENT) <= _morrow(last)
    senior = after_months(entered_on, _MONTHS_SENIOR) <= _morrow(last)
    return present or (senior and last == year.ends_on)


def seniority_coefficient(years: int, step: Decimal) -> Decimal:
    """One, more a step for each whole year, two at most."""
    return min(1 + years * step, MOST_COEFFICIENT)


def unmeasured(rights: Sequence[Right], key: Key) -> list[Criterion]:
    """Criteria of the key by which nobody has anything: nothing can be shared by them."""
    return [one for one, weight in key.items() if weight and not any(right.by(one) for right in rights)]


def labour_slices(total: Decimal, rights: Sequence[Right], key: Key) -> dict[int, dict[Criterion, Decimal]]:
    """Cuts the part travail between criteria, then each slice between people; the sum is the total.

    Raises ValueError when the key has no weight, or a criterion that nobody has (`unmeasured`)."""
    found: dict[int, dict[Criterion, Decimal]] = {right.person: {} for right in rights}
    for criterion, amount in zip(key, share(total, list(key.values())), strict=True):
        if not amount:
            continue
        for right, part in zip(rights, share(amount, [one.by(criterion) for one in rights]), strict=True):
            found[right.person][criterion] = part
    return found


def labour_parts(total: Decimal, rights: Sequence[Right], key: Key) -> dict[int, Decimal]:
    """What each person receives of the part travail, whatever the criterion."""
    slices = labour_slices(total, rights, key)
    return {person: sum(parts.values(), ZERO) for person, parts in slices.items()}


def interest_parts(total: Decimal, capitals: dict[int, Decimal]) -> dict[int, Decimal]:
    """Cuts the interest by the capital that each holds; the sum is the total."""
    if not total:
        return dict.fromkeys(capitals, ZERO)
    return dict(zip(capitals, share(total, list(capitals.values())), strict=True))


@dataclass(frozen=True, slots=True)
class Stay:
    """How somebody was employed in a year: since when without break, until when, how many days of it."""

    entered_on: date
    left_on: date | None
    days: int
    seniority: int
    is_entitled: bool


def stay_in(periods: Iterable[tuple[date, date | None]], year: Span) -> Stay | None:
    """Joins periods that follow or overlap each other, then reads the year; nothing on no day of it."""
    chains: list[tuple[date, date]] = []
    for start, end in sorted((start, end or date.max) for start, end in periods):
        if end < start:
            continue
        if chains and start <= _morrow(chains[-1][1]):
            chains[-1] = (chains[-1][0], max(chains[-1][1], end))
        else:
            chains.append((start, end))
    within = [(start, end) for start, end in chains if start <= year.ends_on and end >= year.starts_on]
    if not within:
        return None
    entered_on, last = within[-1]
    last_seen = min(last, year.ends_on)
    return Stay(
        entered_on=entered_on,
        left_on=last if last <= year.ends_on else None,
        days=sum((min(end, year.ends_on) - max(start, year.starts_on)).days + 1 for start, end in within),
        seniority=_whole_years(entered_on, last_seen),
        is_entitled=any(is_entitled(start, end, year) for start, end in within),
    )


def _whole_years(start: date, last: date) -> int:
    morrow = _morrow(last)
    years = morrow.year - start.year
    return years if after_months(start, 12 * years) <= morrow else years - 1


def kept_back(amount: Decimal, rate: Decimal) -> Decimal:
    """What is kept back of a part when it is paid."""
    return cents(amount * rate)


def _morrow(day: date) -> date:
    return day if day == date.max else date.fromordinal(day.toordinal() + 1)
