"""What the head of a coaching file says, and its thread: meetings, reports, interviews (screen 9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.options import lists_on
from entrepreneurs.models import Alert, Contract, Interview, Meeting, MeetingReport, Referent
from entrepreneurs.selectors.contracts import contract_in_force
from entrepreneurs.selectors.referents import referents_of
from entrepreneurs.selectors.reports import reports_of
from entrepreneurs.selectors.signals import alerts_of, last_contacts
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.states.referents import FUNCTIONS
from people.models import Person, StatusPeriod
from people.selectors.statuses import statuses_on

# The header shows so many signs; the others are in the table of alerts.
MOST_SIGNS = 3
MOST_EVENTS = 60


@dataclass(frozen=True)
class Contact:
    """Who answers to the person, for what."""

    referent: Referent
    function: str


@dataclass(frozen=True)
class CoachingHead:
    """The top of a file."""

    person: Person
    statuses: Sequence[StatusPeriod]
    contract: Contract | None
    contacts: Sequence[Contact]
    last_contact: date | None
    next_meeting: Meeting | None
    alerts: Sequence[Alert]
    late_interviews: int


def head_of(person: Person, on: date) -> CoachingHead:
    """Gives the head of a file on a day."""
    words = lists_on([FUNCTIONS], on=on)[FUNCTIONS]
    contacts = [Contact(row, words.label_of(row.function)) for row in referents_of(person, on)]
    return CoachingHead(
        person=person,
        statuses=list(statuses_on(person, on)),
        contract=contract_in_force(person, on),
        contacts=contacts,
        last_contact=last_contacts([person.pk]).get(person.pk),
        next_meeting=next_meeting_of(person, timezone.now()),
        alerts=list(alerts_of(person.pk, on)[:MOST_SIGNS]),
        late_interviews=Interview.objects.filter(person=person).missing(on).count(),
    )


def next_meeting_of(person: Person, now: datetime) -> Meeting | None:
    rows = Meeting.objects.filter(person=person, state=MeetingState.BOOKED, starts_at__gte=now)
    return rows.select_related("advisor").order_by("starts_at").first()


def meetings_of(person: Person) -> QuerySet[Meeting]:
    """Gives the meetings of a person, the latest first."""
    return Meeting.objects.filter(person=person).select_related("advisor", "report").order_by("-starts_at")


def thread_of_file(person: Person, user: Any) -> list[dict[str, Any]]:
    """Gives what happened, the latest first: meetings begun, reports within sight, interviews held."""
    past = meetings_of(person).filter(starts_at__lt=timezone.now())
    held = Interview.objects.filter(person=person, held_on__isnull=False).select_related("advisor")
    events = [
        *(_met(row) for row in past[:MOST_EVENTS] if not _is_told(row)),
        *(_written(row) for row in reports_of(person.pk, user)[:MOST_EVENTS]),
        *(_interviewed(row) for row in held),
    ]
    return sorted(events, key=lambda event: event["at"], reverse=True)[:MOST_EVENTS]


def _written(report: MeetingReport) -> dict[str, Any]:
    return {
        "label": str(report) if report.is_shared else _("Brouillon de compte rendu"),
        "at": _instant(report.met_on),
        "by": str(report.author),
        "detail": report.said[:240],
        "url": report.get_absolute_url(),
        "tone": "success" if report.is_shared else "neutral",
    }


def _interviewed(interview: Interview) -> dict[str, Any]:
    return {
        "label": _("Entretien annuel"),
        "at": _instant(interview.held_on or interview.due_on),
        "by": str(interview.advisor or ""),
        "detail": interview.get_state_display(),
        "url": interview.get_absolute_url(),
        "tone": "info",
    }


def _is_told(meeting: Meeting) -> bool:
    """Its report stands in its place."""
    report = getattr(meeting, "report", None)
    return report is not None and report.is_shared


def _met(meeting: Meeting) -> dict[str, Any]:
    untold = meeting.state == MeetingState.BOOKED
    state = _("Compte rendu à venir") if untold else meeting.get_state_display()
    return {
        "label": meeting.get_purpose_display(),
        "at": meeting.starts_at,
        "by": str(meeting.advisor),
        "detail": f"{state} · {meeting.get_mode_display()}",
        "url": reverse("entrepreneurs:meeting_detail", args=[meeting.pk]),
        "tone": "warning" if untold else meeting.status[0],
    }


def _instant(day: date) -> datetime:
    return datetime.combine(day, time(12), timezone.get_default_timezone())
