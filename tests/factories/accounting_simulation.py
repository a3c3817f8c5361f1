"""A version of the rules of pay that no month follows yet, and the override of the house."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounting.models import PayrollOverride
from accounting.services.pay_rules import draft_ruleset


def ruled() -> dict[str, Any]:
    """What the walk visits of the rules of pay, by name."""
    ruleset = draft_ruleset("99.0.0", dated_on=date(2026, 11, 2), sha256="0" * 64, actor=None)
    return {"ruleset": ruleset, "override": PayrollOverride.objects.get()}
