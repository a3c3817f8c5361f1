"""What a document that comes back asks for: its sellers told why, a dispute opened (INV-35)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.notices import notify
from invoicing.models import Customer, EInvoiceStatus, Invoice
from invoicing.selectors.checkers import authors_of
from invoicing.services.chase_settings import open_dispute
from invoicing.states.chasing import MAX_REASON
from invoicing.states.exchange import EInvoiceCode
from invoicing.states.reasons import labels_of

CAME_BACK = "invoicing.einvoice_came_back"
DISPUTED = "invoicing.einvoice_disputed"


def tell_turned_down(status: EInvoiceStatus, *, actor: Any) -> None:
    """Does: tells those who sold that the document was refused or rejected. Refuses: nothing. Leaves behind:
    notices."""
    invoice = status.invoice
    if invoice is None:
        return
    facts = {"number": str(invoice), "customer": invoice.customer.name}

    def subject() -> str:
        if status.code == EInvoiceCode.REFUSED:
            return _("%(number)s est refusée par %(customer)s") % facts
        return _("%(number)s pour %(customer)s est rejetée par la plateforme") % facts

    def text() -> str:
        why = _why(status)
        if invoice.is_credit_note:
            return _("%(why)s. Voyez avec le client, ou avec la comptabilité.") % {"why": why}
        return _("%(why)s. Faites un avoir, puis une nouvelle facture.") % {"why": why}

    notify(
        authors_of(invoice, on=timezone.localdate(status.at)),
        CAME_BACK,
        subject=subject,
        text=text,
        url=invoice.get_absolute_url(),
        about=invoice,
        actor=actor,
    )


def lock_customers(invoices: Iterable[Invoice]) -> None:
    """Does: holds the customers of these documents, in the order of their keys and before the documents
    themselves, as whoever chases does. Refuses: nothing. Leaves behind: the locks of the transaction."""
    keys = {invoice.customer_id for invoice in invoices}
    if keys:
        rows = Customer.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
        list(rows.order_by("pk"))


def stand_in_dispute(status: EInvoiceStatus, *, actor: Any) -> None:
    """Does: stops chasing a customer who contests an invoice (207) until somebody lifts the dispute, and
    tells those who sold. Refuses: nothing; a customer already in dispute stays so, for the first reason.
    Leaves behind: the dispute, notices. Its caller holds the customer, then the document."""
    invoice = status.invoice
    if invoice is None:
        return
    on = timezone.localdate(status.at)
    customer = Customer.objects.get(pk=invoice.customer_id)
    if customer.disputed_on is None and not invoice.is_credit_note:
        reason = f"{invoice.number} : {_why(status)}"
        open_dispute(customer, reason=reason[:MAX_REASON], actor=actor, on=on)
    facts = {"number": str(invoice), "customer": customer.name}
    notify(
        authors_of(invoice, on=on),
        DISPUTED,
        subject=lambda: _("%(number)s est contestée par %(customer)s") % facts,
        text=lambda: (
            _("%(why)s. Les relances s’arrêtent : levez le litige une fois réglé.") % {"why": _why(status)}
        ),
        url=invoice.get_absolute_url(),
        about=invoice,
        actor=actor,
    )


def _why(status: EInvoiceStatus) -> str:
    return " · ".join([*labels_of(status.reasons), *filter(None, [status.comment])])
