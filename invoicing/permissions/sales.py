"""Who sells under an activity's name, who reads sales, who takes money back."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q
from django.utils import timezone

from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.models import CatalogueItem, Customer, Invoice, Quote, Receipt
from invoicing.models.joint import has_share_in_sight
from invoicing.models.sight import ALL_SALES_KINDS, is_in_sight
from invoicing.selectors.answers import reach_of
from invoicing.selectors.invoices import paid_on
from invoicing.selectors.self_validation import checked_kind, validates_alone
from invoicing.states.sales import CheckedKind, ReceiptKind
from people.permissions import (
    advises,
    has_role,
    in_scope,
    is_accountant,
    is_admin,
    is_advisor,
    is_entrepreneur,
    is_own,
    sells_own,
)
from people.states import RoleKind


@rules.predicate
def sees_invoice(user: Any, invoice: Invoice | None = None) -> bool:
    """Follows the same rule as the list."""
    return invoice is None or is_in_sight(user, invoice.activity)


@rules.predicate
def sees_quote(user: Any, quote: Quote | None = None) -> bool:
    """Follows the same rule as the list."""
    return quote is None or is_in_sight(user, quote.activity) or has_share_in_sight(user, quote)


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
    return not invoice.is_issued or not paid_on(invoice)


@rules.predicate
def may_issue_kind(user: Any, invoice: Invoice | None = None) -> bool:
    """A credit note on money received is the accountant's, when it is issued too."""
    if invoice is None or not invoice.is_credit_note:
        return True
    return is_accountant.test(user) or bool(is_unpaid.test(user, invoice))


@rules.predicate
def was_submitted(_user: Any, obj: Any = None) -> bool:
    """An advisor answers what was handed over: a draft is still its author's."""
    return obj is None or not obj.is_draft


@rules.predicate
def trusted_with_quote(user: Any, quote: Quote | None = None) -> bool:
    """What the customer may take at most counts: an option is no way round the ceiling."""
    amount = None if quote is None else reach_of(quote)[1].net
    return validates_alone(user, CheckedKind.QUOTE, amount, on=timezone.localdate())


@rules.predicate
def trusted_with_invoice(user: Any, invoice: Invoice | None = None) -> bool:
    today = timezone.localdate()
    if invoice is not None:
        return validates_alone(user, checked_kind(invoice), invoice.total_excl_tax, on=today)
    kinds = (CheckedKind.INVOICE, CheckedKind.CREDIT_NOTE)
    return any(validates_alone(user, kind, None, on=today) for kind in kinds)


@rules.predicate
def is_money_in(_user: Any, receipt: Receipt | None = None) -> bool:
    return receipt is None or receipt.kind != ReceiptKind.REFUNDED


@rules.predicate
def sees_receipt(user: Any, receipt: Receipt | None = None) -> bool:
    """Asks the same queryset as the list."""
    return receipt is None or Receipt.objects.visible_to(user).filter(pk=receipt.pk).exists()


@rules.predicate
def sees_invoice_of_file(user: Any, document: Document | None = None) -> bool:
    """The PDF of an invoice opens to those who see the invoice."""
    if document is None:
        return True
    return Invoice.objects.visible_to(user).filter(pdf=document).exists()


@rules.predicate
def sees_quote_of_file(user: Any, document: Document | None = None) -> bool:
    """The PDF of a quote, signed or not, opens to those who see the quote."""
    if document is None:
        return True
    return Quote.objects.visible_to(user).filter(Q(pdf=document) | Q(signed_pdf=document)).exists()


@rules.predicate
def sees_item(user: Any, item: CatalogueItem | None = None) -> bool:
    """Asks the same queryset as the list."""
    return item is None or CatalogueItem.objects.visible_to(user).filter(pk=item.pk).exists()


@rules.predicate
def sees_logo(user: Any, document: Document | None = None) -> bool:
    """The logo of an activity, past ones too, opens to those who see its customers."""
    return document is None or Activity.objects.visible_to(user).filter(pk=document.about_id).exists()


@rules.predicate
def sees_photo(user: Any, document: Document | None = None) -> bool:
    """The photo of an item opens with its catalogue."""
    return document is None or CatalogueItem.objects.visible_to(user).filter(pk=document.about_id).exists()


@rules.predicate
def is_shared_item(_user: Any, obj: Any = None) -> bool:
    """Of nobody in particular: every activity finds it in its catalogue."""
    return obj is None or (isinstance(obj, CatalogueItem) and obj.activity_id is None)


@rules.predicate
def asked_for_archive(user: Any, document: Document | None = None) -> bool:
    """An archive of PDFs holds what its author saw: it opens to nobody else."""
    return document is None or document.created_by_id == user.pk


reads_sales = has_role(*ALL_SALES_KINDS) | is_advisor | is_entrepreneur | is_own
# Those whose part in an activity is to sell do it in its name (ENT-43); the accountant may do it for any.
sells = is_accountant | sells_own
# Staff who read documents before their customer does: the accountant, and the advisor of the activity.
checks = is_accountant | (advises & was_submitted)
writes_about = is_accountant | sells_own | advises
# What a customer has paid is given back by the accountant alone.
gives_back = is_accountant | (sells_own & is_unpaid)
# Whoever answers for what an activity may sell: the advisor within reach, human resources, administration.
answers_for_covers = in_scope(RoleKind.ADVISOR, RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR)
# What the cooperative says for all: shared items, notices of the law.
keeps_library = is_admin | is_accountant

PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_customers": reads_sales,
    "invoicing.view_customer": reads_sales & sees_customer,
    "invoicing.edit_customer": sells,
    "invoicing.view_catalogue": reads_sales | is_admin,
    "invoicing.view_item": (reads_sales | is_admin) & sees_item,
    "invoicing.edit_item": sells | (is_admin & is_shared_item),
    "invoicing.share_item": keeps_library,
    "invoicing.edit_look": sells,
    "invoicing.keep_mentions": keeps_library,
    "invoicing.open_logo": reads_sales & sees_logo,
    "invoicing.open_item_photo": (reads_sales | is_admin) & sees_photo,
    "invoicing.view_quotes": reads_sales,
    "invoicing.view_quote": reads_sales & sees_quote,
    "invoicing.create_quote": sells,
    "invoicing.edit_quote": sells,
    "invoicing.submit_quote": sells,
    "invoicing.write_on_quote": writes_about,
    "invoicing.write_on_invoice": writes_about,
    "invoicing.approve_quote": checks | (sells_own & trusted_with_quote),
    "invoicing.send_quote": sells,
    "invoicing.waive_cover": answers_for_covers,
    "invoicing.answer_quote": sells,
    "invoicing.send_invoice": sells,
    "invoicing.check_document": checks,
    "invoicing.submit_invoice": sells,
    "invoicing.view_invoices": reads_sales,
    "invoicing.view_invoice": reads_sales & sees_invoice,
    "invoicing.create_invoice": sells,
    "invoicing.edit_invoice": sells,
    "invoicing.issue_invoice": (checks | (sells_own & trusted_with_invoice)) & may_issue_kind,
    "invoicing.discard_invoice": sells,
    "invoicing.restore_invoice": sells,
    "invoicing.credit_invoice": gives_back,
    "invoicing.record_payment": sells,
    "invoicing.view_receipts": reads_sales,
    "invoicing.view_receipt": reads_sales & sees_receipt,
    "invoicing.reverse_receipt": is_accountant | (sells_own & is_money_in),
    # Money leaves the bank account of the cooperative.
    "invoicing.refund_customer": is_accountant,
    "invoicing.give_self_validation": is_admin | is_accountant,
    "invoicing.gather_pdfs": reads_sales,
    "invoicing.open_pdf": reads_sales & sees_invoice_of_file,
    "invoicing.open_quote_pdf": reads_sales & sees_quote_of_file,
    "invoicing.open_archive": reads_sales & asked_for_archive,
}
