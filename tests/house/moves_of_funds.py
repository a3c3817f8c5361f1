"""Moves of grants: a row made by services, and the page of each move."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from accounting.models import Fund
from accounting.selectors.accounts import section_of
from accounting.services.funds import award_fund, start_fund
from tests.factories.accounting_funds import make_fund
from tests.factories.entrepreneurs import make_activity
from tests.house.moves_of_path import day
from tests.house.moving import Case, Page, Subject

_ENDS = {"on": day(), "reason": "Le projet change."}


def _asked() -> Case:
    return Case(make_fund(section_of(make_activity())))


def _won(case: Case) -> Any:
    award_fund(case.row, amount=Decimal("5000.00"), on=date(2026, 1, 15), reference="", actor=None)
    return Fund.objects.get(pk=case.row.pk)


def _running(case: Case) -> Any:
    return start_fund(_won(case), actor=None)


FUNDS: dict[str, Subject] = {
    "accounting.Fund": Subject(
        _asked,
        {
            "award": Page("accounting:fund_award", (), {"amount": "5 000", "on": day()}),
            "refuse": Page("accounting:fund_refuse", (), _ENDS),
            "give_up": Page("accounting:fund_give_up", (), _ENDS),
            "start": Page("accounting:fund_start", (), {}, _won),
            "close": Page("accounting:fund_close", (), _ENDS, _running),
        },
    ),
}
