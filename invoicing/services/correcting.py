"""Sends a submitted document back to its author, with what is to be put right (INV-16)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.threads import post_message
from cae.core.workflow import performs
from invoicing.models import Invoice, Quote
from invoicing.services.completeness import require_fresh
from invoicing.services.telling import tell_correction
from invoicing.states.sales import INVOICE_FLOW, MAX_DESCRIPTION, QUOTE_FLOW


@performs(QUOTE_FLOW, "correct")
def correct_quote(quote: Quote, *, actor: Any, reason: str, on: date, version: int | None = None) -> None:
    """Does: gives the quote back to its author as a draft. Refuses: no reason, a text too long, a quote that
    changed since it was read. Leaves behind: what is asked, also as a message; audit, the authors told."""
    require_fresh(quote, version)
    _send_back(quote, reason.strip(), actor, on)


@performs(INVOICE_FLOW, "correct")
def correct_invoice(
    invoice: Invoice, *, actor: Any, reason: str, on: date, version: int | None = None
) -> None:
    """Does: gives the document back to its author as a draft. Refuses: no reason, a text too long, a document
    that changed since it was read. Leaves behind: what is asked, as a message too; audit, authors told."""
    require_fresh(invoice, version)
    _send_back(invoice, reason.strip(), actor, on)


def _send_back(document: Quote | Invoice, reason: str, actor: Any, on: date) -> None:
    if not reason:
        raise Refused(
            Code.VALUE_MISSING, _("Dites ce qui est à corriger : l’auteur lira cette phrase."), field="reason"
        )
    if len(reason) > MAX_DESCRIPTION:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce texte compte %(count)d caractères : le maximum est de %(most)d.")
            % {"count": len(reason), "most": MAX_DESCRIPTION},
            field="reason",
        )
    document.correction = reason
    document.checker = None
    post_message(document, text=reason, actor=actor, tell=False)
    tell_correction(document, reason=reason, actor=actor, on=on)
