"""Rights over cash to come, floors and alerts."""

import rules

from accounting.permissions.books import owns_one, reads_accounts, reads_books, sees_section
from people.permissions import is_accountant, is_advisor, is_entrepreneur, is_manager

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_forecast": reads_accounts & sees_section,
    # What one supposes is read by all who read the forecast; an auditor supposes nothing.
    "accounting.keep_scenario": (is_entrepreneur | owns_one | is_advisor | is_accountant | is_manager)
    & sees_section,
    "accounting.view_house_forecast": reads_books,
    "accounting.keep_house_scenario": is_accountant | is_manager,
    "accounting.set_floor": is_accountant | is_manager,
    # Who lets cash go down answers for it before the members.
    "accounting.allow_floor_excess": is_manager,
    "accounting.plan_cash": is_accountant,
}
