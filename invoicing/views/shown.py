"""The words and shapes by which a document's state is shown, everywhere the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cae.core.permissions import can
from cae.core.templatetags.formats import money
from invoicing.models import Invoice, Quote
from invoicing.states.parts import InvoicePart
from invoicing.states.sales import InvoiceState, QuoteState, QuoteStep, Settlement

# state, settlement or step → tone and shape of the status
_LOOKS: dict[str, tuple[str, str]] = {
    InvoiceState.DRAFT: ("neutral", "◇"),
    InvoiceState.SUBMITTED: ("warning", "■"),
    InvoiceState.DISCARDED: ("neutral", "✕"),
    InvoiceState.ISSUED: ("success", "●"),
    Settlement.TO_PAY: ("info", "●"),
    Settlement.PARTLY_SETTLED: ("warning", "■"),
    Settlement.OVERDUE: ("danger", "▲"),
    Settlement.SETTLED: ("success", "✔"),
    Settlement.WRITTEN_OFF: ("neutral", "✕"),
    QuoteStep.TO_CHECK: ("warning", "■"),
    QuoteStep.TO_SEND: ("info", "●"),
    QuoteStep.WITH_CUSTOMER: ("info", "●"),
    QuoteStep.TO_INVOICE: ("success", "✔"),
    QuoteStep.EXPIRED: ("danger", "▲"),
}

# In order: a quote is in one of these states; « expiré » is read from its last day.
_QUOTE_LOOKS: dict[str, tuple[str, str]] = {
    QuoteState.DRAFT: ("neutral", "◇"),
    QuoteState.SUBMITTED: ("warning", "■"),
    QuoteState.APPROVED: ("info", "●"),
    QuoteState.SENT: ("info", "●"),
    QuoteState.ACCEPTED: ("success", "✔"),
    QuoteState.REFUSED: ("danger", "✕"),
    QuoteState.REPLACED: ("neutral", "✕"),
    QuoteState.WITHDRAWN: ("neutral", "✕"),
    QuoteState.DISCARDED: ("neutral", "✕"),
}

Shown = tuple[str, str, str]


def look_of(state: str) -> tuple[str, str]:
    """Gives the tone and shape of a state, a settlement or a step."""
    return _LOOKS[state]


def status_of_document(invoice: Any) -> Shown:
    """Gives tone, shape and word; the row comes from `invoices_visible`, which says its settlement."""
    if invoice.settlement:
        return (*_LOOKS[invoice.settlement], str(Settlement(invoice.settlement).label))
    if invoice.state == InvoiceState.ISSUED:
        return (*_LOOKS[InvoiceState.ISSUED], _("Émis") if invoice.is_credit_note else _("Émise"))
    if invoice.state == InvoiceState.DISCARDED:
        return (
            *_LOOKS[InvoiceState.DISCARDED],
            _("Abandonné") if invoice.is_credit_note else _("Abandonnée"),
        )
    return (*_LOOKS[invoice.state], str(InvoiceState(invoice.state).label))


def status_of_quote(quote: Quote, *, on: date) -> Shown:
    """Gives tone, shape and word of a quote on a day."""
    if quote.is_expired(on):
        return "danger", "▲", _("Expiré")
    return (*_QUOTE_LOOKS[quote.state], str(QuoteState(quote.state).label))


def name_of_quote(quote: Quote) -> str:
    """« Devis D2026-0012 v2 », « Brouillon de devis »."""
    if quote.number is not None:
        return _("Devis %(number)s") % {"number": quote}
    if quote.is_submitted:
        return _("Devis à valider")
    return _("Devis abandonné") if quote.state == QuoteState.DISCARDED else _("Brouillon de devis")


def lead_of(document: Quote | Invoice) -> str:
    """« Commune de Lormont · 488,88 € TTC »: whose document, how much, and what was paid for them."""
    words = f"{document.customer.name} · {money(document.total_incl_tax)} {pgettext('amount', 'TTC')}"
    if not document.disbursed:
        return words
    return _("%(document)s + %(amount)s de débours") % {
        "document": words,
        "amount": money(document.disbursed),
    }


def with_undo(sentence: str) -> SafeString:
    """A sentence of the flash with « Rétablir » beside it, which sends the form « restore » of the page."""
    button = '{} <button class="btn btn-secondary btn-sm" type="submit" form="restore">{}</button>'
    return format_html(button, sentence, _("Rétablir"))


def part_word(invoice: Invoice) -> str:
    """« Facture d’acompte », « Situation n° 2 »; nothing for a whole invoice."""
    if invoice.situation is not None:
        return _("Situation n° %(rank)d") % {"rank": invoice.situation}
    return str(InvoicePart(invoice.part).label) if invoice.is_part else ""


def name_of_document(invoice: Invoice) -> str:
    """« Facture F2026-0012 », « Avoir A2026-0003 », « Brouillon de facture »."""
    if invoice.number:
        return f"{part_word(invoice) or invoice.get_kind_display()} {invoice.number}"
    if invoice.state == InvoiceState.DISCARDED:
        return _("Avoir abandonné") if invoice.is_credit_note else _("Facture abandonnée")
    if invoice.is_part:
        waits = _("%(part)s à valider") if invoice.is_submitted else _("%(part)s, brouillon")
        return waits % {"part": part_word(invoice)}
    if invoice.is_submitted:
        return _("Avoir à valider") if invoice.is_credit_note else _("Facture à valider")
    return _("Brouillon d’avoir") if invoice.is_credit_note else _("Brouillon de facture")


def crumbs_of(invoice: Invoice) -> list[tuple[str, str]]:
    """The way back from a page about one issued invoice."""
    return [
        (_("Factures"), reverse("invoicing:invoice_list")),
        (str(invoice.number), invoice.get_absolute_url()),
    ]


def import_link(user: Any, code: str, right: str) -> SafeString:
    """The way to bring in a sheet, from the list that it fills; nothing for who may not."""
    if not can(user, right):
        return SafeString("")
    url = reverse("core:import_new", args=[code])
    return format_html('<a href="{}">{}</a>', url, _("Importer un tableau"))
