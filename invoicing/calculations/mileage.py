"""Mileage allowances: what a year of kilometres gives, and what a trip adds to it.

Source: barème kilométrique, CGI art. 83-3°, arrêté of 27 March 2023; bands count the kilometres of one
person, one vehicle, one calendar year, whatever the activity. The amount of a year is rounded once, half up:
a trip is worth the amount of the year with it less the amount of the year without it, so that no order of
entry and no crossing of a band gains or loses a cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import ZERO, cents

NO_KM = Decimal(0)
_ONE = Decimal(1)
_BOTH_WAYS = 2


@dataclass(frozen=True, slots=True)
class Band:
    """Up to so many kilometres of the year (None: beyond), the whole year at this rate, plus an amount."""

    up_to: Decimal | None
    rate: Decimal
    plus: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Tariff:
    """What a scale says of one vehicle: its bands in order, and the factor of an electric one."""

    bands: Sequence[Band]
    factor: Decimal = _ONE

    def band_at(self, km: Decimal) -> Band:
        """The band of a year of so many kilometres. Raises LookupError when no band reaches it."""
        for band in self.bands:
            if band.up_to is None or km <= band.up_to:
                return band
        raise LookupError(f"no band for {km} km")

    def of_year(self, km: Decimal) -> Decimal:
        """The amount of a year of so many kilometres; nothing for none."""
        if not km:
            return ZERO
        band = self.band_at(km)
        return cents((km * band.rate + band.plus) * self.factor)


@dataclass(frozen=True, slots=True)
class Step:
    """A trip in its year: the kilometres before it and with it, the band reached, what it is worth."""

    km: Decimal
    before: Decimal
    band: Band
    amount: Decimal
    of_year: Decimal

    @property
    def after(self) -> Decimal:
        return self.before + self.km


@dataclass(frozen=True, slots=True)
class Gap:
    """What a year should have given for kilometres already handed in, and what it gave."""

    km: Decimal
    due: Decimal
    given: Decimal

    @property
    def amount(self) -> Decimal:
        """To give (positive) or to take back (negative)."""
        return self.due - self.given


def travelled(km: Decimal, *, returns: bool) -> Decimal:
    """The kilometres of a trip, both ways when one comes back."""
    return km * _BOTH_WAYS if returns else km


def steps(tariff: Tariff, trips: Iterable[Decimal], *, before: Decimal = NO_KM) -> list[Step]:
    """What each trip is worth, one after the other, the year having `before` kilometres already."""
    found = []
    for km in trips:
        year, without = tariff.of_year(before + km), tariff.of_year(before)
        found.append(Step(km, before, tariff.band_at(before + km), year - without, year))
        before += km
    return found


def gap(tariff: Tariff, *, km: Decimal, given: Decimal) -> Gap:
    """What is missing or too much for the kilometres handed in: after a refusal, or another scale."""
    return Gap(km, tariff.of_year(km), given)
