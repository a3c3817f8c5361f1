"""The signs that raise an alert: one pass over everybody followed, a few queries whatever their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce

from cae.core import facts
from cae.core.periods import Month
from cae.core.settings import values_of
from entrepreneurs.calculations.signals import falls
from entrepreneurs.models import Activity, Alert, Contract, Meeting, MeetingReport, Referent
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.states.referents import COACH
from entrepreneurs.states.reports import ReportState
from entrepreneurs.states.signals import AlertState, SignalKind
from people.models import PersonScope

NO_CONTACT_DAYS = "entrepreneurs.signal_no_contact_days"
SALES_FALL = "entrepreneurs.signal_sales_fall"
LOW_CASH = "entrepreneurs.signal_low_cash"
CONTRACT_END_DAYS = "entrepreneurs.signal_contract_end_days"
LATE_AMOUNT = "entrepreneurs.signal_late_amount"


@dataclass(frozen=True)
class Sign:
    """One thing that calls for a look, about one person."""

    person_id: int
    kind: str
    value: Decimal | None = None
    day: date | None = None
    activity_id: int | None = None


Signs = dict[tuple[int, str], Sign]


def signs_on(on: date) -> Signs:
    """Gives every sign of a day about the people who have a coach: the most serious of each kind."""
    limits = values_of(NO_CONTACT_DAYS, SALES_FALL, LOW_CASH, CONTRACT_END_DAYS, LATE_AMOUNT, on=on)
    people = dict(Referent.objects.in_force(on).filter(function=COACH).values_list("person", "starts_on"))
    found = [
        *_without_contact(people, limits[NO_CONTACT_DAYS], on),
        *_ending(people, limits[CONTRACT_END_DAYS], on),
        *_of_activities(people, limits, on),
    ]
    signs: Signs = {}
    for sign in found:
        signs.setdefault((sign.person_id, sign.kind), sign)
    return signs


def last_contacts(people: Iterable[int]) -> dict[int, date]:
    """Gives the day on which each was last met: a meeting held or a report shared, in two queries."""
    keys = list(people)
    met = MeetingReport.objects.filter(person__in=keys, state=ReportState.SHARED)
    held = Meeting.objects.filter(person__in=keys, state=MeetingState.HELD)
    last = dict(met.order_by().values_list("person").annotate(day=Max("met_on")))
    for key, at in held.order_by().values_list("person").annotate(at=Max("starts_at__date")):
        last[key] = max(last.get(key, at), at)
    return last


def _without_contact(people: dict[int, date], days: int, on: date) -> Iterable[Sign]:
    last = last_contacts(people)
    for key, followed_since in people.items():
        since = last.get(key, followed_since)
        if on - since > timedelta(days=days):
            yield Sign(key, SignalKind.NO_CONTACT, Decimal((on - since).days), since)


def _ending(people: dict[int, date], days: int, on: date) -> Iterable[Sign]:
    until = on + timedelta(days=days)
    rows = Contract.objects.in_force(on).annotate(last=Coalesce("ended_on", "ends_on"))
    rows = rows.filter(person__in=list(people), last__lte=until).order_by("last")
    for key, last in rows.values_list("person", "last"):
        yield Sign(key, SignalKind.CONTRACT_END, Decimal((last - on).days), last)


def activities_of(people: Iterable[int], on: date) -> dict[int, list[Activity]]:
    """Gives the open activities of each person on a day, in two queries."""
    inside = PersonScope.objects.in_force(on).filter(person__in=list(people))
    pairs = list(inside.order_by("pk").values_list("person", "scope"))
    rows = Activity.objects.open_on(on).filter(scope__in={scope for _, scope in pairs})
    by_scope = {activity.scope_id: activity for activity in rows}
    found: dict[int, list[Activity]] = {}
    for person, scope in pairs:
        if scope in by_scope:
            found.setdefault(person, []).append(by_scope[scope])
    return found


def _of_activities(people: dict[int, date], limits: dict[str, Any], on: date) -> Iterable[Sign]:
    owned = activities_of(people, on)
    every = list({one.pk: one for rows in owned.values() for one in rows}.values())
    if not every:
        return
    cash = facts.facts("activity.cash", every, on=on)
    months = _months_before(on, 6)
    sales = [facts.facts("activity.sales_of_month", every, on=month.last) for month in months]
    overdue = facts.facts("activity.overdue", every, on=on)
    for person, activities in owned.items():
        for one in activities:
            held = cash.get(one.pk, Decimal(0))
            if held < limits[LOW_CASH]:
                yield Sign(person, SignalKind.LOW_CASH, held, on, one.pk)
            fall = falls([month.get(one.pk, Decimal(0)) for month in sales], limits[SALES_FALL])
            if fall is not None:
                yield Sign(person, SignalKind.FALLING_SALES, fall, None, one.pk)
            if overdue.get(one.pk, Decimal(0)) > limits[LATE_AMOUNT]:
                yield Sign(person, SignalKind.LATE_PAYERS, overdue[one.pk], on, one.pk)


def _months_before(on: date, count: int) -> list[Month]:
    """The whole months before a day, the oldest first."""
    months, month = [], Month.of(on)
    for _step in range(count):
        month = month.previous()
        months.append(month)
    return months[::-1]


def alerts_of(person_id: int, on: date) -> QuerySet[Alert]:
    """Gives the alerts about a person that are not closed, muted ones too."""
    return Alert.objects.filter(person=person_id).exclude(state=AlertState.CLOSED).select_related("taken_by")
