"""Which months of the books receive entries, and to which year a day belongs."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from accounting.calculations.years import year_around
from accounting.models import Entry, FiscalYear, Period
from accounting.states.periods import YEAR_START, PeriodState, YearState
from cae.core.periods import Month, Span
from cae.core.questions import Question
from cae.core.settings import value_of


def closed_through() -> date | None:
    """The last day that receives no entry any more; None while nothing is closed."""
    month, year = _MONTH_CLOSED.first(), _YEAR_CLOSED.first()
    days = [day for day in (Month.of(month).last if month else None, year) if day is not None]
    return max(days, default=None)


# Asked by every entry.
_MONTH_CLOSED: Question[date] = Question(
    lambda: (
        Period.objects.exclude(state=PeriodState.OPEN)
        .order_by("-starts_on")
        .values_list("starts_on", flat=True)[:1]
    )
)
_YEAR_CLOSED: Question[date] = Question(
    lambda: (
        FiscalYear.objects.filter(state=YearState.CLOSED)
        .order_by("-ends_on")
        .values_list("ends_on", flat=True)[:1]
    )
)


def first_to_close() -> Month | None:
    """The month after the last one closed, or the first of the books; None while they are empty."""
    closed = closed_through()
    if closed is not None:
        return Month.of(closed).next()
    first = Entry.objects.aggregate(first=Min("on"))["first"]
    return Month.of(first) if first else None


def first_open_day() -> date:
    """The first day that receives entries; the first day of all time while nothing is closed."""
    closed = closed_through()
    return date.min if closed is None else closed + timedelta(days=1)


def is_open(on: date) -> bool:
    """Tells whether an entry may bear this date."""
    return on >= first_open_day()


def open_day(on: date) -> date:
    """This day, or the first after it that receives entries: for what must be booked whatever is closed."""
    return max(on, first_open_day())


def years_to_close() -> QuerySet[FiscalYear]:
    """The open years of which the last month is locked."""
    locked = Period.objects.filter(year=OuterRef("pk"), state=PeriodState.LOCKED)
    last = locked.annotate(last=TruncMonth("year__ends_on")).filter(starts_on=F("last"))
    return FiscalYear.objects.filter(Exists(last), state=YearState.OPEN)


def month_state(month: Month) -> PeriodState:
    """The state of a month, whether it has a row or not."""
    row = Period.objects.filter(starts_on=month.first).first()
    if row is not None and row.state != PeriodState.OPEN:
        return PeriodState(row.state)
    return PeriodState.OPEN if is_open(month.first) else PeriodState.CLOSED


def fiscal_year_of(on: date) -> FiscalYear | None:
    """The year that holds a day, if it has been opened."""
    return FiscalYear.objects.filter(starts_on__lte=on, ends_on__gte=on).first()


def year_span(on: date) -> Span:
    """The days of the year of the books that holds a day: as opened, or as the parameter « début d’exercice »
    makes it between the years opened."""
    near = FiscalYear.objects.aggregate(
        before=Max("ends_on", filter=Q(ends_on__lt=on)),
        starts=Max("starts_on", filter=Q(starts_on__lte=on, ends_on__gte=on)),
        ends=Max("ends_on", filter=Q(starts_on__lte=on, ends_on__gte=on)),
    )
    if near["starts"]:
        return Span(near["starts"], near["ends"])
    after = FiscalYear.objects.filter(starts_on__gt=on).order_by("starts_on").first()
    return year_around(
        on,
        first_month=value_of(YEAR_START, on=on),
        after=near["before"],
        before=after.starts_on if after else None,
    )
