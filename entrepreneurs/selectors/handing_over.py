"""What somebody who leaves still has in hand: people followed, meetings, requests, applications (ENT-39)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from entrepreneurs.models import Application, Meeting, Referent
from entrepreneurs.states.applications import OPEN_APPLICATIONS
from entrepreneurs.states.meetings import MeetingState
from people.models import Person, Request


@dataclass(frozen=True)
class InHand:
    """What is to be handed to a colleague before the last day is over."""

    referents: list[Referent]
    meetings: list[Meeting]
    requests: list[Request]
    applications: list[Application]

    def __bool__(self) -> bool:
        return bool(self.referents or self.meetings or self.requests or self.applications)


def held_by(person: Person, last_day: date, now: datetime) -> InHand:
    """Gives what a person of the team would leave behind after a day, in four queries."""
    referents = Referent.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=last_day), advisor=person)
    taken = Request.objects.open().filter(owner__person=person)
    followed = Application.objects.filter(advisor=person, state__in=OPEN_APPLICATIONS)
    return InHand(
        list(referents.select_related("person", "advisor").order_by("person__sort_name", "pk")),
        list(meetings_after(last_day, now).filter(advisor=person)),
        list(taken.select_related("person").order_by("due_on", "pk")),
        list(followed.order_by("pk")),
    )


def meetings_after(last_day: date, now: datetime) -> QuerySet[Meeting]:
    """Gives the meetings booked after a day is over; never those already past."""
    over = datetime.combine(last_day + timedelta(days=1), time(), timezone.get_default_timezone())
    rows = Meeting.objects.filter(state=MeetingState.BOOKED, starts_at__gte=max(over, now))
    return rows.select_related("person", "advisor", "application").order_by("starts_at", "pk")
