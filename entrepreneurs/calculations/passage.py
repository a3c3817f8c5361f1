"""The rule of passage to the CESA: what the cooperative asks, what the books say, met or not (ENT-30)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO, cents
from cae.core.periods import Month, Span
from entrepreneurs.calculations.contracts import total_length


class Condition(StrEnum):
    """What a cooperative may ask; zero asks nothing."""

    MONTHS = "months"
    SALES = "sales"
    MARGIN = "margin"
    CASH = "cash"


@dataclass(frozen=True)
class Finding:
    """One condition: what is asked, what was found."""

    condition: Condition
    wanted: Decimal
    found: Decimal

    @property
    def met(self) -> bool:
        return self.found >= self.wanted


def months_counted(on: date, count: int) -> list[Month]:
    """Gives the whole months before a day, the oldest first: a month begun says nothing yet."""
    month = Month.of(on).previous()
    found = []
    for _each in range(count):
        found.append(month)
        month = month.previous()
    return found[::-1]


def mean_of(amounts: Iterable[Decimal]) -> Decimal:
    """Gives the mean of a month, to the cent; nothing over no month."""
    known = list(amounts)
    return cents(sum(known, ZERO) / len(known)) if known else ZERO


def months_tested(periods: Iterable[Span], on: date) -> int:
    """Gives the whole months spent under these periods up to a day: what lies between two is no test."""
    begun = [one for one in periods if one.starts_on <= on]
    return total_length(Span(one.starts_on, min(one.ends_on, on)) for one in begun)[0]


def findings(wanted: Mapping[Condition, Decimal], found: Mapping[Condition, Decimal]) -> list[Finding]:
    """Gives each condition asked with what was found, in the order of the rule."""
    return [
        Finding(condition, wanted[condition], found.get(condition, ZERO))
        for condition in Condition
        if wanted[condition] > 0
    ]


def is_met(found: Iterable[Finding]) -> bool:
    """Tells whether every condition is met; a rule that asks nothing lets everybody pass."""
    return all(one.met for one in found)
