"""What a person sees of training, and the marks of those who teach or learn (PEO-21)."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cae.core.questions import Given
from coworking.models import Course, Enrolment, HalfDay, Trainer, TrainingSession
from coworking.states.training import EnrolmentState, SessionState
from entrepreneurs.models import Activity
from invoicing.models import Customer
from people.models import Organisation
from people.selectors import held_kinds, scopes_of, scopes_with_part
from people.states import SELLING_PARTS, RoleKind

# Those who teach a session, and those who follow one.
TEACHES, LEARNS = "coworking.teaches", "coworking.learns"
KEEPERS: tuple[str, ...] = (RoleKind.TRAINING_MANAGER, RoleKind.ADMINISTRATOR)
# They read sessions without keeping them: who pays, who led, who audits.
READERS: tuple[str, ...] = (*KEEPERS, RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER, RoleKind.AUDITOR)
# An enrolment that is still somebody's.
LIVE: tuple[str, ...] = (
    EnrolmentState.ASKED,
    EnrolmentState.ENROLLED,
    EnrolmentState.DONE,
    EnrolmentState.DROPPED,
)


def trainers_of_person() -> QuerySet[Trainer]:
    return Trainer.objects.filter(person=Given("person"), is_active=True)


def enrolments_of_person() -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(person=Given("person"), state__in=LIVE)


def keeps(user: Any) -> bool:
    return not held_kinds(user).isdisjoint(KEEPERS)


def reads_all(user: Any) -> bool:
    return not held_kinds(user).isdisjoint(READERS)


def sessions_visible_to(user: Any) -> QuerySet[TrainingSession]:
    """All to those who keep or check training; to others what they sell, teach or follow, and what is open
    to enrolment in the cooperative."""
    rows = TrainingSession.objects.select_related("course__course", "activity", "place")
    if reads_all(user):
        return rows
    person = getattr(user, "person_id", None)
    if person is None:
        return rows.none()
    return rows.filter(
        Q(activity__scope__in=scopes_of(user)) | Q(_taught_by(person)) | Q(_followed_by(person)) | _offered()
    )


def session_pages_of(user: Any) -> QuerySet[TrainingSession]:
    """The sessions whose trainees and sheets this person reads: those they keep, check, sell or teach."""
    rows = TrainingSession.objects.select_related("course__course", "activity", "place", "deal")
    if reads_all(user):
        return rows
    person = getattr(user, "person_id", None)
    if person is None:
        return rows.none()
    return rows.filter(Q(activity__scope__in=scopes_of(user)) | Q(_taught_by(person)))


def enrolments_visible_to(user: Any) -> QuerySet[Enrolment]:
    """One’s own, and those of the sessions that one keeps, checks or sells."""
    rows = Enrolment.objects.select_related("session__course", "session__activity", "organisation", "person")
    if reads_all(user):
        return rows
    person = getattr(user, "person_id", None)
    if person is None:
        return rows.none()
    return rows.filter(Q(person=person) | Q(session__activity__scope__in=scopes_of(user)))


def courses_visible_to(user: Any) -> QuerySet[Course]:
    """The catalogue, and the drafts of what one keeps or sells."""
    rows = Course.objects.select_related("activity")
    if reads_all(user):
        return rows
    return rows.filter(Q(versions__state="published") | Q(activity__scope__in=scopes_of(user))).distinct()


def sells(user: Any, activity: Any) -> bool:
    """One sells for this activity; without any, one sells for none."""
    return activity is not None and activity.scope_id in scopes_with_part(user, SELLING_PARTS)


def teaches(user: Any, session: TrainingSession) -> bool:
    return user.person_id is not None and session.half_days.filter(trainer__person=user.person_id).exists()


def _taught_by(person: int) -> Exists:
    return Exists(HalfDay.objects.filter(session=OuterRef("pk"), trainer__person=person))


def _followed_by(person: int) -> Exists:
    return Exists(Enrolment.objects.filter(session=OuterRef("pk"), person=person, state__in=LIVE))


def _offered() -> Q:
    return Q(state=SessionState.OPEN, activity__isnull=True)


def activities_sold_by(user: Any) -> QuerySet[Activity]:
    """The activities for which one sells training: all to those who keep it."""
    rows = Activity.objects.order_by("name", "pk")
    return rows if keeps(user) else rows.filter(scope__in=scopes_with_part(user, SELLING_PARTS))


def organisations_offered(user: Any, activity: Activity | None) -> QuerySet[Organisation]:
    """Those among whom a payer is chosen: all to those who read all, to a seller those of their customers."""
    rows = Organisation.objects.filter(is_archived=False).order_by("sort_name", "pk")
    if reads_all(user):
        return rows
    bought = Customer.objects.filter(activity=activity, organisation=OuterRef("pk"))
    return rows.filter(Exists(bought)) if activity is not None else rows.none()
