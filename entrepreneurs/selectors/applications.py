"""Questions about applications: how far each step is, what was answered, who welcomes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cae.core import audit
from cae.core.settings import value_of
from entrepreneurs.calculations.steps import (
    StepCode,
    StepState,
    missing_of,
    questions_of,
    state_of,
)
from entrepreneurs.models import Application, Charter, DocumentRequest
from entrepreneurs.states.applications import ApplicationState
from people.models import Role, User
from people.selectors.territories import territories_above
from people.states import RoleKind, ScopeKind

PAPERS_SETTING = "entrepreneurs.papers_{door}"


@dataclass(frozen=True)
class StepAt:
    """One step of an application, and how far it is."""

    code: StepCode
    state: StepState
    missing: tuple[str, ...]


def charter_on(day: date) -> Charter | None:
    """Gives the version of the charter in force on a day; the later of two of the same day."""
    return Charter.objects.filter(valid_from__lte=day).first()


def answers_of(application: Application, on: date) -> dict[str, Any]:
    """Gives every answer by name, with what the steps need to know beside them."""
    names = {name for step in StepCode for name in questions_of(step, application.door)}
    answers = {name: _value(application, name) for name in names}
    charter, papers = charter_on(on), list(papers_of(application))
    if charter is not None:
        answers["charter"] = application.charter_id == charter.pk
    answers["papers"] = sum(paper.is_missing for paper in papers)
    answers["papers_brought"] = any(paper.document_id for paper in papers) or None
    return answers


def steps_of(application: Application, on: date) -> list[StepAt]:
    """Gives the steps in their order, each with its state and what it still lacks."""
    answers, door = answers_of(application, on), application.door
    return [StepAt(step, state_of(step, door, answers), missing_of(step, door, answers)) for step in StepCode]


def fingerprint(application: Application, step: StepCode) -> str:
    """Tells what a step held when its page was drawn: another tab may have saved it since."""
    names = questions_of(step, application.door)
    held = [str(_value(application, name)) for name in names] + [
        f"{application.charter_id} {application.charter_typed}" if step is StepCode.MEANING else ""
    ]
    return hashlib.sha256("\x1f".join(held).encode()).hexdigest()[:16]


def _value(application: Application, name: str) -> Any:
    """A row of another table is told by its key."""
    return getattr(application, application._meta.get_field(name).attname)  # type: ignore[union-attr]


def papers_of(application: Application) -> QuerySet[DocumentRequest]:
    """Gives the papers asked about an application, with their files."""
    return (
        DocumentRequest.objects.filter(**audit.about(application)).select_related("document").order_by("pk")
    )


def papers_at_the_door(door: str, on: date) -> list[str]:
    """Gives the kinds of paper asked of who comes by this door."""
    return sorted(value_of(PAPERS_SETTING.format(door=door), on=on))


def own_application(user: Any) -> Application | None:
    """Gives the application that the person who holds the account follows: the one begun last."""
    return Application.objects.own_of(user).order_by("-created_at", "-pk").first()


def waiting_of(application: Application) -> Application | None:
    """Gives the other application of the same person that already waits for an answer."""
    rows = Application.objects.filter(person=application.person_id, state=ApplicationState.SUBMITTED)
    return rows.exclude(pk=application.pk).first() if application.person_id else None


def welcomers_of(application: Application, on: date) -> list[User]:
    """Gives the accounts of those who welcome there: who follows it, else the advisors whose role reaches
    its territory or the whole cooperative, else the co-managers."""
    if application.advisor_id:
        return list(User.objects.filter(is_active=True, person=application.advisor_id))
    above = territories_above([application.territory_id] if application.territory_id else [])
    reach = Q(scope__isnull=True) | Q(scope__kind=ScopeKind.TERRITORY, scope__territory__in=above)
    for kind, within in ((RoleKind.ADVISOR, reach), (RoleKind.CO_MANAGER, Q())):
        holders = Role.objects.in_force(on).filter(within, kind=kind).values("person")
        found = list(User.objects.filter(is_active=True, person__in=holders))
        if found:
            return found
    return []


def welcomers_today(application: Application) -> list[User]:
    """Gives the same as of today, for who writes to them."""
    return welcomers_of(application, timezone.localdate())


def staff_page_of(application: Application) -> str:
    """The page of the application for those who welcome."""
    return reverse("entrepreneurs:candidate_file", args=[application.pk])


def forgotten_drafts(on: date) -> QuerySet[Application]:
    """Gives the applications never sent whose day of erasure is past."""
    return Application.objects.filter(sent_at__isnull=True, retention_until__lt=on)
