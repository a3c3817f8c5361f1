"""Requests to the staff: those one sent, those one answers, and how long answers take (CAE-21, CAE-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Avg, Count, ExpressionWrapper, F, Q, QuerySet
from django.db.models.fields import DurationField
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from cae.core.facts import Queued
from cae.core.questions import Given
from people.models import Request, User
from people.selectors.contacts import named_or, persons_named_to
from people.selectors.deadlines import nearest_advisors
from people.selectors.persons import accounts_holding, reached_persons
from people.selectors.rights import held_kinds, scopes_followed_by
from people.states import RoleKind
from people.states.requests import (
    CONTACT_OF_DEPARTMENT,
    ROLE_OF_DEPARTMENT,
    SLUGS,
    WAITS_FOR_STAFF,
    Department,
    RequestState,
)


def departments_of(user: Any, on: date | None = None) -> list[str]:
    """Gives the departments in which this person answers; a co-manager reads them all."""
    kinds = held_kinds(user, on)
    if RoleKind.CO_MANAGER in kinds:
        return list(ROLE_OF_DEPARTMENT)
    return [department for department, role in ROLE_OF_DEPARTMENT.items() if role in kinds]


def answered_by(user: Any, on: date | None = None) -> QuerySet[Request]:
    """Gives the requests that this person may answer: those of their departments, within reach."""
    day = on or timezone.localdate()
    whole = set(departments_of(user, day))
    wanted = Q(owner_id=getattr(user, "pk", None), department__in=whole)
    is_manager = RoleKind.CO_MANAGER in held_kinds(user, day)
    if Department.ADVICE in whole and not is_manager and scopes_followed_by(user, day) is not None:
        whole.discard(Department.ADVICE)
        reached = reached_persons(user, (RoleKind.ADVISOR,), day).order_by().values("pk")
        named = persons_named_to(user, day).order_by().values("pk")
        wanted |= Q(department=Department.ADVICE) & (Q(person__in=reached) | Q(person__in=named))
    return Request.objects.filter(wanted | Q(department__in=whole))


def requests_visible_to(user: Any, on: date | None = None) -> QuerySet[Request]:
    """Gives one's own requests and those that one answers."""
    own = getattr(user, "person_id", None)
    answered = answered_by(user, on)
    return answered | Request.objects.filter(person_id=own) if own else answered


def own_requests(user: Any) -> QuerySet[Request]:
    """Gives what the person sent, the latest first."""
    return Request.objects.filter(person_id=user.person_id).select_related("owner__person")


def answerers_of(request: Request, on: date) -> list[User]:
    """Gives the accounts told in its department: the contact named to the person for it, else those who
    answer there; for advice, the nearest to the person."""
    function = CONTACT_OF_DEPARTMENT.get(request.department, "")
    role = ROLE_OF_DEPARTMENT[request.department]
    return named_or(request.person, function, role, on, others=lambda: _answering(request, on))


def _answering(request: Request, on: date) -> list[User]:
    if request.department == Department.ADVICE:
        return nearest_advisors(request.person, None, on)
    return list(accounts_holding(ROLE_OF_DEPARTMENT[request.department], on=on))


def colleagues_of(department: str, on: date) -> QuerySet[User]:
    """Gives those who may be handed a request of a department."""
    return accounts_holding(ROLE_OF_DEPARTMENT[department], on=on)


def requests_taken() -> QuerySet[Request]:
    """Gives the requests that an account took and did not answer, for a question."""
    return Request.objects.filter(state__in=WAITS_FOR_STAFF, owner_id=Given("owner"))


def requests_to_specify() -> QuerySet[Request]:
    """Gives those that wait for the word of who sent them, for a question."""
    return Request.objects.filter(person_id=Given("person"), state=RequestState.WAITING)


@dataclass(frozen=True)
class Delays:
    """How a department answered over a period: how many requests, in how many days on average, how many
    within their day."""

    department: str
    count: int
    answered: int
    mean_days: float | None
    on_time: int


def delays(since: date) -> list[Delays]:
    """Gives the delays of each department over the requests sent since a day, in one query."""
    taken = ExpressionWrapper(F("answered_at") - F("created_at"), output_field=DurationField())
    on_time = Q(answered_at__isnull=False) & Q(answered_day__lte=F("due_on"))
    rows = (
        Request.objects.filter(created_at__date__gte=since)
        .order_by("department")
        .annotate(answered_day=TruncDate("answered_at"))
        .values("department")
        .annotate(
            sent=Count("pk"),
            answered=Count("answered_at"),
            mean=Avg(taken),
            timely=Count("pk", filter=on_time),
        )
    )
    return [
        Delays(
            row["department"],
            row["sent"],
            row["answered"],
            round(row["mean"].total_seconds() / 86_400, 1) if row["mean"] is not None else None,
            row["timely"],
        )
        for row in rows
    ]


def queued_requests(user: Any, function: str, today: date) -> list[Queued]:
    """Gives the requests of a department that wait for the staff or for the person, for `core.facts`."""
    if function not in departments_of(user, today):
        return []
    rows = (
        answered_by(user, today)
        .filter(department=function)
        .open()  # type: ignore[attr-defined]
        .select_related("person", "owner__person")
        .distinct()
    )
    return [
        Queued(
            title=row.title,
            who=row.person.full_name,
            kind=row.get_state_display(),
            since=timezone.localdate(row.state_since),
            url=reverse("people:queue_item", args=[SLUGS[function], row.pk]),
            due=row.due_on,
            taken_by=row.owner.get_full_name() if row.owner else "",
            key=row.pk,
        )
        for row in rows
    ]
