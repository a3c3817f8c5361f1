"""The rows of commercial documents, one file per concept."""

from invoicing.models.balances import Balance
from invoicing.models.customers import Customer
from invoicing.models.invoices import Invoice, InvoiceLine, InvoiceTax
from invoicing.models.payments import Payment, PaymentTax
from invoicing.models.vat_rates import VatRate
from invoicing.models.verdicts import Verdict

__all__ = [
    "Balance",
    "Customer",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "Payment",
    "PaymentTax",
    "VatRate",
    "Verdict",
]
