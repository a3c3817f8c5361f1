"""When a place opens, as pages say it: its week, today, what comes to close it (COW-01)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS

from cae.core.templatetags.formats import day, moment
from coworking.calculations.hours import MIDNIGHT, Opening, open_time
from coworking.calculations.stretches import Stretch, without
from coworking.models import Closure, Place, Resource, Week

ZONE = ZoneInfo(settings.TIME_ZONE)


@dataclass(frozen=True)
class Day:
    """One day of the week: its word, its hours; none: closed."""

    weekday: int
    label: Any
    openings: list[Opening]
    is_today: bool = False


@dataclass(frozen=True)
class Today:
    """What is said of a place now: open until, or closed, until when it opens again."""

    is_open: bool
    until: datetime | None
    closure: Closure | None = None


def week_of(place: Place, on: date) -> Week | None:
    """The hours in force that day."""
    return place.weeks.filter(starts_on__lte=on).prefetch_related("hours").order_by("-starts_on").first()


def openings_of(week: Week | None) -> list[Opening]:
    return [Opening(one.weekday, one.opens, one.closes) for one in week.hours.all()] if week else []


def days_of(openings: Iterable[Opening], today: date | None = None) -> list[Day]:
    """The seven days, each with its hours."""
    by_day: dict[int, list[Opening]] = {}
    for one in sorted(openings):
        by_day.setdefault(one.weekday, []).append(one)
    current = today.weekday() if today else None
    return [Day(rank, word, by_day.get(rank, []), rank == current) for rank, word in WEEKDAYS.items()]


def openings_by_day(place: Place, first: date, last: date) -> list[Stretch]:
    """The time open from a day to another, the closures of the whole place taken off: hours may change on the
    way."""
    weeks = list(place.weeks.filter(starts_on__lte=last).prefetch_related("hours").order_by("starts_on"))
    found: list[Stretch] = []
    for rank, week in enumerate(weeks):
        starts = max(first, week.starts_on)
        ends = min(last, weeks[rank + 1].starts_on - timedelta(days=1)) if rank + 1 < len(weeks) else last
        if starts <= ends:
            found += open_time(openings_of(week), starts, ends, ZONE)
    closed = [Stretch(one.during.lower, one.during.upper) for one in closures_of(place)]
    return without(found, closed)


def today_at(place: Place, now: datetime) -> Today:
    """Open now, and until when; or closed, and when it opens within two weeks."""
    today = timezone.localdate(now)
    closure = place.closures.filter(resource__isnull=True, during__contains=now).first()
    for one in openings_by_day(place, today - timedelta(days=1), today + timedelta(days=14)):
        if one.starts <= now < one.ends:
            return Today(True, one.ends)
        if one.starts > now:
            return Today(False, one.starts, closure)
    return Today(False, None, closure)


def next_open_day(place: Place, now: datetime) -> date:
    """The first day on which some time open is left, looked for over two months; today if there is none."""
    today = timezone.localdate(now)
    for one in openings_by_day(place, today, today + timedelta(days=62)):
        if one.ends > now:
            return max(today, timezone.localtime(one.starts, ZONE).date())
    return today


def closures_of(place: Place, resource: Resource | None = None) -> QuerySet[Closure]:
    """Those of the whole place, and those of the resource if one is named."""
    whose = Q(resource__isnull=True) | Q(resource=resource) if resource else Q(resource__isnull=True)
    return place.closures.filter(whose)


@dataclass(frozen=True)
class Shut:
    """A closure as pages say it."""

    closure: Closure
    words: str


def closures_said(closures: Iterable[Closure]) -> list[Shut]:
    """Each with its days, or its hours when it does not begin and end at midnight."""
    return [Shut(one, _said(one.during.lower, one.during.upper)) for one in closures]


def _said(starts: datetime, ends: datetime) -> str:
    first, last = timezone.localtime(starts, ZONE), timezone.localtime(ends, ZONE)
    if first.time() == last.time() == MIDNIGHT:
        eve = last.date() - timedelta(days=1)
        return day(first.date()) if eve == first.date() else f"{day(first.date())} → {day(eve)}"
    if first.date() == last.date():
        return f"{day(first.date())}, {first:%H:%M}–{last:%H:%M}"
    return f"{moment(starts)} → {moment(ends)}"


def closures_coming(place: Place, now: datetime) -> QuerySet[Closure]:
    """Those that are not over, of the place and of its resources."""
    return place.closures.filter(during__endswith__gt=now).select_related("resource").order_by("during")


def weeks_listed(place: Place) -> Sequence[Week]:
    """The hours of a place, the last ones first."""
    return list(place.weeks.prefetch_related("hours").order_by("-starts_on"))
