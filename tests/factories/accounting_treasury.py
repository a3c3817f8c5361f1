"""The cash to come in tests: floors, an excess, plans by hand, scenarios, an alert."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounting.calculations.treasury.forecast import Changes
from accounting.models import AnalyticAccount, CashPlan, ForecastScenario
from accounting.selectors.accounts import section_of, shared_section
from accounting.services.cash_plans import PlanContent, keep_scenario, plan_cash
from accounting.services.floors import allow_excess, set_floor
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories.people import make_user


def make_plan(section: AnalyticAccount | None = None, amount: str = "-640.00", **details: Any) -> CashPlan:
    """A loan of the shared services, each month from today on."""
    usual: dict[str, Any] = {"kind": "loan", "label": "Emprunt du siège", "rhythm": "month"}
    usual |= {"starts_on": timezone.localdate(), "ends_on": None}
    content = PlanContent(section or shared_section(), amount=Decimal(amount), **(usual | details))
    return plan_cash(content, form_key=uuid.uuid4(), actor=None)


def make_scenario(
    section: AnalyticAccount | None, name: str = "Prudent", changes: Changes | None = None
) -> ForecastScenario:
    return keep_scenario(section, name=name, changes=changes or Changes(later_days=30), actor=None)


def forecast_by(activity: Activity, today: date) -> dict[str, Any]:
    """What the pages of the treasury show of an activity and of the cooperative."""
    section = section_of(activity)
    floor = set_floor(
        section, amount=Decimal("500.00"), starts_on=today, ends_on=None, reason="Stock", actor=None
    )
    excess = allow_excess(
        section,
        amount=Decimal("-100.00"),
        starts_on=today,
        ends_on=today + timedelta(days=30),
        reason="Client en juin",
        actor=make_user(RoleKind.CO_MANAGER),
    )
    return {
        "cash_plan": make_plan(),
        "cash_floor": floor,
        "floor_excess": excess,
        "scenario": make_scenario(section),
        "house_scenario": make_scenario(None),
        "this_month": str(Month.of(today)),
    }
