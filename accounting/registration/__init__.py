"""What the room declares when it starts: a module a subject."""

from accounting.registration import (
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
    payments,
    payroll,
    reconciliation,
    simulation,
    treasury,
    vat,
    year_end,
)


def register_all() -> None:
    """Called once, when models are ready."""
    books.register_books()
    payments.register_payments()
    ledger.register_ledger()
    lettering.register_lettering()
    layouts.register_layouts()
    levies.register_levies()
    simulation.register_simulation()
    payroll.register_payroll()
    bank.register_bank()
    reconciliation.register_reconciliation()
    treasury.register_treasury()
    vat.register_vat()
    funds.register_funds()
    year_end.register_year_end()
    allocation.register_allocation()
    exports.register_exports()
    audit.register_audit()
