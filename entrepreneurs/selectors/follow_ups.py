"""A test phase against its goals: the books say some figures, the person the others (ENT-32)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cae.core import facts
from cae.core.periods import Month, after_months
from cae.core.templatetags.formats import money, quantity
from entrepreneurs.calculations.follow_ups import months_of, period_of, share_reached
from entrepreneurs.models import Activity, FollowFigure, FollowGoal, FollowNote
from entrepreneurs.selectors.signals import activities_of
from entrepreneurs.states.follow_ups import MONTHS_IN, TYPED, UNITS, Measure, Rhythm
from people.models import Person

# How many periods a page shows.
SHOWN = 4
ZERO = Decimal(0)
# Under which names the books, a room above, answer for a month.
SALES, MARGIN = "activity.sales_of_month", "activity.margin_of_month"


@dataclass(frozen=True)
class Followed:
    """One measure over one period."""

    measure: str
    label: Any
    reached: str
    aimed: str
    share: int | None


@dataclass(frozen=True)
class Period:
    """One period, with its measures and what the advisor says of it."""

    name: str
    starts_on: date
    last: date
    rows: Sequence[Followed]
    note: FollowNote | None

    @property
    def has_aims(self) -> bool:
        """Whether a goal was set for a measure of it."""
        return any(row.aimed for row in self.rows)


def follow_up(person: Person, rhythm: str, on: date) -> list[Period]:
    """Gives the last periods, the present one first."""
    months = MONTHS_IN[rhythm]
    starts = [after_months(period_of(on, months), -months * step) for step in range(SHOWN)]
    goals = {
        (row.measure, row.starts_on): row.amount
        for row in FollowGoal.objects.filter(person=person, rhythm=rhythm, starts_on__in=starts)
    }
    notes = {
        row.starts_on: row
        for row in FollowNote.objects.filter(
            person=person, rhythm=rhythm, starts_on__in=starts
        ).select_related("author")
    }
    activities = activities_of([person.pk], on).get(person.pk, [])
    typed = _typed(person, starts[-1])
    found = []
    for start in starts:
        covered = [month for month in months_of(start, months) if month.first <= on]
        figures = {
            Measure.SALES: _of_months(SALES, activities, covered),
            Measure.CASH: _cash(activities, min(covered[-1].last, on)),
            **{name: sum((typed.get((name, one.first), ZERO) for one in covered), ZERO) for name in TYPED},
        }
        if activities:
            figures[Measure.MARGIN] = _of_months(MARGIN, activities, covered)
        rows = [_row(name, figures[name], goals.get((name, start))) for name in figures]
        last = months_of(start, months)[-1].last
        found.append(Period(_name_of(rhythm, start), start, last, rows, notes.get(start)))
    return found


def _name_of(rhythm: str, start: date) -> str:
    if rhythm == Rhythm.YEAR:
        return str(start.year)
    if rhythm == Rhythm.QUARTER:
        return _("T%(rank)d %(year)d") % {"rank": (start.month + 2) // 3, "year": start.year}
    return date_format(start, "F Y")


def _typed(person: Person, since: date) -> dict[tuple[str, date], Decimal]:
    rows = FollowFigure.objects.filter(person=person, month__gte=since)
    return {(row.measure, row.month): row.amount for row in rows}


def measures_to_type(person: Person, on: date) -> tuple[str, ...]:
    """Gives what the person counts themselves: the margin only without an activity whose books know it."""
    known = activities_of([person.pk], on)
    return tuple(one for one in TYPED if one != Measure.MARGIN or not known)


def _of_months(fact: str, activities: Sequence[Activity], months: Sequence[Month]) -> Decimal:
    values = (facts.facts(fact, activities, on=month.last).values() for month in months)
    return sum((value for found in values for value in found), ZERO)


def _cash(activities: Sequence[Activity], on: date) -> Decimal:
    return sum(facts.facts("activity.cash", activities, on=on).values(), ZERO)


def _row(measure: str, reached: Decimal, aimed: Decimal | None) -> Followed:
    return Followed(
        measure,
        Measure(measure).label,
        said(measure, reached),
        said(measure, aimed) if aimed is not None else "",
        share_reached(reached, aimed) if aimed is not None else None,
    )


def said(measure: str, value: Decimal) -> str:
    """A figure with its unit."""
    unit = UNITS[measure]
    return money(value) if unit == "€" else f"{quantity(value)} {unit}".strip()


def sales_bars(person: Person, on: date) -> list[tuple[str, Decimal]]:
    """Gives the sales of the last six months, the oldest first, for a chart."""
    activities = activities_of([person.pk], on).get(person.pk, [])
    first = after_months(on.replace(day=1), -5)
    return [
        (date_format(month.first, "N"), _of_months(SALES, activities, [month]))
        for month in months_of(first, 6)
    ]


def interview_figures(person: Person, on: date) -> list[tuple[str, str]]:
    """Gives the figures that an interview starts from, in words."""
    activities = activities_of([person.pk], on).get(person.pk, [])
    if not activities:
        return []
    year = sum(facts.facts("activity.sales", activities, on=on).values(), ZERO)
    owed = sum(facts.facts("activity.receivable", activities, on=on).values(), ZERO)
    return [
        (_("Ventes de l’année, HT"), money(year)),
        (_("Trésorerie disponible"), money(_cash(activities, on))),
        (_("À encaisser"), money(owed)),
    ]
