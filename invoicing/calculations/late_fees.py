"""What a late payment costs a professional: penalties on what remained due day by day, a flat indemnity.

Source: C. com. L441-10 II (rate of the European Central Bank in force on the first day of the half-year, plus
ten points), D441-5 (40 €); for a public body CCP R2192-31 (plus eight points), D2192-35 (40 €). Private
persons owe neither. « À confirmer » (domain.md 5.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cae.core.money import ZERO, cents

_JULY = 7


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both ends counted, during which the same amount was due at the same rate."""

    first: date
    last: date
    amount: Decimal
    rate: Decimal

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class LateFees:
    """What is asked beyond an invoice, with its working."""

    spans: tuple[Span, ...] = ()
    penalty: Decimal = ZERO
    indemnity: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.penalty + self.indemnity


NO_FEES = LateFees()


def half_year_of(day: date) -> date:
    """The day whose rate holds for the half-year of `day`."""
    return date(day.year, _JULY if day.month >= _JULY else 1, 1)


def half_years(first: date, last: date) -> list[date]:
    """The first day of each half-year that these days touch."""
    found = [half_year_of(first)]
    while (following := _next_half_year(found[-1])) <= last:
        found.append(following)
    return found


def late_fees(
    owed: Decimal,
    payments: Iterable[tuple[date, Decimal]],
    *,
    due_on: date,
    on: date,
    rates: Mapping[date, Decimal],
    indemnity: Decimal = ZERO,
) -> LateFees:
    """Fees on a day of an invoice that asked `owed` (credit notes and losses off) on `due_on`.

    The first day late is the one after; a payment stops the days that follow its own (negative: money taken
    back). `rates` gives the yearly rate of each half-year by its first day. Rounded once, to the cent.
    """
    if on <= due_on:
        return NO_FEES
    spans = tuple(_spans(owed, sorted(payments), first=due_on + timedelta(days=1), last=on, rates=rates))
    exact = sum((span.amount * span.rate * span.days / _length(span.first.year) for span in spans), ZERO)
    return LateFees(spans, cents(exact), indemnity) if spans else NO_FEES


def _spans(
    owed: Decimal,
    payments: Sequence[tuple[date, Decimal]],
    *,
    first: date,
    last: date,
    rates: Mapping[date, Decimal],
) -> Iterable[Span]:
    """Cut wherever the amount, the rate or the length of the year changes; nothing while nothing is due."""
    cuts = {first, *half_years(first, last)[1:]}
    cuts |= {day + timedelta(days=1) for day, _amount in payments if first <= day < last}
    starts = sorted(cuts)
    for start, following in zip(starts, [*starts[1:], last + timedelta(days=1)], strict=True):
        left = owed - sum((amount for day, amount in payments if day < start), ZERO)
        if left > ZERO:
            yield Span(start, following - timedelta(days=1), left, rates[half_year_of(start)])


def _next_half_year(day: date) -> date:
    return date(day.year, _JULY, 1) if day.month < _JULY else date(day.year + 1, 1, 1)


def _length(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
