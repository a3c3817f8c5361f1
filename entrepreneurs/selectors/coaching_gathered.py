"""What coaching gives the pages that gather rooms: full page of a person, calendar feed, own data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Happening, Held
from cae.core.panels import MOST_ROWS, Panel, PanelRow
from cae.core.permissions import can
from entrepreneurs.models import (
    Interview,
    Meeting,
    MeetingReport,
    PlanAction,
    ProjectVersion,
    SupportRequest,
)
from entrepreneurs.selectors.coaching import meetings_of
from entrepreneurs.states.interviews import InterviewHeading
from entrepreneurs.states.meetings import TAKING, MeetingMode, MeetingState
from entrepreneurs.states.reports import ReportState
from people.models import Person


def coaching_panel(user: Any, person: Person, _today: date) -> Panel | None:
    """The latest meetings of a person, for who follows them."""
    if not can(user, "entrepreneurs.view_coaching", person):
        return None
    rows = [
        PanelRow(
            label=one.get_purpose_display(),
            url=one.get_absolute_url(),
            detail=str(one.advisor),
            on=timezone.localdate(one.starts_at),
            status=one.status,
        )
        for one in meetings_of(person)[:MOST_ROWS]
    ]
    url = reverse("entrepreneurs:coaching_file", args=[person.pk])
    return Panel(_("Accompagnement"), "person-lines-fill", rows, url, empty=_("Aucun rendez-vous."))


def coaching_happenings(user: Any, since: date, until: date) -> Iterable[Happening]:
    """The meetings of somebody, on either side of the table."""
    own, zone = getattr(user, "person_id", None), timezone.get_default_timezone()
    if own is None:
        return []
    rows = Meeting.objects.filter(
        Q(person=own) | Q(advisor=own),
        state__in=TAKING,
        starts_at__gte=datetime.combine(since, time(), zone),
        starts_at__lt=datetime.combine(until + timedelta(days=1), time(), zone),
    ).select_related("person", "advisor", "application")
    return [happening_of(row) for row in rows]


def happening_of(meeting: Meeting, text: str = "") -> Happening:
    """A meeting as calendars read it: one name however it moves."""
    return Happening(
        uid=f"meeting-{meeting.pk}",
        title=f"{meeting.get_purpose_display()} · {meeting.who}",
        starts=meeting.starts_at,
        ends=meeting.ends_at,
        place=meeting.link if meeting.mode == MeetingMode.VIDEO else meeting.place,
        text=text,
        url=meeting.get_absolute_url(),
        revision=meeting.revision,
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )


def held_of_coaching(person: Person, _reader: Any) -> Iterator[Held]:
    """What is held of a person’s coaching; the private part is answered by hand (docs/path/coaching.md)."""
    meetings = meetings_of(person)
    yield Held(
        _("Rendez-vous"),
        (_("le"), _("motif"), _("avec"), _("état")),
        [
            (row.starts_at, row.get_purpose_display(), str(row.advisor), row.get_state_display())
            for row in meetings
        ],
    )
    reports = MeetingReport.objects.filter(person=person, state=ReportState.SHARED).select_related("author")
    yield Held(
        _("Comptes rendus partagés"),
        (_("rencontre du"), _("rédigé par"), _("ce qui s’est dit"), _("décisions")),
        [(row.met_on, str(row.author), row.said, row.decisions) for row in reports],
        kept=_("Un compte rendu partagé ne change plus : un complément le corrige."),
    )
    headings = list(InterviewHeading)
    yield Held(
        _("Entretiens annuels"),
        (_("tenu le"), _("état"), *(one.label for one in headings)),
        [
            (row.held_on, row.get_state_display(), *(row.texts.get(one, "") for one in headings))
            for row in Interview.objects.filter(person=person)
        ],
    )
    yield Held(
        _("Plan d’actions"),
        (_("action"), _("pour le"), _("état")),
        [
            (row.label, row.due_on, row.get_state_display())
            for row in PlanAction.objects.filter(person=person)
        ],
    )
    versions = ProjectVersion.objects.filter(person=person)
    yield Held(
        _("Fiche projet"),
        (_("version"), _("écrite le"), _("idée"), _("clientèle et marché"), _("prix")),
        [(row.number, row.made_at, row.idea, row.targets, row.prices) for row in versions],
    )
    yield Held(
        _("Accompagnements demandés"),
        (_("demandé le"), _("intitulé"), _("état")),
        [
            (row.asked_at, str(row.kind), row.get_state_display())
            for row in SupportRequest.objects.filter(person=person).select_related("kind")
        ],
    )
