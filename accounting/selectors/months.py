"""The months of a year of the books as their page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Sum
from django.db.models.functions import TruncMonth

from accounting.calculations.years import year_around
from accounting.models import Closing, Entry, FiscalYear, Period
from accounting.selectors.periods import closed_through, first_to_close, year_span
from accounting.states.periods import PERIOD_SHAPES, YEAR_START, ClosingKind, PeriodState
from cae.core.money import ZERO
from cae.core.periods import Month, Span
from cae.core.settings import value_of


@dataclass(frozen=True)
class MonthRow:
    """A month, its state, what it holds, and its last certificate."""

    month: Month
    state: PeriodState
    count: int
    total: Decimal
    closing: Closing | None
    # The next that may be closed.
    is_next: bool

    @property
    def status(self) -> tuple[str, str, str]:
        return (*PERIOD_SHAPES[self.state], str(self.state.label))


def months_of(span: Span, *, today: date) -> list[MonthRow]:
    """The months of these days, in order: four questions, whatever they hold."""
    held: dict[date, Any] = {
        row["month"]: row
        for row in Entry.objects.filter(on__range=(span.starts_on, span.ends_on))
        .order_by()
        .annotate(month=TruncMonth("on"))
        .values("month")
        .annotate(count=Count("pk"), sum=Sum("total"))
    }
    rows = Period.objects.filter(starts_on__range=(span.starts_on, span.ends_on))
    states = {row.starts_on: PeriodState(row.state) for row in rows}
    certified = Closing.objects.filter(
        kind=ClosingKind.MONTH, starts_on__range=(span.starts_on, span.ends_on)
    )
    closings = {row.starts_on: row for row in certified.order_by("number")}
    closed, following = closed_through(), next_to_close(today)
    found = []
    for month in Month.of(span.starts_on).until(Month.of(span.ends_on)):
        sums = held.get(month.first, {"count": 0, "sum": ZERO})
        state = states.get(month.first, PeriodState.OPEN)
        if state == PeriodState.OPEN and closed is not None and month.last <= closed:
            state = PeriodState.CLOSED
        found.append(
            MonthRow(
                month,
                state,
                sums["count"],
                sums["sum"],
                closings.get(month.first),
                is_next=month == following,
            )
        )
    return found


def next_to_close(today: date) -> Month | None:
    """The month that may be closed now; None when it is not over."""
    month = first_to_close()
    return month if month is not None and month.last < today else None


def years_of_books(today: date) -> list[Span]:
    """The years that the books touch, the latest first, opened or not; today's is always there."""
    ends = Entry.objects.aggregate(first=Min("on"), last=Max("on"))
    first, last = min(ends["first"] or today, today), max(ends["last"] or today, today)
    opened = [row.span for row in FiscalYear.objects.order_by("starts_on")]
    first_month = value_of(YEAR_START, on=today)
    found, day = [], first
    while day <= last:
        span = next((one for one in opened if one.starts_on <= day <= one.ends_on), None)
        if span is None:
            before = max((one.ends_on for one in opened if one.ends_on < day), default=None)
            after = min((one.starts_on for one in opened if one.starts_on > day), default=None)
            span = year_around(day, first_month=first_month, after=before, before=after)
        found.append(span)
        day = Month.of(span.ends_on).next().first
    return found[::-1]


def year_asked(text: str, *, today: date) -> Span:
    """The year that an address names by its first month, or today's. Raises ValueError."""
    return year_span(Month.parse(text).first if text else today)
