"""The catalogue as it is listed, inside and for all, and the sessions shown to everybody (COW-42, 43)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from coworking.models import CourseVersion, TrainingSession
from coworking.selectors.training_sight import (
    courses_visible_to,
    keeps,
    reads_all,
    session_pages_of,
)
from coworking.states.training import SEATED, SessionState, VersionState
from people.selectors import scopes_of


def courses_listed(user: Any) -> QuerySet[CourseVersion]:
    """One version a course: the one at the catalogue, else the last; drafts to those who write them."""
    of_course = CourseVersion.objects.filter(course=OuterRef("course"))
    last = of_course.order_by("-number").values("pk")[:1]
    shown = of_course.filter(state=VersionState.PUBLISHED).values("pk")[:1]
    seen = courses_visible_to(user).order_by().values("pk")
    rows = CourseVersion.objects.filter(course__in=seen).select_related("course__activity")
    has_one = CourseVersion.objects.filter(state=VersionState.PUBLISHED).values("course")
    rows = rows.filter(Q(pk=shown) | ~Q(course__in=has_one) & Q(pk=last))
    if reads_all(user):
        return rows
    return rows.filter(Q(state=VersionState.PUBLISHED) | Q(course__activity__scope__in=scopes_of(user)))


def versions_to_plan(user: Any) -> QuerySet[CourseVersion]:
    """The versions at the catalogue of which one may plan a session."""
    rows = CourseVersion.objects.published().select_related("course__activity")
    return rows if keeps(user) else rows.filter(course__activity__scope__in=scopes_of(user))


def sessions_listed(user: Any) -> QuerySet[TrainingSession]:
    """The sessions that one keeps, checks, sells or teaches: first and last half-day, seats taken."""
    return (
        session_pages_of(user)
        .annotate(
            starts_at=Min("half_days__starts_at"),
            ends_at=Max("half_days__ends_at"),
            seated=Count("enrolments", filter=Q(enrolments__state__in=SEATED), distinct=True),
        )
        .order_by("-starts_at", "-pk")
    )


def public_sessions(versions: Sequence[int]) -> dict[int, list[TrainingSession]]:
    """The sessions open to enrolment and to come, by version, with their first half-day as `starts_at`."""
    rows = (
        TrainingSession.objects.filter(course__in=versions, state=SessionState.OPEN)
        .select_related("place")
        .annotate(
            starts_at=Min("half_days__starts_at"),
            seated=Count("enrolments", filter=Q(enrolments__state__in=SEATED), distinct=True),
        )
        .filter(starts_at__gte=timezone.now())
        .order_by("starts_at", "pk")
    )
    found: dict[int, list[TrainingSession]] = {}
    for row in rows:
        found.setdefault(row.course_id, []).append(row)
    return found
