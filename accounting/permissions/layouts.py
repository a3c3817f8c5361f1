"""Rights over statements by layout: balance sheet, income statement, shared services."""

import rules

from accounting.permissions.books import reads_books
from people.permissions import is_accountant, is_advisor, is_associate, is_entrepreneur, is_own

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.change_layouts": is_accountant,
    # The law gives it to those who pay for them, the statutes to those who decide (R7331-9).
    "accounting.view_shared_services": reads_books | is_advisor | is_associate | is_entrepreneur | is_own,
}
