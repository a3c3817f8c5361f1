"""Who is away and when; what each may still take (ENT-35)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import permissions
from cae.core.facts import Queued
from cae.core.periods import Month, Span
from cae.core.settings import value_of
from entrepreneurs.calculations.leave import ZERO, LeaveBalance, balance, days_within, leave_year, without
from entrepreneurs.models import Absence, Contract
from entrepreneurs.states.absences import PAID_LEAVE, AbsenceState
from entrepreneurs.states.contracts import ContractKind
from people.models import Person, Role, StatusPeriod
from people.states import STAFF_KINDS
from people.states.requests import Department
from people.states.statuses import StatusKind

FIRST_MONTH = "entrepreneurs.leave_year_month"
# Days of an absence of these kinds are no time of work: they earn no leave.
EARN_NOTHING: tuple[str, ...] = ("unpaid",)


def absences_listed(user: Any) -> QuerySet[Absence]:
    """Gives the absences in sight with whose they are, the latest first."""
    return (
        Absence.objects.visible_to(user)
        .select_related("person", "answered_by__person")
        .order_by("-starts_on", "-pk")
    )


def own_absences(user: Any) -> QuerySet[Absence]:
    """Gives one's own absences, the latest first."""
    return Absence.objects.filter(person_id=user.person_id).select_related("person")


def absences_to_come(person: Person, on: date) -> QuerySet[Absence]:
    """Gives the absences asked or accepted of a person that are not over, the nearest first."""
    return Absence.objects.holding().filter(person=person, ends_on__gte=on).order_by("starts_on", "pk")


def absences_between(persons: Iterable[int], start: date, end: date) -> list[Absence]:
    """Gives the absences asked or accepted of many persons on these days, in one query."""
    return list(
        Absence.objects.holding()
        .filter(person__in=list(persons), starts_on__lte=end, ends_on__gte=start)
        .order_by("person_id", "starts_on")
    )


def work_spans(person: Person, on: date) -> list[Span]:
    """Gives the days on which the person was employed, up to a day: CESA, and the support staff."""
    contracts = Contract.objects.binding().filter(person=person, kind=ContractKind.CESA)
    spans = [(contract.starts_on, contract.last_day) for contract in contracts]
    staff = StatusPeriod.objects.filter(person=person, kind=StatusKind.STAFF)
    spans += [(status.starts_on, status.ends_on) for status in staff]
    return [Span(start, min(end or on, on)) for start, end in spans if start <= min(end or on, on)]


def leave_of(person: Person, on: date) -> LeaveBalance | None:
    """Gives the balance of paid leave of a person on a day; nothing for who was never employed."""
    spans = work_spans(person, on)
    if not spans:
        return None
    month = value_of(FIRST_MONTH, on=on)
    year = leave_year(on, month)
    rows = Absence.objects.filter(person=person)
    gaps = [
        Span(row.starts_on, row.ends_on)
        for row in rows.filter(kind__in=EARN_NOTHING, state=AbsenceState.APPROVED)
    ]
    inside = rows.filter(kind=PAID_LEAVE, starts_on__lte=year.ends_on, ends_on__gte=year.starts_on)
    sums = {AbsenceState.APPROVED: ZERO, AbsenceState.ASKED: ZERO}
    for row in inside.filter(state__in=sums):
        halves = {"from_noon": row.from_noon, "to_noon": row.to_noon}
        sums[AbsenceState(row.state)] += days_within(row.starts_on, row.ends_on, **halves, year=year)
    return balance(
        without(spans, gaps),
        on=on,
        first_month=month,
        taken=sums[AbsenceState.APPROVED],
        asked=sums[AbsenceState.ASKED],
    )


@dataclass(frozen=True)
class AwayRow:
    """A person of the team over a month: for each day, nothing, half or away."""

    person: Person
    days: list[Decimal | None]


def team_month(month: Month, on: date) -> list[AwayRow]:
    """Gives the team's calendar of a month, in two queries: who is away, never why."""
    held = Role.objects.in_force(on).filter(kind__in=STAFF_KINDS)
    team = list(Person.objects.filter(pk__in=held.order_by().values("person")).order_by("sort_name", "pk"))
    away: dict[int, list[Absence]] = {}
    for row in absences_between([person.pk for person in team], month.first, month.last):
        if row.state == AbsenceState.APPROVED:
            away.setdefault(row.person_id, []).append(row)
    days = [month.first + timedelta(days=rank) for rank in range((month.last - month.first).days + 1)]
    return [AwayRow(person, [_share(away.get(person.pk, ()), day) for day in days]) for person in team]


def _share(rows: Iterable[Absence], day: date) -> Decimal | None:
    """How much of a day is taken."""
    taken = ZERO
    for row in rows:
        if row.starts_on <= day <= row.ends_on:
            half = (day == row.starts_on and row.from_noon) or (day == row.ends_on and row.to_noon)
            taken += Decimal("0.5") if half else Decimal(1)
    return taken or None


def queued_absences(user: Any, function: str, today: date) -> list[Queued]:
    """Gives the absences that wait for an answer, for the queue of human resources."""
    if function != Department.HUMAN_RESOURCES or not permissions.can(user, "entrepreneurs.decide_absence"):
        return []
    rows = Absence.objects.filter(state=AbsenceState.ASKED).exclude(person_id=user.person_id)
    return [
        Queued(
            title=_("Absence %(when)s") % {"when": row.when},
            who=row.person.full_name,
            kind=_("À accepter"),
            since=timezone.localdate(row.asked_at),
            url=reverse("entrepreneurs:absence_detail", args=[row.pk]),
            due=row.starts_on,
        )
        for row in rows.select_related("person")
    ]
