"""What coaching puts on « À faire », for the team and for the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Due, Todo
from entrepreneurs.models import Alert, Interview, Meeting, PlanAction
from entrepreneurs.selectors.portfolio import followed_by
from entrepreneurs.states.interviews import InterviewState
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.states.plans import WAITING
from entrepreneurs.states.signals import AlertState
from people.selectors import held_kinds
from people.states import RoleKind


def todos(user: Any, today: date) -> list[Todo]:
    """Gives what waits: interviews to sign, late actions; for an advisor, reports, alerts, interviews too."""
    own = getattr(user, "person_id", None)
    if own is None:
        return []
    found = [*_to_sign(own), *_late_actions(own, today)]
    if RoleKind.ADVISOR in held_kinds(user, today):
        found += _of_advisor(user, own, today)
    return found


def _to_sign(own: int) -> Iterator[Todo]:
    for row in Interview.objects.filter(person=own, state=InterviewState.PROPOSED):
        yield Todo(
            _("Relire et signer votre entretien"),
            row.get_absolute_url(),
            since=timezone.localdate(row.state_since),
            due=row.due_on,
        )


def _late_actions(own: int, today: date) -> Iterator[Todo]:
    rows = PlanAction.objects.filter(owner=own, state__in=WAITING, due_on__lt=today).order_by("due_on")
    for row in rows[:5]:
        yield Todo(row.label, reverse("entrepreneurs:coaching_plan", args=[row.person_id]), due=row.due_on)


def _of_advisor(user: Any, own: int, today: date) -> list[Todo]:
    day, people = reverse("entrepreneurs:my_day"), followed_by(user, today)
    past = Meeting.objects.filter(advisor=own, state=MeetingState.BOOKED, starts_at__lt=timezone.now())
    alerts = Alert.objects.filter(person__in=people, state=AlertState.OPEN)
    missing = Interview.objects.missing(today).filter(person__in=people, state=InterviewState.DUE)
    found = []
    if count := past.count():
        text = ngettext("Dire ce qu’a donné un rendez-vous", "Dire ce qu’ont donné %(n)d rendez-vous", count)
        oldest = past.order_by("starts_at").values_list("starts_at", flat=True)[0]
        found.append(Todo(text % {"n": count}, day, since=timezone.localdate(oldest), count=count))
    if count := alerts.count():
        text = ngettext("Prendre une alerte de suivi", "Prendre %(n)d alertes de suivi", count)
        since = alerts.aggregate(day=Min("raised_on"))["day"]
        found.append(Todo(text % {"n": count}, day, since=since, count=count))
    if count := missing.count():
        text = ngettext("Tenir un entretien en retard", "Tenir %(n)d entretiens en retard", count)
        due = missing.aggregate(day=Min("due_on"))["day"]
        found.append(Todo(text % {"n": count}, day, due=due, count=count))
    return found


def dues(user: Any, today: date) -> Iterator[Due]:
    """Gives the next meeting, on either side of the table."""
    own = getattr(user, "person_id", None)
    rows = Meeting.objects.filter(state=MeetingState.BOOKED, starts_at__gte=timezone.now())
    if own is not None:
        mine = rows.filter(person=own) | rows.filter(advisor=own)
        for row in mine.order_by("starts_at")[:1]:
            yield Due(row.get_purpose_display(), timezone.localdate(row.starts_at), row.get_absolute_url())
