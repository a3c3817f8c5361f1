"""Who may do what with the books: one table, a module a subject."""

from accounting.permissions import (
    allocation,
    audit,
    bank,
    books,
    exports,
    funds,
    layouts,
    ledger,
    lettering,
    levies,
    payroll,
    reconciliation,
    simulation,
    treasury,
    vat,
    year_end,
)
from cae.core.permissions import merged

PERMISSIONS = merged(
    books.PERMISSIONS,
    ledger.PERMISSIONS,
    lettering.PERMISSIONS,
    layouts.PERMISSIONS,
    levies.PERMISSIONS,
    simulation.PERMISSIONS,
    payroll.PERMISSIONS,
    bank.PERMISSIONS,
    reconciliation.PERMISSIONS,
    treasury.PERMISSIONS,
    vat.PERMISSIONS,
    funds.PERMISSIONS,
    year_end.PERMISSIONS,
    allocation.PERMISSIONS,
    exports.PERMISSIONS,
    audit.PERMISSIONS,
)
