"""What coaching puts on « À faire », for the team and for the person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.facts import Awaited, Coming, Due, Todo
from cae.core.questions import Given, Pile, Tally
from entrepreneurs.models import Alert, Interview, Meeting, PlanAction
from entrepreneurs.selectors.portfolio import coached_by
from entrepreneurs.states.interviews import InterviewState
from entrepreneurs.states.meetings import MeetingState
from entrepreneurs.states.plans import WAITING
from entrepreneurs.states.signals import AlertState
from people.selectors import held_kinds
from people.states import RoleKind


def _of_person(user: Any, today: date) -> dict[str, Any] | None:
    own = getattr(user, "person_id", None)
    return {"person": own, "on": today} if own else None


def _of_advisor(user: Any, today: date) -> dict[str, Any] | None:
    if user.person_id is None or RoleKind.ADVISOR not in held_kinds(user, today):
        return None
    return {"person": user.person_id, "on": today, "now": timezone.now()}


def _to_sign(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in _proposed(user.person_id):
        yield Todo(
            _("Relire et signer votre entretien"),
            row.get_absolute_url(),
            since=timezone.localdate(row.state_since),
            due=row.due_on,
        )


def _proposed(person: int | Given) -> QuerySet[Interview]:
    return Interview.objects.filter(person=person, state=InterviewState.PROPOSED)


def _late_actions(user: Any, today: date, _tally: Tally) -> Iterator[Todo]:
    for row in _actions_late(user.person_id, today).order_by("due_on")[:5]:
        yield Todo(row.label, reverse("entrepreneurs:coaching_plan", args=[row.person_id]), due=row.due_on)


def _actions_late(owner: int | Given, on: date | Given) -> QuerySet[PlanAction]:
    return PlanAction.objects.filter(owner=owner, state__in=WAITING, due_on__lt=on)


def _past_meetings() -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        advisor=Given("person"), state=MeetingState.BOOKED, starts_at__lt=Given("now")
    )


def _meetings(user: Any, today: date, past: Tally) -> Iterator[Todo]:
    text = ngettext("Dire ce qu’a donné un rendez-vous", "Dire ce qu’ont donné %(n)d rendez-vous", past.count)
    yield Todo(text % {"n": past.count}, reverse("entrepreneurs:my_day"), since=past.since, count=past.count)


def _alerts(user: Any, today: date, alerts: Tally) -> Iterator[Todo]:
    text = ngettext(
        "Prendre en charge une alerte de suivi", "Prendre en charge %(n)d alertes de suivi", alerts.count
    )
    day = reverse("entrepreneurs:my_day")
    yield Todo(text % {"n": alerts.count}, day, since=alerts.since, count=alerts.count)


def _interviews(user: Any, today: date, missing: Tally) -> Iterator[Todo]:
    text = ngettext("Tenir un entretien en retard", "Tenir %(n)d entretiens en retard", missing.count)
    day = reverse("entrepreneurs:my_day")
    yield Todo(text % {"n": missing.count}, day, due=missing.since, count=missing.count)


def _coached() -> QuerySet[Any]:
    return coached_by(Given("person"), Given("on")).values("person")


AWAITED = (
    Awaited(
        Pile("entrepreneurs.proposed", lambda: (_proposed(Given("person")), "state_since")),
        _of_person,
        _to_sign,
    ),
    Awaited(
        Pile("entrepreneurs.actions", lambda: (_actions_late(Given("person"), Given("on")), "due_on")),
        _of_person,
        _late_actions,
    ),
    Awaited(Pile("entrepreneurs.meetings", lambda: (_past_meetings(), "starts_at")), _of_advisor, _meetings),
    Awaited(
        Pile(
            "entrepreneurs.alerts",
            lambda: (Alert.objects.filter(person__in=_coached(), state=AlertState.OPEN), "raised_on"),
        ),
        _of_advisor,
        _alerts,
    ),
    Awaited(
        Pile(
            "entrepreneurs.interviews",
            lambda: (
                Interview.objects.missing(Given("on")).filter(
                    person__in=_coached(), state=InterviewState.DUE
                ),
                "due_on",
            ),
        ),
        _of_advisor,
        _interviews,
    ),
)


def _of_table(user: Any, today: date) -> dict[str, Any] | None:
    own = getattr(user, "person_id", None)
    return {"person": own, "now": timezone.now()} if own else None


def _coming(person: int | Given, now: Any) -> QuerySet[Meeting]:
    """On either side of the table."""
    rows = Meeting.objects.filter(state=MeetingState.BOOKED, starts_at__gte=now)
    return rows.filter(Q(person=person) | Q(advisor=person))


def _next_meeting(user: Any, today: date) -> Due | None:
    row = _coming(user.person_id, timezone.now()).order_by("starts_at").first()
    if row is None:
        return None
    return Due(row.get_purpose_display(), timezone.localdate(row.starts_at), row.get_absolute_url())


NEXT_MEETING = Coming(
    Pile("entrepreneurs.coming", lambda: (_coming(Given("person"), Given("now")), "starts_at")),
    _of_table,
    _next_meeting,
)
