"""What a place is used for over a month: by hour, resource and plan; what it earns (COW-25)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from cae.core.money import ZERO
from cae.core.periods import Month
from coworking.calculations.hours import whole_days
from coworking.calculations.stretches import Stretch, common
from coworking.calculations.usage import Share, UnitTime, by_hour, whole
from coworking.models import Booking, Charge, Cover, Place, Resource
from coworking.selectors.availability import freedom, range_of, stretch_of
from coworking.selectors.booking_words import length_words
from coworking.selectors.hires import sold_on_quotes
from coworking.selectors.opening import ZONE, openings_by_day
from coworking.selectors.usage_members import MemberFigures, member_figures
from coworking.states.bookings import HOLDING
from coworking.states.members import ChargeKind, ChargeState

# Of bookings that no plan covered.
NO_PLAN = 0


@dataclass(frozen=True)
class Row:
    """One weekday of the table: its word, a cell an hour shown."""

    weekday: int
    label: Any
    cells: list[tuple[int, Share]]


@dataclass
class Used:
    """What was booked under one heading."""

    key: int
    label: str
    count: int = 0
    minutes: int = 0
    share: Share = field(default_factory=Share)

    @property
    def length(self) -> str:
        return length_words(self.minutes)


@dataclass(frozen=True)
class Usage:
    """The figures of a month, up to today."""

    first: date
    last: date
    total: Share
    hours: list[int]
    rows: list[Row]
    resources: list[Used]
    plans: list[Used]
    # By kind of charge: its word and its amount excl. tax.
    income: list[tuple[str, Decimal]]
    members: MemberFigures

    @property
    def earned(self) -> Decimal:
        return sum((amount for _label, amount in self.income), ZERO)


def usage_of(place: Place, month: Month, today: date) -> Usage:
    """The month of a place; the days to come are not part of it."""
    first, last = month.first, min(month.last, today)
    last = max(last, first)
    resources = list(place.resources.in_use().order_by("position", "name", "pk"))
    times = _times(place, resources, first, last)
    shares = by_hour((time for row in times.values() for time in row), ZONE)
    hours = sorted({hour for (_day, hour), share in shares.items() if share.opened})
    hours = list(range(hours[0], hours[-1] + 1)) if hours else []
    bookings = list(bookings_of(place, first, last))
    return Usage(
        first,
        last,
        whole(shares.values()),
        hours,
        [
            Row(day, word, [(hour, shares.get((day, hour), Share())) for hour in hours])
            for day, word in WEEKDAYS.items()
            if any((day, hour) in shares for hour in hours)
        ],
        _by_resource(resources, times, bookings),
        _by_plan(bookings),
        _income(place, month),
        member_figures(place, bookings, last),
    )


def bookings_of(place: Place, first: date, last: date) -> QuerySet[Booking]:
    """What held a unit there between two days, both included."""
    window = range_of(whole_days(first, last, ZONE))
    rows = Booking.objects.filter(place=place, state__in=HOLDING, during__overlap=window)
    return rows.select_related("place", "resource", "unit", "member__person", "person").order_by(
        "during", "pk"
    )


def at_hour(bookings: Iterable[Booking], weekday: int, hour: int) -> list[int]:
    """The keys of those that run at this hour of this weekday."""
    return [
        one.pk
        for one in bookings
        if (weekday, hour) in by_hour([UnitTime([stretch_of(one.taken)], [])], ZONE)
    ]


def under_plan(bookings: Iterable[Booking], plan: int) -> list[int]:
    """The keys of those that a plan covered; of those that none did."""
    rows = list(bookings)
    covered = _plans_of(rows)
    return [one.pk for one in rows if covered.get(one.pk, (NO_PLAN, ""))[0] == plan]


def _times(place: Place, resources: list[Resource], first: date, last: date) -> dict[int, list[UnitTime]]:
    """By resource, a time for each unit; what is used at any hour counts within the hours of the place."""
    hours = openings_by_day(place, first, last)
    window = [whole_days(first, last, ZONE)]
    found = {}
    for key, one in freedom(resources, first, last).items():
        opened: list[Stretch] = common(common(one.opened, hours), window)
        found[key] = [UnitTime(opened, taken) for taken in one.taken.values()]
    return found


def _by_resource(
    resources: list[Resource], times: dict[int, list[UnitTime]], bookings: list[Booking]
) -> list[Used]:
    found = {
        one.pk: Used(one.pk, one.name, share=whole(by_hour(times.get(one.pk, []), ZONE).values()))
        for one in resources
    }
    for booking in bookings:
        if booking.resource_id in found:
            _count(found[booking.resource_id], booking)
    return list(found.values())


def _by_plan(bookings: list[Booking]) -> list[Used]:
    covered = _plans_of(bookings)
    found: dict[int, Used] = {}
    for booking in bookings:
        key, label = covered.get(booking.pk, (NO_PLAN, _("Sans formule")))
        _count(found.setdefault(key, Used(key, label)), booking)
    return sorted(found.values(), key=lambda one: (-one.minutes, one.label))


def _count(used: Used, booking: Booking) -> None:
    used.count += 1
    used.minutes += stretch_of(booking.during).minutes


def _plans_of(bookings: list[Booking]) -> dict[int, tuple[int, str]]:
    """The plan that covered each, if any: a part of it is enough."""
    rows = Cover.objects.filter(booking__in=bookings, given_back_at__isnull=True).select_related(
        "subscription__plan", "used_pass__plan"
    )
    found = {}
    for one in rows.order_by("-pk"):
        held = one.subscription or one.used_pass
        if held is not None:
            found[one.booking_id] = (held.plan_id, held.plan.name)
    return found


def _income(place: Place, month: Month) -> list[tuple[str, Decimal]]:
    """What is due for the month, billed or not, without what was given up or is given back; hires that their
    quotes bill."""
    rows = Charge.objects.filter(
        payer__place=place, day__gte=month.first, day__lte=month.last, to_credit_since=None
    )
    sums = rows.exclude(state=ChargeState.WAIVED).order_by().values("kind").annotate(sum=Sum("amount"))
    amounts = {row["kind"]: row["sum"] for row in sums}
    found = [(str(label), amounts[kind]) for kind, label in ChargeKind.choices if kind in amounts]
    quoted = sold_on_quotes(place, month)
    return [*found, (_("Locations sur devis"), quoted)] if quoted else found
