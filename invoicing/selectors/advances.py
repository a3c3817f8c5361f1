"""Advances in sight, and what was used of one (INV-56)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from invoicing.models import AdvanceUse, ExpenseAdvance


def advances_seen(user: Any) -> QuerySet[ExpenseAdvance]:
    """With what was used of each, the last asked first."""
    rows = ExpenseAdvance.objects.visible_to(user).with_used()
    return rows.select_related("person", "activity", "overpaid_by").order_by("-created_at", "-pk")


def uses_of(advance: ExpenseAdvance) -> QuerySet[AdvanceUse]:
    """What claims and money given back took of it, in order."""
    return advance.uses.select_related("claim__person", "entry").order_by("on", "pk")
