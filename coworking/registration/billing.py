"""What the month’s run needs: its tab, what it hears of sales and of the bank, what awaits somebody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounting.events import LinesSettled, LinesTakenBack
from accounting.selectors.deposits import provide_deposables
from accounting.selectors.open_items import provide_deposits, provide_open_items
from cae.core import events, facts
from coworking.selectors.billing_todo import BILLING_AWAITED
from coworking.selectors.held_money import asked_for_bank, brought_to_bank, deposits_to_bank
from coworking.selectors.place_bar import register_place_tab
from coworking.subscribers import on_invoice_moved, on_lines_settled, on_lines_taken_back
from invoicing.events import InvoiceMoved


def register_billing() -> None:
    """Called once, when models are ready."""
    events.subscribe(InvoiceMoved, on_invoice_moved)
    events.subscribe(LinesSettled, on_lines_settled)
    events.subscribe(LinesTakenBack, on_lines_taken_back)
    provide_open_items(asked_for_bank)
    provide_deposits(brought_to_bank)
    provide_deposables(deposits_to_bank)
    facts.provide_awaited(BILLING_AWAITED)
    register_place_tab(
        label=_("Facturation"), url_name="coworking:billing_list", right="coworking.read_billing", order=40
    )
