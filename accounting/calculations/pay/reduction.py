"""The general reduction of employer contributions (RGDU), of a month and of the year so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from accounting.calculations.pay.situations import HoursFrom, PaySituation
from cae.core.money import ZERO, cents

_FOUR = Decimal("0.0001")
_FULL_TIME = Decimal(35)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules of a month say of the reduction; both minimum wages are monthly and full time."""

    tmin: Decimal
    tdelta: Decimal
    power: Decimal
    reference_smic: Decimal
    current_smic: Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """A month in the sum of the year: its pay, the minimum wage it counts for, the reduction it was given."""

    pay: Decimal
    smic: Decimal
    given: Decimal


def coefficient(pay: Decimal, smic: Decimal, terms: Terms) -> Decimal:
    """Gives the coefficient, four decimals; nothing from three times the minimum wage on."""
    if pay <= 0 or pay >= 3 * smic:
        return ZERO
    raised = ((3 * smic / pay - 1) / 2) ** terms.power
    found = (terms.tmin + terms.tdelta * raised).quantize(_FOUR, rounding=ROUND_HALF_UP)
    return min(terms.tmin + terms.tdelta, found)


def counted_smic(pay: Decimal, situation: PaySituation, terms: Terms) -> Decimal:
    """Gives the minimum wage that a month counts for: that of the hours of the contract, or, without working
    time, of the hours that the pay is worth."""
    if situation.weekly_hours is not None:
        return terms.reference_smic * situation.weekly_hours / _FULL_TIME
    hours_at = terms.current_smic if situation.hours_from is HoursFrom.CURRENT else terms.reference_smic
    return terms.reference_smic * min(hours_at, pay) / hours_at


def reduction_of_month(pay: Decimal, smic: Decimal, year: Iterable[Counted], terms: Terms) -> Decimal:
    """Gives what this month receives: the reduction of the year so far, less what it was already given."""
    before = list(year)
    total_pay = pay + sum((month.pay for month in before), ZERO)
    total_smic = smic + sum((month.smic for month in before), Decimal(0))
    of_year = cents(total_pay * coefficient(total_pay, total_smic, terms))
    return of_year - sum((month.given for month in before), ZERO)
