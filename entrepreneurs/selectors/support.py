"""The catalogue of support, and what is left of the hours that a funder pays (ENT-59)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, ExpressionWrapper, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce

from entrepreneurs.models import FundedAction, MeetingReport, SupportKind, SupportRequest
from entrepreneurs.models.referents import COACHING_WRITERS, coached_persons
from entrepreneurs.states.reports import ReportState
from entrepreneurs.states.support import WAITING
from people.models import Person


def catalogue_on(on: date) -> QuerySet[SupportKind]:
    """Gives what is offered on a day."""
    return SupportKind.objects.in_force(on)


def asked_by(person_id: int) -> QuerySet[SupportRequest]:
    """Gives what a person asked for, the latest first."""
    return SupportRequest.objects.filter(person=person_id).select_related("kind")


def requests_to_answer(user: Any) -> QuerySet[SupportRequest]:
    """Gives what waits of the people whom this advisor coaches, by role or because they are named."""
    coached = coached_persons(user, kinds=COACHING_WRITERS).order_by().values("pk")
    waiting = SupportRequest.objects.filter(person__in=coached, state__in=WAITING)
    return waiting.select_related("kind", "person")


@dataclass(frozen=True)
class Spent:
    """What an action has already paid: minutes in all, minutes of one person, people."""

    minutes: int
    minutes_of_person: int
    people: int
    knows_person: bool


def spent_by(action: FundedAction, *, person: Person, but: MeetingReport | None = None) -> Spent:
    """Gives what an action paid, for all and for one person, one report left out."""
    rows = MeetingReport.objects.filter(funded_by=action).exclude(pk=but.pk if but and but.pk else 0)
    by_person = dict(rows.order_by().values_list("person").annotate(total=Sum("minutes")))
    return Spent(
        minutes=sum(by_person.values()),
        minutes_of_person=by_person.get(person.pk, 0),
        people=len(by_person),
        knows_person=person.pk in by_person,
    )


def funded_listed() -> QuerySet[FundedAction]:
    """Gives the funded actions with the hours and people counted, those of shared reports, in one query."""
    counted = Q(reports__state=ReportState.SHARED)
    exact = DecimalField(max_digits=10, decimal_places=2)
    # Whole minutes over sixty would be whole hours.
    minutes = Cast(Coalesce(Sum("reports__minutes", filter=counted), 0), exact)
    hours = ExpressionWrapper(minutes / Value(Decimal(60)), exact)
    return FundedAction.objects.select_related("funder").annotate(
        spent=hours, people=Count("reports__person", filter=counted, distinct=True)
    )


def sessions_of(action: FundedAction) -> QuerySet[MeetingReport]:
    """Gives the meetings counted for a funder: the proof is the shared report."""
    rows = MeetingReport.objects.filter(funded_by=action, state=ReportState.SHARED)
    return rows.select_related("person", "author").order_by("met_on", "pk")


def actions_on(day: date) -> QuerySet[FundedAction]:
    """Gives the funded actions of a day."""
    return FundedAction.objects.filter(starts_on__lte=day, ends_on__gte=day)
