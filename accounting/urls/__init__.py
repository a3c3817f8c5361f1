"""Addresses of the books: a module a subject."""

from accounting.urls import (
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

app_name = "accounting"

urlpatterns = [
    *books.urlpatterns,
    *ledger.urlpatterns,
    *lettering.urlpatterns,
    *layouts.urlpatterns,
    *levies.urlpatterns,
    *simulation.urlpatterns,
    *payroll.urlpatterns,
    *bank.urlpatterns,
    *reconciliation.urlpatterns,
    *treasury.urlpatterns,
    *vat.urlpatterns,
    *funds.urlpatterns,
    *year_end.urlpatterns,
    *allocation.urlpatterns,
    *exports.urlpatterns,
    *audit.urlpatterns,
]
