"""Tells the sellers that a document came back, why, and what to do (INV-35)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.notices import notify
from invoicing.models import EInvoiceStatus
from invoicing.selectors.checkers import authors_of
from invoicing.states.exchange import EInvoiceCode
from invoicing.states.reasons import labels_of

CAME_BACK = "invoicing.einvoice_came_back"


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
        why = " · ".join([*labels_of(status.reasons), *filter(None, [status.comment])])
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
