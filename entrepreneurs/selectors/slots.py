"""The slots still free, and what closes them: days closed by hand and leave, read here alone (ENT-52)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from cae.core.settings import value_of
from entrepreneurs.calculations.slots import Absence, Stretch, free_stretches, time_away
from entrepreneurs.models import Absence as Leave
from entrepreneurs.models import Availability, ClosedDays, Meeting
from entrepreneurs.selectors.absences import absences_between as leaves_between
from entrepreneurs.states.meetings import TAKING, MeetingState
from people.models import Person

NOTICE_HOURS = "entrepreneurs.booking_notice_hours"
HORIZON_DAYS = "entrepreneurs.booking_horizon_days"


@dataclass(frozen=True, order=True)
class Slot:
    """A time that one advisor offers, with the ways to meet then."""

    starts_at: datetime
    ends_at: datetime
    advisor_id: int
    modes: tuple[str, ...] = ()
    place: str = ""
    link: str = ""

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def day(self) -> date:
        return timezone.localdate(self.starts_at)


@dataclass(frozen=True)
class Away:
    """The days on which an advisor receives nobody; why stays with human resources."""

    starts_on: date
    ends_on: date | None


def free_slots(
    advisors: Iterable[Person],
    *,
    since: date,
    until: date,
    purpose: str,
    now: datetime | None = None,
    moved: Meeting | None = None,
) -> list[Slot]:
    """Gives the slots of these advisors that are free for this purpose from a day to a day, the earliest
    first; in five queries. None sooner than the notice wanted; `moved` keeps no time for itself."""
    keys = sorted({one.pk for one in advisors})
    now = now or timezone.now()
    values = value_of(NOTICE_HOURS, on=since), value_of(HORIZON_DAYS, on=since)
    until = min(until, timezone.localdate(now) + timedelta(days=values[1]))
    ranges = Availability.objects.filter(advisor__in=keys, purposes__contains=[str(purpose)])
    ranges = ranges.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since), starts_on__lte=until)
    taken = taken_between(keys, since, until, besides=moved)
    away = closed_between(keys, since, until)
    for leave in leaves_between(keys, since, until):
        taken.setdefault(leave.person_id, []).append(_time_of(leave))
    found: dict[tuple[int, datetime], Slot] = {}
    for row in ranges.order_by("pk"):
        for stretch in free_stretches(
            row.opening,
            since=since,
            until=until,
            not_before=now + timedelta(hours=values[0]),
            taken=taken.get(row.advisor_id, ()),
            absences=[*away.get(None, ()), *away.get(row.advisor_id, ())],
            zone=timezone.get_default_timezone(),
        ):
            slot = Slot(stretch.starts_at, stretch.ends_at, row.advisor_id, row.modes, row.place, row.link)
            found.setdefault((row.advisor_id, stretch.starts_at), slot)
    return sorted(found.values())


def taken_between(
    advisors: Iterable[int], since: date, until: date, *, besides: Meeting | None = None
) -> dict[int, list[Stretch]]:
    """Gives what takes the time of each of these advisors, in one query."""
    zone = timezone.get_default_timezone()
    rows = Meeting.objects.filter(
        advisor__in=list(advisors),
        state__in=TAKING,
        starts_at__lt=datetime.combine(until + timedelta(days=1), time(), zone),
        ends_at__gt=datetime.combine(since, time(), zone),
    ).exclude(pk=besides.pk if besides else 0)
    taken: dict[int, list[Stretch]] = {}
    for key, start, end in rows.order_by().values_list("advisor", "starts_at", "ends_at"):
        taken.setdefault(key, []).append(Stretch(start, end))
    return taken


def closed_between(advisors: Iterable[int], since: date, until: date) -> dict[int | None, list[Absence]]:
    """Gives the days closed by hand for each advisor, and for the whole team under None, in one query."""
    rows = ClosedDays.objects.filter(
        Q(advisor__isnull=True) | Q(advisor__in=list(advisors)), starts_on__lte=until, ends_on__gte=since
    )
    away: dict[int | None, list[Absence]] = {}
    for row in rows:
        away.setdefault(row.advisor_id, []).append(Absence(row.starts_on, row.ends_on))
    return away


def away_at(advisor: Person, starts_at: datetime, ends_at: datetime) -> Away | None:
    """Gives what keeps an advisor from meeting anybody at a moment: days closed by hand, of the whole team
    too, or leave asked or accepted, to the half-day."""
    wanted = Stretch(starts_at, ends_at)
    first, last = timezone.localdate(starts_at), timezone.localdate(ends_at)
    closed = ClosedDays.objects.filter(
        Q(advisor__isnull=True) | Q(advisor=advisor), starts_on__lte=last, ends_on__gte=first
    )
    row = closed.order_by("advisor", "pk").first()
    if row is not None:
        return Away(row.starts_on, row.ends_on)
    leaves = leaves_between([advisor.pk], first, last)
    met = (leave for leave in leaves if _time_of(leave).meets(wanted))
    return next((Away(leave.starts_on, leave.ends_on) for leave in met), None)


def meetings_during(leave: Leave) -> QuerySet[Meeting]:
    """Gives the meetings still booked with somebody during their leave: to be moved one by one."""
    away = _time_of(leave)
    rows = Meeting.objects.filter(
        advisor=leave.person_id,
        state=MeetingState.BOOKED,
        starts_at__lt=away.ends_at,
        ends_at__gt=away.starts_at,
    )
    return rows.select_related("person", "application").order_by("starts_at")


def _time_of(leave: Leave) -> Stretch:
    return time_away(
        leave.starts_on,
        leave.ends_on,
        from_noon=leave.from_noon,
        to_noon=leave.to_noon,
        zone=timezone.get_default_timezone(),
    )


def availabilities_of(advisor: Person, on: date) -> QuerySet[Availability]:
    """Gives the ranges of an advisor that are in force or to come."""
    return Availability.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), advisor=advisor)


def closed_days_of(advisor: Person, on: date) -> QuerySet[ClosedDays]:
    """Gives the days without meetings of an advisor, the whole team’s among them, not yet over."""
    return ClosedDays.objects.filter(Q(advisor=advisor) | Q(advisor__isnull=True), ends_on__gte=on).order_by(
        "starts_on", "pk"
    )
