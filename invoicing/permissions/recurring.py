"""Who may do what with recurring documents: as with the documents that they make."""

from __future__ import annotations

from typing import Any

import rules

from invoicing.models import RecurringPlan
from invoicing.models.sight import is_in_sight
from invoicing.permissions.sales import reads_sales, sells


@rules.predicate
def sees_plan(user: Any, plan: RecurringPlan | None = None) -> bool:
    """Follows the same rule as the list."""
    return plan is None or is_in_sight(user, plan.activity)


PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_recurrings": reads_sales,
    "invoicing.view_recurring": reads_sales & sees_plan,
    "invoicing.edit_recurring": sells,
}
