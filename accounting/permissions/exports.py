"""Rights over FEC, exports to accounting programs, imported ledgers."""

import rules

from accounting.permissions.books import reads_books
from people.permissions import is_accountant

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.import_ledgers": is_accountant,
    "accounting.make_exports": is_accountant,
    "accounting.open_fec": reads_books,
    "accounting.view_ledger_imports": reads_books,
}
