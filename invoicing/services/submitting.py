"""Hands a draft to those who check it, or takes it back before they answer (INV-16)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from cae.core.workflow import performs
from invoicing.models import Invoice, Quote
from invoicing.services.completeness import require_complete, require_fresh, require_quote_complete
from invoicing.services.sharing import ask_agreements
from invoicing.services.telling import tell_checkers
from invoicing.states.sales import INVOICE_FLOW, QUOTE_FLOW


@performs(QUOTE_FLOW, "submit")
def submit_quote(quote: Quote, *, actor: Any, on: date, version: int | None = None) -> None:
    """Does: hands the draft to the team, its content closed. Refuses: an incomplete quote, a draft saved
    since it was read. Leaves behind: the state, audit, the checkers of the activity told, and the activities
    that share it asked to agree."""
    require_fresh(quote, version)
    require_quote_complete(quote, on=on)
    if quote.is_joint:
        ask_agreements(quote, actor=actor, at=timezone.now())
    quote.checker = None
    tell_checkers(quote, actor=actor, on=on)


@performs(INVOICE_FLOW, "submit")
def submit_invoice(invoice: Invoice, *, actor: Any, on: date, version: int | None = None) -> None:
    """Does: hands the draft to the team, its content closed. Refuses: an incomplete document, a draft saved
    since it was read. Leaves behind: the state, audit, the checkers of the activity told."""
    require_fresh(invoice, version)
    require_complete(invoice, on=on)
    invoice.checker = None
    tell_checkers(invoice, actor=actor, on=on)


@performs(QUOTE_FLOW, "take_back")
def take_back_quote(quote: Quote, *, actor: Any) -> None:
    """Does: makes a submitted quote a draft again, to change it. Refuses: one already answered.
    Leaves behind: the state, nobody at work on it, audit."""
    quote.checker = None


@performs(INVOICE_FLOW, "take_back")
def take_back_invoice(invoice: Invoice, *, actor: Any) -> None:
    """Does: makes a submitted document a draft again, to change it. Refuses: one already answered.
    Leaves behind: the state, nobody at work on it, audit."""
    invoice.checker = None
