"""Rights over the proofs of the books."""

import rules

from accounting.permissions.books import reads_books
from people.permissions import is_accountant, is_manager

PERMISSIONS: dict[str, rules.Predicate] = {
    # An auditor leaves nothing behind: the file is drawn by those who keep the books.
    "accounting.make_audit_file": is_accountant | is_manager,
    "accounting.view_audit": reads_books,
}
