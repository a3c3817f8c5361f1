"""What is booked in a place by day, week, month or as a table: the same rows (COW-21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cae.core.facts import Happening
from cae.core.periods import Month
from coworking.calculations.hours import whole_days
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch, common
from coworking.models import Booking, Closure, Place, Resource, Unit
from coworking.selectors.absences import last_day_of
from coworking.selectors.availability import held_days, range_of, residents_of, stretch_of
from coworking.selectors.booking_words import happening_of, hours_words
from coworking.selectors.opening import ZONE
from coworking.states.bookings import HOLDING

VIEWS = ("jour", "semaine", "mois", "tableau")


@dataclass(frozen=True)
class Slot:
    """One booking or closure on one day, as a cell shows it."""

    span: Stretch
    words: str
    url: str = ""
    kind: str = ""
    booking: Booking | None = None

    @property
    def hours(self) -> str:
        """Its hours that day; nothing when it is taken all day."""
        return hours_words(self.span).replace("–00:00", "–24:00")


@dataclass
class Row:
    """One unit, or a resource of one unit, and its slots by day."""

    label: str
    resource: Resource
    days: list[tuple[date, list[Slot]]] = field(default_factory=list)


def days_shown(view: str, day: date) -> tuple[date, date]:
    """The first and the last day of a view around a day."""
    if view == "jour":
        return day, day
    if view == "mois":
        month = Month.of(day)
        first = month.first - timedelta(days=month.first.weekday())
        return first, month.last + timedelta(days=6 - month.last.weekday())
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def stepped(view: str, day: date, *, back: bool) -> date:
    """The day of the view before or after."""
    if view == "jour":
        return day + timedelta(days=-1 if back else 1)
    if view == "mois":
        return (Month.of(day).previous() if back else Month.of(day).next()).first
    return day + timedelta(days=-7 if back else 7)


def bookings_between(place: Place, first: date, last: date) -> list[Booking]:
    """What holds a unit there, in order."""
    window = range_of(whole_days(first, last, ZONE))
    rows = Booking.objects.filter(place=place, during__overlap=window, state__in=HOLDING)
    return list(rows.select_related("resource", "unit", "member__person", "person").order_by("during", "pk"))


def planning_rows(
    place: Place, bookings: Iterable[Booking], first: date, last: date, *, shows: Any, names: bool = False
) -> list[Row]:
    """A row a unit: its resident, bookings and closures on each day; `shows` tells of which bookings this
    reader sees the names, `names` whether those of residents."""
    units = list(
        Unit.objects.filter(
            resource__place=place, resource__archived_at__isnull=True, archived_at__isnull=True
        )
        .select_related("resource")
        .order_by("resource__position", "resource__name", "resource", "position", "pk")
    )
    keys = [unit.resource_id for unit in units]
    pools = {key for key in keys if keys.count(key) > 1}
    days = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
    wholes = {day: whole_days(day, day, ZONE) for day in days}
    by_unit: dict[int, list[Booking]] = {}
    for one in bookings:
        by_unit.setdefault(one.unit_id, []).append(one)
    closures = _closures(place, first, last)
    residents = _residents(keys, first, last, names=names)
    found = []
    for unit in units:
        label = f"{unit.resource} · {unit.label}" if unit.resource_id in pools else str(unit.resource)
        row = Row(label, unit.resource)
        for day in days:
            slots = [
                Slot(_within(span, wholes[day]), reason, kind="closed")
                for resource, span, reason in closures
                if resource in (None, unit.resource_id) and span.meets(wholes[day])
            ]
            slots += [
                Slot(_within(span, wholes[day]), words, kind=kind)
                for span, words, kind in residents.get(unit.pk, ())
                if span.meets(wholes[day])
            ]
            slots += [
                _slot(one, wholes[day], shows)
                for one in by_unit.get(unit.pk, ())
                if stretch_of(one.during).meets(wholes[day])
            ]
            row.days.append((day, slots))
        found.append(row)
    return found


def _closures(place: Place, first: date, last: date) -> list[tuple[int | None, Stretch, str]]:
    rows = Closure.objects.filter(place=place, during__overlap=range_of(whole_days(first, last, ZONE)))
    return [
        (resource, stretch_of(during), reason)
        for resource, during, reason in rows.values_list("resource", "during", "reason")
    ]


def _residents(
    resources: list[int], first: date, last: date, *, names: bool
) -> dict[int, list[tuple[Stretch, str, str]]]:
    """By unit, when its resident holds it and when they leave it to others."""
    found: dict[int, list[tuple[Stretch, str, str]]] = {}
    for row in residents_of(resources, first, last).select_related("member__person"):
        slots = found.setdefault(row.unit_id or 0, [])
        who, away = (str(row.member), _("laissé libre par %(name)s")) if names else (_("pris"), _("libre"))
        slots += [(one, who, "resident") for one in held_days(row, first, last)]
        slots += [
            (
                whole_days(one.starts_on, last_day_of(one), ZONE),
                away % {"name": row.member} if names else away,
                "freed",
            )
            for one in row.absences.all()
        ]
    return found


def _slot(one: Booking, whole: Stretch, shows: Any) -> Slot:
    seen = shows(one)
    words = (one.title or one.holder or _("le lieu")) if seen else _("pris")
    return Slot(
        _within(stretch_of(one.during), whole), words, one.get_absolute_url() if seen else "", one.state, one
    )


def _within(span: Stretch, whole: Stretch) -> Stretch:
    return common([span], [whole])[0]


def month_weeks(bookings: Iterable[Booking], first: date, last: date) -> list[list[tuple[date, int]]]:
    """The weeks of a month, each day with how many bookings begin on it."""
    counts: dict[date, int] = {}
    for one in bookings:
        day, _hour = clock_of(one.during.lower, ZONE)
        counts[day] = counts.get(day, 0) + 1
    days = [first + timedelta(days=rank) for rank in range((last - first).days + 1)]
    return [[(day, counts.get(day, 0)) for day in days[at : at + 7]] for at in range(0, len(days), 7)]


def happenings_between(of: Place | Resource, first: date, last: date) -> list[Happening]:
    """The bookings of a place or of a resource, for a calendar that reads them by a secret address."""
    place = of if isinstance(of, Place) else of.place
    rows = bookings_between(place, first, last)
    return [
        _named(happening_of(one), one) for one in rows if isinstance(of, Place) or one.resource_id == of.pk
    ]


def _named(one: Happening, booking: Booking) -> Happening:
    return replace(one, text=booking.holder)
