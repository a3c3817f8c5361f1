"""What a customer's page says of a document, whether the customer opens it or its seller previews it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cae.core.templatetags.formats import NBSP, iban
from cae.core.threads import messages_of
from invoicing.documents import invoice_page
from invoicing.engines.model import EInvoice
from invoicing.engines.transfer_qr import Square, square_of, transfer_text
from invoicing.models import Answer, Invoice, Quote
from invoicing.selectors.answers import options_of, shown_choices
from invoicing.selectors.einvoices import einvoice_of, quote_document_of
from invoicing.selectors.invoices import payments_of
from invoicing.states.sales import QuoteState, Settlement

# Where the buttons of the page lead: a preview gives them no address.
LINKS = ("accept", "refuse", "question", "proof", "file", "signed")

# In a preview, what is not numbered yet waits for its customer as it will.
_WAITING = (QuoteState.DRAFT, QuoteState.SUBMITTED, QuoteState.APPROVED, QuoteState.SENT)


def customer_facts(document: Quote | Invoice, *, on: date) -> dict[str, Any]:
    """The context of `public/document.html`, links apart."""
    if isinstance(document, Quote):
        content, numbered = quote_document_of(document, on), document.is_frozen
        facts = _of_quote(document, content, on)
    else:
        content, numbered = einvoice_of(document, on=on), document.is_issued
        facts = _of_invoice(document, content, on)
    return {
        "page": invoice_page(content, draft=not numbered),
        "messages_here": messages_of(document, None),
        **facts,
    }


def _of_quote(quote: Quote, content: EInvoice, on: date) -> dict[str, Any]:
    ended = quote.is_expired(on)
    return {
        "answer": Answer.objects.filter(quote=quote).first(),
        "ended": ended,
        "waits": quote.state in _WAITING and not ended,
        "options": options_of(quote),
        "choices": shown_choices(quote),
        "last_day": content.valid_until,
    }


def _of_invoice(document: Invoice, content: EInvoice, on: date) -> dict[str, Any]:
    invoice: Any = Invoice.objects.with_settlement(on).get(pk=document.pk)
    if not document.is_issued:
        asked = document.to_pay - document.retained
        invoice.due, invoice.settlement = asked, Settlement.TO_PAY
    owed = not invoice.is_credit_note
    means = content.payment if owed and invoice.due else None
    return {
        "invoice": invoice,
        "payments": payments_of(document) if owed else [],
        "means": means,
        "reference": _reference(document, content),
        # Breaks between its groups on a narrow screen, never inside one.
        "iban": iban(means.iban).replace(NBSP, " ") if means else "",
        "square": _square(content, invoice) if means and document.is_issued else None,
        "last_day": _last_day(invoice, content),
    }


def _last_day(invoice: Any, content: EInvoice) -> date | None:
    """The due date; once only what was held is left, that of its release."""
    if invoice.retained and hasattr(invoice, "release") and invoice.due <= invoice.retained:
        released: date = invoice.release.due_on
        return released
    return content.due_on


def _reference(document: Invoice, content: EInvoice) -> str:
    """The words of the transfer: what the customer was asked for, else the number."""
    asked = content.payment.reference if content.payment else ""
    return asked or document.number or _("le numéro de la facture")


def _square(content: EInvoice, invoice: Any) -> Square | None:
    means = content.payment
    if means is None or not means.iban:
        return None
    return square_of(
        transfer_text(
            name=means.account_name,
            iban=means.iban,
            bic=means.bic,
            amount=invoice.due,
            text=means.reference or content.number,
        )
    )
