"""What a month of a plan is due when it is not held all of it (COW-11, COW-14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cae.core.money import cents
from cae.core.periods import Month, Span, after_months, merged


@dataclass(frozen=True)
class Due:
    """Of a month: days held, days of the calendar, the amount (euros excl. tax)."""

    days: int
    out_of: int
    amount: Decimal

    @property
    def is_whole(self) -> bool:
        return self.days == self.out_of


def days_held(month: Month, starts_on: date, ends_on: date | None, pauses: Iterable[Span] = ()) -> int:
    """Days of the month on which the plan is held, pauses off."""
    first = max(starts_on, month.first)
    last = month.last if ends_on is None else min(ends_on, month.last)
    if last < first:
        return 0
    off = sum(
        (min(pause.ends_on, last) - max(pause.starts_on, first)).days + 1
        for pause in merged(pauses)
        if pause.starts_on <= last and first <= pause.ends_on
    )
    return (last - first).days + 1 - off


def due_of(
    price: Decimal, month: Month, starts_on: date, ends_on: date | None, pauses: Iterable[Span] = ()
) -> Due:
    """The price of a month, by the days of the calendar on which the plan is held; rounded once."""
    out_of = (month.last - month.first).days + 1
    days = days_held(month, starts_on, ends_on, pauses)
    return Due(days, out_of, cents(price * days / out_of))


def end_after_notice(asked_on: date, *, months: int, days: int = 0) -> date:
    """The last day of a plan of which the end was asked that day: the notice runs from the next one, counted
    from date to date, to the end of its last month when it is one of months."""
    reached = after_months(asked_on, months) + timedelta(days=days)
    return Month.of(reached).last if months else reached
