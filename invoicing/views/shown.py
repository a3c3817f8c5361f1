"""The words and shapes by which a document's state is shown, everywhere the same."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from invoicing.models import Invoice
from invoicing.states import InvoiceState, Settlement

# state or settlement → tone and shape of the status
_LOOKS: dict[str, tuple[str, str]] = {
    InvoiceState.DRAFT: ("neutral", "◇"),
    InvoiceState.DISCARDED: ("neutral", "✕"),
    InvoiceState.ISSUED: ("success", "●"),
    Settlement.TO_PAY: ("info", "●"),
    Settlement.PARTLY_SETTLED: ("warning", "■"),
    Settlement.OVERDUE: ("danger", "▲"),
    Settlement.SETTLED: ("success", "✔"),
}

Shown = tuple[str, str, str]


def look_of(state: str) -> tuple[str, str]:
    """Gives the tone and shape of a state or settlement."""
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
    return (*_LOOKS[InvoiceState.DRAFT], str(InvoiceState.DRAFT.label))


def with_undo(sentence: str) -> SafeString:
    """A sentence of the flash with « Annuler » beside it, which sends the form « restore » of the page."""
    button = '{} <button class="btn btn-secondary btn-sm" type="submit" form="restore">{}</button>'
    return format_html(button, sentence, _("Annuler"))


def name_of_document(invoice: Invoice) -> str:
    """« Facture F2026-0012 », « Avoir A2026-0003 », « Brouillon de facture »."""
    if invoice.number:
        return f"{invoice.get_kind_display()} {invoice.number}"
    if invoice.state == InvoiceState.DISCARDED:
        return _("Avoir abandonné") if invoice.is_credit_note else _("Facture abandonnée")
    return _("Brouillon d’avoir") if invoice.is_credit_note else _("Brouillon de facture")
