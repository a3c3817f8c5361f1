"""Grants and earmarked funds, made through their services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounting.models import AnalyticAccount, Fund
from accounting.services.funds import FundDraft, award_fund, create_fund, start_fund


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
