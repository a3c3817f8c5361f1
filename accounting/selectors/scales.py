"""Which contribution scale applies to an activity on a date, who has which, who is exempt."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounting.models import ContributionRun, ContributionScale, Exemption, ScaleAssignment
from accounting.models.sight import seen_activity_ids, sees_all_books
from accounting.states.contributions import RunKind
from cae.core.questions import Given, Question
from entrepreneurs.models import Activity


def scales() -> QuerySet[ContributionScale]:
    """Every version, with the number of activities that have its scale."""
    return ContributionScale.objects.annotate(activity_count=Count("assignments__activity", distinct=True))


def scales_in_force(on: date | Given) -> QuerySet[ContributionScale]:
    return ContributionScale.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
    )


def scale_of(activity: Activity, on: date) -> ContributionScale | None:
    """The version in force on that date of the scale given to the activity."""
    return _SCALE_OF.first(activity=activity.pk, on=on)


def _scale_of() -> QuerySet[ContributionScale]:
    assigned = ScaleAssignment.objects.in_force(Given("on")).filter(activity=Given("activity"))
    return scales_in_force(Given("on")).filter(code__in=assigned.values("scale__code"))[:1]


_SCALE_OF = Question(_scale_of)


def default_scale(on: date) -> ContributionScale | None:
    """What a new activity receives: the last default that was voted."""
    return scales_in_force(on).filter(is_default=True).order_by("-valid_from", "-pk").first()


def assignments() -> QuerySet[ScaleAssignment]:
    return ScaleAssignment.objects.select_related("activity", "scale").order_by(
        "activity__sort_name", "-starts_on"
    )


def activities_under(code: str, on: date) -> list[Activity]:
    """Those that have this scale that day: a new version of it concerns them, and no other."""
    given = ScaleAssignment.objects.in_force(on).filter(scale__code=code).values("activity")
    return list(Activity.objects.filter(pk__in=given, closed_on__isnull=True).order_by("sort_name"))


def exemptions() -> QuerySet[Exemption]:
    return Exemption.objects.select_related("activity").order_by("-starts_on", "-pk")


def exemptions_visible_to(user: Any) -> QuerySet[Exemption]:
    """Those of the activities whose accounts this person reads."""
    rows = exemptions()
    return rows if sees_all_books(user) else rows.filter(activity__in=seen_activity_ids(user))


def activities_without_scale(on: date | Given) -> QuerySet[Activity]:
    """Open activities whose sales give nothing to the shared services, because nobody said what they give."""
    assigned = ScaleAssignment.objects.in_force(on).filter(activity=OuterRef("pk"))
    return Activity.objects.filter(~Exists(assigned), closed_on__isnull=True)


def last_taken_on_document(*, activity: Activity | None = None, code: str | None = None) -> date | None:
    """Date of the last document that gave under this scale, or for this activity."""
    rows = ContributionRun.objects.filter(kind__in=[RunKind.DOCUMENT, RunKind.RECEIPT])
    if activity is not None:
        rows = rows.filter(activity=activity)
    if code is not None:
        rows = rows.filter(scale__code=code)
    return rows.order_by("-on").values_list("on", flat=True).first()
