"""What the pages of an invoice and of a customer show of reminders, pauses, losses and accounts."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cae.core.permissions import can
from invoicing.models import Customer
from invoicing.selectors.accesses import accesses_of
from invoicing.selectors.beside import PAUSED, REMINDED, may_have
from invoicing.selectors.chasing import live_pauses, reminders_of_customer, reminders_of_invoice
from invoicing.selectors.losses import standing_loss_of
from invoicing.selectors.statements import history_of, owed_across
from invoicing.states.sales import Settlement


def chasing_of_invoice(user: Any, invoice: Any) -> dict[str, Any]:
    """The context of `_chasing.html`; nothing is asked about a draft, a credit note, before the due day."""
    today = timezone.localdate()
    if not invoice.is_issued or invoice.due_on is None or invoice.due_on >= today:
        return {"reminders": [], "pauses": [], "loss": None}
    lost = invoice.settlement == Settlement.WRITTEN_OFF
    loss = standing_loss_of(invoice) if lost else None
    return {
        "reminders": reminders_of_invoice(invoice) if may_have(invoice, REMINDED) else [],
        "pauses": live_pauses(on=today, invoice=invoice) if invoice.due and may_have(invoice, PAUSED) else [],
        "loss": loss,
        "may_chase": can(user, "invoicing.chase_customer", invoice),
        "may_take_loss_back": loss is not None and can(user, "invoicing.write_off", invoice),
    }


def account_of_customer(user: Any, customer: Customer) -> dict[str, Any]:
    """The context of `_customer_account.html`."""
    on = timezone.localdate()
    across = []
    if customer.organisation_id and can(user, "invoicing.view_owed_across", customer):
        across = [one for one in owed_across(customer) if one.pk == customer.pk or one.invoiced]
    return {
        "history": history_of(customer, on=on),
        "reminders": reminders_of_customer(customer),
        "pauses": live_pauses(on=on, customer=customer),
        "accesses": accesses_of(customer),
        "across": across if len(across) > 1 else [],
        "across_due": sum((one.due for one in across), 0),
        "may_chase": can(user, "invoicing.chase_customer", customer),
        "may_send_statement": can(user, "invoicing.send_statement", customer),
    }
