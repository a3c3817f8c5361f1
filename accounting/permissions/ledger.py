"""Rights over years and periods, entries by hand, closing of a month, the desk of the accountant."""

import rules

from accounting.permissions.books import reads_books
from people.permissions import is_accountant, is_manager

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.view_months": reads_books,
    "accounting.close_month": is_accountant,
    # What undoes or ends for ever is not left to one person alone by their function.
    "accounting.reopen_month": is_accountant | is_manager,
    "accounting.lock_month": is_accountant | is_manager,
    "accounting.open_year": is_accountant,
    "accounting.close_year": is_accountant | is_manager,
    "accounting.open_closing_file": reads_books,
    "accounting.view_manual_entries": reads_books,
    "accounting.write_entries": is_accountant,
    "accounting.open_entry_piece": reads_books,
}
