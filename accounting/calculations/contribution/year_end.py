"""The yearly floor: what is asked in advance, and what is added when the year or the activity ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accounting.calculations.contribution.presence import Presence, waived
from accounting.calculations.contribution.scales import Part, Scale, Window
from accounting.calculations.contribution.tariffs import YEAR_MONTHS
from accounting.calculations.contribution.working import cap_of_year
from cae.core.money import ZERO, cents
from cae.core.periods import Month


@dataclass(frozen=True)
class YearEnd:
    """The floor of the year, what was taken (an advance among it), what is added."""

    floor: Decimal
    taken: Decimal
    cap_left: Decimal | None
    top_up: Decimal


def yearly_floor(scale: Scale, months: Sequence[tuple[Month, Presence]]) -> Decimal:
    """A twelfth for each month present whose floor nobody waived, under the contract of that month."""
    if scale.floor is None or scale.floor.per != Window.YEAR:
        return ZERO
    whole = Fraction(0)
    for month, presence in months:
        if presence.is_here(month) and Part.FLOOR not in waived(scale, presence, month.last):
            people = presence.people if scale.floor.per_person else 1
            whole += (
                Fraction(scale.floor.amounts.of(presence.contract, presence.months_until(month))) * people
            )
    exact = whole / YEAR_MONTHS
    return cents(Decimal(exact.numerator) / Decimal(exact.denominator))


def close_year(
    scale: Scale, year: int, months: Sequence[tuple[Month, Presence]], *, taken: Decimal
) -> YearEnd:
    """The floor of the months present, less what the year has taken; never above the cap."""
    floor = yearly_floor(scale, months)
    cap = cap_of_year(scale, months[-1][1], year) if months else None
    left = None if cap is None else max(cap - taken, ZERO)
    top_up = max(floor - taken, ZERO)
    return YearEnd(floor, taken, left, top_up if left is None else min(top_up, left))


def advance(scale: Scale, contract: str) -> Decimal:
    """What is asked before a contract of this kind starts, credited against the floor of the year."""
    if scale.floor is None:
        return ZERO
    months = dict(scale.floor.advance_months).get(contract, 0)
    amount = scale.floor.amounts.of(contract, 1) * months
    return cents(amount / YEAR_MONTHS if scale.floor.per == Window.YEAR else amount)
