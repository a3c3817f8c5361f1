"""The table of moves of the rules of pay, with a version taken in and the page that puts it in force."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounting.services.pay_rules import draft_ruleset
from cae.core.periods import Month
from tests.house.moving import Case, Page, Subject


def _drafted() -> Case:
    return Case(draft_ruleset("99.0.0", dated_on=timezone.localdate(), sha256="0" * 64, actor=None))


def _this_month(_case: Case) -> dict[str, Any]:
    return {"first_month": str(Month.of(timezone.localdate()))}


SIMULATION: dict[str, Subject] = {
    "accounting.PayrollRuleset": Subject(
        _drafted, {"put_in_force": Page("accounting:ruleset_start", (), _this_month)}
    ),
}
