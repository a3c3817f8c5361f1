"""Reports, their private notes, and whom a message about one concerns."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from entrepreneurs.models import MeetingReport, PrivateNote
from people.models import User


def sides_of_report(report: MeetingReport) -> QuerySet[User]:
    """Gives the accounts of the person and of the author."""
    return User.objects.filter(Q(person=report.person_id) | Q(person=report.author_id), is_active=True)


def reports_of(person_id: int, user: Any) -> QuerySet[MeetingReport]:
    """Gives the reports about a person that somebody may read, the latest first."""
    rows = MeetingReport.objects.visible_to(user).filter(person=person_id)
    return rows.select_related("author", "next_meeting").order_by("-met_on", "-pk")


def note_seen(report: MeetingReport, user: Any) -> PrivateNote | None:
    """Gives the private part to those who may read it."""
    return PrivateNote.objects.visible_to(user).filter(report=report).select_related("author").first()
