"""Gives up a draft, or takes it up again: it has no number, so nothing is left missing."""

from typing import Any

from cae.core.workflow import performs
from invoicing.models import Invoice
from invoicing.states.sales import INVOICE_FLOW


@performs(INVOICE_FLOW, "discard")
def discard_invoice(invoice: Invoice, *, actor: Any) -> None:
    """Does: puts a draft aside. Refuses: anything but a draft. Leaves behind: the state, audit."""


@performs(INVOICE_FLOW, "restore")
def restore_invoice(invoice: Invoice, *, actor: Any) -> None:
    """Does: takes up a discarded draft. Refuses: anything else. Leaves behind: the state, audit."""
