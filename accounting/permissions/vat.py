"""Rights over the VAT statement and the tax calendar."""

import rules

from accounting.permissions.books import reads_books
from people.permissions import is_accountant

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_vat": reads_books,
    "accounting.keep_vat": is_accountant,
    "accounting.view_deadlines": reads_books,
    "accounting.keep_deadlines": is_accountant,
}
