"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from accounting.acts import (
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

ACTS: dict[str, Any] = {
    **books.ACTS,
    **ledger.ACTS,
    **lettering.ACTS,
    **layouts.ACTS,
    **levies.ACTS,
    **simulation.ACTS,
    **payroll.ACTS,
    **bank.ACTS,
    **reconciliation.ACTS,
    **treasury.ACTS,
    **vat.ACTS,
    **funds.ACTS,
    **year_end.ACTS,
    **allocation.ACTS,
    **exports.ACTS,
    **audit.ACTS,
}
