"""What coaching gives the pages that gather rooms: full page of a person, calendar feed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.facts import Happening
from cae.core.panels import MOST_ROWS, Panel, PanelRow
from cae.core.permissions import can
from entrepreneurs.models import Meeting
from entrepreneurs.selectors.coaching import meetings_of
from entrepreneurs.states.meetings import TAKING, MeetingMode, MeetingState
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
            status=_status(one),
        )
        for one in meetings_of(person)[:MOST_ROWS]
    ]
    url = reverse("entrepreneurs:coaching_file", args=[person.pk])
    return Panel(_("Accompagnement"), "person-lines-fill", rows, url, empty=_("Aucun rendez-vous."))


def _status(meeting: Meeting) -> tuple[str, str, Any]:
    """A meeting that is over and of which nobody wrote is not « Prévu » any more."""
    untold = meeting.state == MeetingState.BOOKED and meeting.starts_at < timezone.now()
    return ("warning", "▲", _("Compte rendu à venir")) if untold else meeting.status


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
