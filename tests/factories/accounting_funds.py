"""Grants and earmarked funds, made through their services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounting.models import AnalyticAccount, Fund, FundDuty, FundInstalment, FundSpending
from accounting.selectors.accounts import section_of
from accounting.services.fund_following import add_duty, add_instalment
from accounting.services.fund_spending import count_line
from accounting.services.funds import FundDraft, award_fund, create_fund, refuse_fund, start_fund
from entrepreneurs.models import Activity
from people.models import User
from tests.factories.accounting import cost


def fund_draft(section: AnalyticAccount | None, **details: Any) -> FundDraft:
    """A European project: 10 000 € asked for goods and missions of 2026."""
    usual = FundDraft(
        nature="grant",
        label="Erasmus+ Coop",
        funder="Agence Erasmus+",
        purpose="Former des tuteurs dans trois pays.",
        section=section,
        kinds=["goods", "mission_costs"],
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        requested_on=date(2025, 10, 1),
        requested_amount=Decimal("10000.00"),
    )
    return replace(usual, **details)


def make_fund(section: AnalyticAccount, **details: Any) -> Fund:
    return create_fund(fund_draft(section, **details), form_key=uuid4(), actor=None)


def make_running(section: AnalyticAccount, amount: str = "1000.00", **details: Any) -> Fund:
    fund = make_fund(section, **details)
    fund = award_fund(fund, amount=Decimal(amount), on=date(2026, 1, 15), reference="", actor=None)
    return start_fund(fund, actor=None)


def spent_on(fund: Fund, activity: Activity, amount: str = "300.00") -> FundSpending:
    """A cost of the books, counted on a fund."""
    line = cost(activity, amount).lines.get(cost_kind__code="goods")
    return count_line(fund, line, amount=Decimal(amount), actor=None)


def instalment(fund: Fund, label: str = "Acompte", amount: str = "600.00") -> FundInstalment:
    due = date(2026, 2, 1)
    return add_instalment(fund, label=label, amount=Decimal(amount), due_on=due, condition="", actor=None)


def duty(fund: Fund, kind: str = "condition", label: str = "Convention signée") -> FundDuty:
    return add_duty(fund, kind=kind, label=label, due_on=date(2026, 12, 31), actor=None)


def funded_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """A grant in each state, with what comes with it."""
    section = section_of(activity)
    running = make_running(section)
    free = cost(activity, "120.00").lines.get(cost_kind__code="goods")
    asked = make_fund(section, label="Région, investissement")
    won = make_fund(section, label="Leader, atelier")
    won = award_fund(won, amount=Decimal("5000.00"), on=date(2026, 2, 1), reference="", actor=None)
    lost = refuse_fund(
        make_fund(section, label="Fondation"), reason="Hors programme", on=date(2026, 2, 1), actor=None
    )
    return {
        "fund": running,
        "fund_asked": asked,
        "fund_won": won,
        "fund_lost": lost,
        "fund_spending": spent_on(running, activity),
        "fund_cost": free,
        "fund_instalment": instalment(running),
        "fund_duty": duty(running),
    }
