"""Declares what sales and purchases give to the matching of the bank when the room starts."""

from accounting.events import LinesSettled, LinesTakenBack
from accounting.selectors.deposits import provide_deposables
from accounting.selectors.open_items import provide_deposits, provide_open_items
from cae.core import events
from invoicing.selectors.bank_items import deposited, open_for_bank
from invoicing.selectors.deposits import receipts_to_deposit
from invoicing.subscribers import on_lines_settled, on_lines_taken_back


def register_bank() -> None:
    """Called once, when models are ready."""
    provide_open_items(open_for_bank)
    provide_deposits(deposited)
    provide_deposables(receipts_to_deposit)
    events.subscribe(LinesSettled, on_lines_settled)
    events.subscribe(LinesTakenBack, on_lines_taken_back)
