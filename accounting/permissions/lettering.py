"""Rights over lettering and aged balances."""

import rules

from accounting.permissions.books import reads_books
from people.permissions import is_accountant, is_advisor

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.letter": is_accountant,
    "accounting.view_aged": reads_books | is_advisor,
}
