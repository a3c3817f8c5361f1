"""Levies of the cooperative’s own, decided through their service."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounting.models import Account, Levy, ScaleTrial
from accounting.selectors.accounts import shared_section
from accounting.services.levies import Decided, LevyDraft, add_term, create_levy, end_levy
from accounting.services.levy_taking import take_levies_of_month
from accounting.states.books import AccountRole
from accounting.states.contributions import SaleCategory
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.models import User

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


def levied_by(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """A levy of the month that names the activity, what it took, an ended one, trials with and without
    figures."""
    month = Month.of(timezone.localdate()).previous()
    first = date(month.year - 1, 1, 1)
    monthly = {"taken_on": "month", "rate": None, "amount": Decimal("15.00"), "for_all": False}
    levy = make_levy(label="Cotisation", valid_from=first, **monthly)
    term = add_term(
        levy, activity, starts_on=first, ends_on=None, decided_by="CSE", reason="Métier exposé", actor=None
    )
    (taking,) = take_levies_of_month(activity, month, today=timezone.localdate(), actor=users["accountant"])
    ended = make_levy(label="Entraide", valid_from=first, for_all=False)
    end_levy(ended, ends_on=date(first.year, 6, 30), actor=None)
    rules = {
        "base": {"turnover": "invoiced", "minus": []},
        "shape": {"kind": "flat", "rate": "0.1200", "window": "document"},
        "taken_on": "document",
    }
    asked = ScaleTrial.objects.create(title="12 % pour toutes", rules=rules, years=[month.year])
    figures = [{"year": str(month.year), "rows": [[activity.pk, activity.name, "100.00", "120.00"]]}]
    done = ScaleTrial.objects.create(
        title="10 % pour toutes",
        rules=rules,
        years=[month.year],
        figures=figures,
        done_at=timezone.now(),
        created_by=users["accountant"],
    )
    return {
        "levy": levy,
        "levy_ended": ended,
        "levy_term": term,
        "levy_taking": taking,
        "trial": done,
        "trial_asked": asked,
    }
