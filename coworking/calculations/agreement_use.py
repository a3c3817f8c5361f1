"""What an agreement with a host or a partner was used for: days and hours of people, against its days a month
and its price (COW-04)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from decimal import Decimal

from cae.core.money import ZERO, cents
from cae.core.periods import Month
from coworking.calculations.hours import whole_days
from coworking.calculations.proration import due_of
from coworking.calculations.stretches import Stretch, common, joined


@dataclass(frozen=True)
class Terms:
    """What an agreement says: its days, the days of people included a month, its price of a month (euros
    excl. tax)."""

    starts_on: date
    ends_on: date | None = None
    days_a_month: int | None = None
    price: Decimal | None = None


@dataclass(frozen=True)
class MonthUse:
    """One month: people come, days of people (two on one day: two), minutes, days included, price of the days
    asked for."""

    month: Month
    people: int
    days: int
    minutes: int
    quota: int | None
    price: Decimal | None

    @property
    def left(self) -> int | None:
        return None if self.quota is None else max(self.quota - self.days, 0)

    @property
    def over(self) -> int:
        return 0 if self.quota is None else max(self.days - self.quota, 0)


@dataclass(frozen=True)
class PersonUse:
    """One person over the whole time: days come, minutes."""

    who: int
    days: int
    minutes: int


@dataclass(frozen=True)
class AgreementUse:
    """Months in order, people by days come; the sums."""

    months: list[MonthUse]
    persons: list[PersonUse]

    @property
    def days(self) -> int:
        return sum(one.days for one in self.months)

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.months)

    @property
    def quota(self) -> int | None:
        found = [one.quota for one in self.months if one.quota is not None]
        return sum(found) if found else None

    @property
    def over(self) -> int:
        """Beyond the days included, month by month: what is left of one is not carried to another."""
        return sum(one.over for one in self.months)

    @property
    def price(self) -> Decimal | None:
        found = [one.price for one in self.months if one.price is not None]
        return sum(found, ZERO) if found else None

    @property
    def price_of_a_day(self) -> Decimal | None:
        """What a day used cost in the end."""
        return cents(self.price / self.days) if self.price is not None and self.days else None


def use_of(
    stays: Mapping[int, Iterable[Stretch]], terms: Terms, first: date, last: date, zone: tzinfo
) -> AgreementUse:
    """By person the times there, which may meet (a booking and who came for it: once); from a day to another,
    both included, within the days of the agreement."""
    first = max(first, terms.starts_on)
    last = last if terms.ends_on is None else min(last, terms.ends_on)
    if last < first:
        return AgreementUse([], [])
    used = {who: _by_day(spans, first, last, zone) for who, spans in stays.items()}
    used = {who: days for who, days in used.items() if days}
    months = [_month(one, used, terms, first, last) for one in Month.of(first).until(Month.of(last))]
    persons = [PersonUse(who, len(days), sum(days.values())) for who, days in used.items()]
    return AgreementUse(months, sorted(persons, key=lambda one: (-one.days, -one.minutes, one.who)))


def _month(
    month: Month, used: Mapping[int, Mapping[date, int]], terms: Terms, first: date, last: date
) -> MonthUse:
    rows = {who: [n for day, n in days.items() if day in month] for who, days in used.items()}
    there = [minutes for minutes in rows.values() if minutes]
    price = terms.price
    if price is not None:
        price = due_of(price, month, first, last).amount
    return MonthUse(
        month,
        len(there),
        sum(len(minutes) for minutes in there),
        sum(sum(minutes) for minutes in there),
        terms.days_a_month,
        price,
    )


def _by_day(spans: Iterable[Stretch], first: date, last: date, zone: tzinfo) -> dict[date, int]:
    """Minutes by day of the clock, days without any left out."""
    found: dict[date, int] = {}
    for one in common(joined(spans), [whole_days(first, last, zone)]):
        day, end = one.starts.astimezone(zone).date(), one.ends.astimezone(zone)
        while day <= end.date():
            minutes = sum(part.minutes for part in common([one], [whole_days(day, day, zone)]))
            if minutes:
                found[day] = found.get(day, 0) + minutes
            day += timedelta(days=1)
    return found
