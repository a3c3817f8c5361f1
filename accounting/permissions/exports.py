"""Rights over FEC, exports to accounting programs, imported ledgers."""

import rules

from accounting.permissions.books import reads_books

PERMISSIONS: dict[str, rules.Predicate] = {
    "accounting.open_fec": reads_books,
}
