"""Who sells under an activity's name, who reads sales, who takes money back."""

from __future__ import annotations

from typing import Any

import rules

from cae.core.models import Document
from invoicing.models import Customer, Invoice, Payment, Quote
from invoicing.models.sight import ALL_SALES_KINDS
from invoicing.selectors.invoices import standing_of
from people.permissions import advises, has_role, is_accountant, is_advisor, is_entrepreneur, is_own


@rules.predicate
def sees_invoice(user: Any, invoice: Invoice | None = None) -> bool:
    """Asks the same queryset as the list."""
    return invoice is None or Invoice.objects.visible_to(user).filter(pk=invoice.pk).exists()


@rules.predicate
def sees_quote(user: Any, quote: Quote | None = None) -> bool:
    """Asks the same queryset as the list."""
    return quote is None or Quote.objects.visible_to(user).filter(pk=quote.pk).exists()


@rules.predicate
def sees_customer(user: Any, customer: Customer | None = None) -> bool:
    """Asks the same queryset as the list."""
    return customer is None or Customer.objects.visible_to(user).filter(pk=customer.pk).exists()


@rules.predicate
def is_unpaid(_user: Any, obj: Any = None) -> bool:
    """Nothing was received on the invoice; a credit note answers for the invoice it gives back."""
    if not isinstance(obj, Invoice):
        return True
    invoice = obj.credited or obj
    return not invoice.is_issued or not standing_of(invoice).paid


@rules.predicate
def may_issue_kind(user: Any, invoice: Invoice | None = None) -> bool:
    """A credit note asks for the right to make one, when it is issued too."""
    return invoice is None or not invoice.is_credit_note or bool(gives_back.test(user, invoice))


@rules.predicate
def of_payment(user: Any, obj: Any = None) -> bool:
    """A payment belongs to the activity of its invoice."""
    return sells.test(user, obj.invoice if isinstance(obj, Payment) else obj)


@rules.predicate
def sees_invoice_of_file(user: Any, document: Document | None = None) -> bool:
    """The PDF of an invoice opens to those who see the invoice."""
    if document is None:
        return True
    return Invoice.objects.visible_to(user).filter(pdf=document).exists()


@rules.predicate
def asked_for_archive(user: Any, document: Document | None = None) -> bool:
    """An archive of PDFs holds what its author saw: it opens to nobody else."""
    return document is None or document.created_by_id == user.pk


reads_sales = has_role(*ALL_SALES_KINDS) | is_advisor | is_entrepreneur | is_own
# Entrepreneurs and project holders sell under their own activity; the accountant may do it for any of them.
sells = is_accountant | is_own
# Staff who read documents before their customer does: the accountant, and the advisor of the activity.
checks = is_accountant | advises
# What a customer has paid is given back by the accountant alone.
gives_back = is_accountant | (is_own & is_unpaid)

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_customers": reads_sales,
    "invoicing.view_customer": reads_sales & sees_customer,
    "invoicing.edit_customer": sells,
    "invoicing.view_quotes": reads_sales,
    "invoicing.view_quote": reads_sales & sees_quote,
    "invoicing.create_quote": sells,
    "invoicing.edit_quote": sells,
    "invoicing.submit_quote": sells,
    "invoicing.approve_quote": checks,
    "invoicing.send_quote": sells,
    "invoicing.answer_quote": sells,
    "invoicing.check_document": checks,
    "invoicing.submit_invoice": sells,
    "invoicing.view_invoices": reads_sales,
    "invoicing.view_invoice": reads_sales & sees_invoice,
    "invoicing.create_invoice": sells,
    "invoicing.edit_invoice": sells,
    "invoicing.issue_invoice": sells & may_issue_kind,
    "invoicing.discard_invoice": sells,
    "invoicing.restore_invoice": sells,
    "invoicing.credit_invoice": gives_back,
    "invoicing.record_payment": sells,
    "invoicing.reverse_payment": of_payment,
    "invoicing.gather_pdfs": reads_sales,
    "invoicing.open_pdf": reads_sales & sees_invoice_of_file,
    "invoicing.open_archive": reads_sales & asked_for_archive,
}
