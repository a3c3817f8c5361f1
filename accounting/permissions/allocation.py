"""Rights over the allocation of the result of a year."""

import rules

from accounting.permissions.books import reads_books
from people.permissions import is_accountant

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_allocation": reads_books,
    "accounting.keep_allocation": is_accountant,
}
