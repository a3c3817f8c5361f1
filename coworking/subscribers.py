"""What places do when something happens below."""

from __future__ import annotations

from django.utils import timezone

from accounting.events import LinesSettled, LinesTakenBack
from cae.core.background import run_later
from coworking.services.billing import refuse_twice_billed
from coworking.services.deposits_at_bank import settle_deposits, take_deposits_back
from coworking.services.held_money import PAY_TASK, waiting_invoices
from coworking.services.hiring import settle_by_quote
from coworking.services.sending_bills import SEND_TASK, is_to_send
from invoicing.events import InvoiceMoved, QuoteAnswered


def on_quote_answered(event: QuoteAnswered) -> None:
    """The customer of a hire took its quote, or declined it."""
    settle_by_quote(event, now=timezone.now())


def on_invoice_moved(event: InvoiceMoved) -> None:
    """What a run billed is billed once: a draft whose lines went to another stays given up. An invoice issued
    is paid by the deposit that was kept for it and sent to its payer, once it is committed."""
    if event.move == "restore":
        refuse_twice_billed(event.invoice)
        return
    if event.invoice.pk in waiting_invoices():
        run_later(PAY_TASK, invoice_id=event.invoice.pk)
    if is_to_send(event.invoice):
        run_later(SEND_TASK, invoice_id=event.invoice.pk)


def on_lines_settled(event: LinesSettled) -> None:
    """A line of the bank brings a deposit that was asked."""
    settle_deposits(event)


def on_lines_taken_back(event: LinesTakenBack) -> None:
    """A matching that had received a deposit is undone."""
    take_deposits_back(event)
