"""Which contribution scale applies to an activity on a date, and what it took so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from accounting.models import Contribution, ContributionScale, ScaleAssignment
from cae.core.money import ZERO
from entrepreneurs.models import Activity


def scales() -> QuerySet[ContributionScale]:
    return ContributionScale.objects.all()


def scales_in_force(on: date) -> QuerySet[ContributionScale]:
    return ContributionScale.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on
    )


def scale_of(activity: Activity, on: date) -> ContributionScale | None:
    """The version in force on that date of the scale given to the activity."""
    assigned = ScaleAssignment.objects.in_force(on).filter(activity=activity).values("scale__code")
    return scales_in_force(on).filter(code__in=assigned).first()


def default_scale(on: date) -> ContributionScale | None:
    """What a new activity receives: the last default that was voted."""
    return scales_in_force(on).filter(is_default=True).order_by("-valid_from", "-pk").first()


def assignments() -> QuerySet[ScaleAssignment]:
    return ScaleAssignment.objects.select_related("activity", "scale").order_by(
        "activity__name", "-starts_on"
    )


def assignments_of(activity: Activity) -> QuerySet[ScaleAssignment]:
    return ScaleAssignment.objects.filter(activity=activity).select_related("scale")


def activities_without_scale(on: date) -> QuerySet[Activity]:
    """Open activities whose sales give nothing to the shared services, because nobody said what they give."""
    assigned = ScaleAssignment.objects.in_force(on).filter(activity=OuterRef("pk"))
    return Activity.objects.filter(~Exists(assigned), closed_on__isnull=True)


def last_contribution_on(*, activity: Activity | None = None, code: str | None = None) -> date | None:
    """Date of the last contribution taken from this activity, or under this scale."""
    rows = Contribution.objects.all()
    if activity is not None:
        rows = rows.filter(activity=activity)
    if code is not None:
        rows = rows.filter(scale__code=code)
    return rows.order_by("-on").values_list("on", flat=True).first()


def contributions_of(activity: Activity, *, start: date, end: date) -> QuerySet[Contribution]:
    """Each amount taken over the period, with its working."""
    rows = Contribution.objects.filter(activity=activity, on__range=(start, end))
    return rows.select_related("scale", "corrects", "entry__journal").order_by("on", "pk")


@dataclass(frozen=True)
class ContributionSums:
    """Base and contribution added up over a period."""

    base: Decimal
    due: Decimal


def contribution_sums(activity: Activity, *, start: date, end: date) -> ContributionSums:
    sums = Contribution.objects.filter(activity=activity, on__range=(start, end)).aggregate(
        base=Sum("base", default=ZERO), due=Sum("due", default=ZERO)
    )
    return ContributionSums(base=sums["base"], due=sums["due"])
