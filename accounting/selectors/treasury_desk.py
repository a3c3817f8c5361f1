"""Floors, plans by hand and scenarios as they are listed; which activities are watched, and who is told of
their cash (ACC-31 to 33)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.urls import reverse

from accounting.models import (
    AnalyticAccount,
    CashFloor,
    CashPlan,
    FloorExcess,
    ForecastAlert,
    ForecastScenario,
)
from accounting.states.books import AnalyticKind
from cae.core.facts import Source
from cae.core.periods import Month
from cae.core.permissions import can
from people.models import PersonScope, User
from people.selectors.deadlines import nearest_advisors
from people.states import WRITING_PARTS


def sections_to_watch(today: date) -> list[AnalyticAccount]:
    """Those of activities open that day, that nobody was told of this month."""
    told = ForecastAlert.objects.filter(month=Month.of(today).first).values("section")
    rows = AnalyticAccount.objects.filter(activity__opened_on__lte=today).exclude(pk__in=told)
    open_yet = Q(activity__closed_on__isnull=True) | Q(activity__closed_on__gte=today)
    return list(rows.filter(open_yet).select_related("activity__scope").order_by("pk"))


def followers_of_activity(section: AnalyticAccount, today: date) -> list[User]:
    """The people of the activity, and the advisors who follow it."""
    if section.activity is None:
        return []
    scope = section.activity.scope
    members = PersonScope.objects.in_force(today).filter(scope=scope, part__in=WRITING_PARTS)
    users = User.objects.filter(person__in=members.values("person"), is_active=True).order_by("pk")
    return [*users, *nearest_advisors(None, scope, today)]


def planned_sections() -> QuerySet[AnalyticAccount]:
    """Any section may have a plan: the shared services first."""
    rank = Case(When(kind=AnalyticKind.SHARED, then=Value(0)), default=Value(1))
    return AnalyticAccount.objects.order_by(rank, "sort_label")


def sections_with_floor() -> QuerySet[AnalyticAccount]:
    """All but the shared services, which no floor holds."""
    return AnalyticAccount.objects.exclude(kind=AnalyticKind.SHARED).order_by("sort_label")


def cash_plans() -> QuerySet[CashPlan]:
    return CashPlan.objects.select_related("section", "created_by__person")


def cash_floors() -> QuerySet[CashFloor]:
    """Floors, but those taken back before their first day."""
    rows = CashFloor.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")))
    return rows.select_related("section", "created_by__person")


def floor_excesses() -> QuerySet[FloorExcess]:
    rows = FloorExcess.objects.filter(ends_on__gte=F("starts_on"))
    return rows.select_related("section", "allowed_by__person")


def scenarios_of(section: AnalyticAccount | None) -> QuerySet[ForecastScenario]:
    """Those of a section, or of the cooperative."""
    return ForecastScenario.objects.filter(section=section)


def plan_sources(user: Any, keys: list[str]) -> dict[str, Source]:
    """The list of plans, for those who read the books."""
    if not can(user, "accounting.view_house_forecast"):
        return {}
    url = reverse("accounting:cash_plan_list")
    return {str(row.pk): Source(row.label, url) for row in CashPlan.objects.filter(pk__in=keys)}
