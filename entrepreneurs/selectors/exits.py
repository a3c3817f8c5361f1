"""Departures in sight, and what is left to settle before each (ENT-39)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import facts, permissions
from cae.core.facts import Queued
from entrepreneurs.models import Activity, Exit, ExitStep, Letter
from entrepreneurs.selectors.templates import TextInForce, texts_in_force
from entrepreneurs.states.exits import STEPS, ExitState, Step
from entrepreneurs.states.letters import FAREWELL, WORK_CERTIFICATE
from people.models import Deadline, PersonScope
from people.states.requests import Department


def exits_listed(user: Any) -> QuerySet[Exit]:
    """Gives the departures in sight with whose they are and how many things are settled, in one query."""
    return (
        Exit.objects.visible_to(user)
        .select_related("person__territory")
        .annotate(settled=Count("steps"))
        .order_by("-last_day", "-pk")
    )


def steps_left(row: Exit) -> list[Step]:
    """Gives what is still to settle."""
    done = set(ExitStep.objects.filter(exit=row).values_list("code", flat=True))
    return [step for step in STEPS if step.code not in done]


@dataclass(frozen=True)
class StepShown:
    """One thing to settle, what the books say of it, and who settled it."""

    step: Step
    amount: Decimal | None
    done: ExitStep | None


def steps_shown(row: Exit, on: date) -> list[StepShown]:
    """Gives the list of things to settle with the figures of the person's activities."""
    done = {step.code: step for step in row.steps.select_related("done_by__person")}
    activities = activities_of(row)
    return [StepShown(step, _amount(step, activities, on), done.get(step.code)) for step in STEPS]


def _amount(step: Step, activities: Iterable[Activity], on: date) -> Decimal | None:
    if not step.fact:
        return None
    found = facts.facts(step.fact, activities, on=on)
    return sum((Decimal(value) for value in found.values() if value is not None), Decimal(0))


def activities_of(row: Exit) -> list[Activity]:
    """Gives the activities that the person exercises at the end."""
    held = Q(ends_on__isnull=True) | Q(ends_on__gte=row.last_day)
    scopes = PersonScope.objects.filter(held, person=row.person).order_by().values("scope")
    return list(Activity.objects.filter(scope__in=scopes))


def letters_of(row: Exit) -> list[Letter]:
    """Gives the letters made for the person since their departure is prepared, the latest first."""
    since = timezone.localdate(row.created_at)
    found = Letter.objects.filter(person=row.person, made_on__gte=since).select_related("document")
    return list(found.order_by("-made_on", "-pk"))


def texts_for_exit(on: date) -> list[TextInForce]:
    """Gives the letters that may be made, those of a departure first."""
    found = texts_in_force(on, of_contract=False)
    return sorted(found, key=lambda text: text.code not in (WORK_CERTIFICATE, FAREWELL))


def follow_ups_of(row: Exit) -> list[Deadline]:
    """Gives the news still to ask of who left."""
    found = Deadline.objects.open().filter(
        about_type=Exit._meta.label_lower, about_id=str(row.pk), kind__startswith="follow_up"
    )
    return list(found.order_by("due_on"))


def queued_exits(user: Any, function: str, today: date) -> list[Queued]:
    """Gives the departures being prepared, for the queue of human resources."""
    if function != Department.HUMAN_RESOURCES or not permissions.can(user, "entrepreneurs.write_exit"):
        return []
    rows = exits_listed(user).filter(state=ExitState.PREPARED)
    return [
        Queued(
            title=_("Sortie à préparer : %(count)d étapes sur %(all)d")
            % {"count": getattr(row, "settled", 0), "all": len(STEPS)},
            who=row.person.full_name,
            kind=row.get_state_display(),
            since=timezone.localdate(row.state_since),
            url=reverse("entrepreneurs:exit_detail", args=[row.pk]),
            due=row.last_day,
        )
        for row in rows
    ]
