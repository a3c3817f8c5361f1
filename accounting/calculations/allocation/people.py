"""What each person receives of the part travail and of the interest on shares, to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO, share
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


def labour_parts(total: Decimal, rights: Sequence[Right], key: Key) -> dict[int, Decimal]:
    """Cuts the part travail between criteria, then each slice between people; the sum is the total.

    Raises ValueError when the key has no weight, or a criterion that nobody has (`unmeasured`)."""
    found = {right.person: ZERO for right in rights}
    for criterion, amount in zip(key, share(total, list(key.values())), strict=True):
        if not amount:
            continue
        for right, part in zip(rights, share(amount, [one.by(criterion) for one in rights]), strict=True):
            found[right.person] += part
    return found


def interest_parts(total: Decimal, capitals: dict[int, Decimal]) -> dict[int, Decimal]:
    """Cuts the interest by the capital that each holds; the sum is the total."""
    if not total:
        return dict.fromkeys(capitals, ZERO)
    return dict(zip(capitals, share(total, list(capitals.values())), strict=True))


def _morrow(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
