"""Levies of the cooperative’s own, decided through their service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from accounting.models import Account, Levy
from accounting.selectors.accounts import shared_section
from accounting.services.levies import Decided, LevyDraft, create_levy
from accounting.states.books import AccountRole
from accounting.states.contributions import SaleCategory

DECIDED = Decided("Assemblée générale", date(2025, 6, 12))


def levy_draft(**details: Any) -> LevyDraft:
    """Insurance: 5 % of what is invoiced, taken on each document, to the shared services."""
    roles = {account.role: account for account in Account.objects.exclude(role=None)}
    usual = LevyDraft(
        label="Assurance",
        base="invoiced",
        taken_on="document",
        rate=Decimal("0.0500"),
        amount=None,
        categories=list(SaleCategory.values),
        held_months=None,
        for_all=True,
        charge_account=roles[AccountRole.LEVY_CHARGE],
        link_account=roles[AccountRole.INTERNAL_LINK],
        income_account=roles[AccountRole.LEVY_INCOME],
        section=shared_section(),
        new_fund="",
        valid_from=date(2026, 1, 1),
    )
    return replace(usual, **details)


def make_levy(**details: Any) -> Levy:
    return create_levy(levy_draft(**details), decision=DECIDED, actor=None)
