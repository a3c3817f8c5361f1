"""What the room does when something happens below."""

from __future__ import annotations

from accounting.events import LinesSettled, LinesTakenBack, PaymentSettled
from entrepreneurs.events import ActivityOpened
from entrepreneurs.models import Activity
from invoicing.models import ExpenseAdvance, ExpenseClaim
from invoicing.services.advances import give_advance
from invoicing.services.bank_settling import settle_lines, take_lines_back
from invoicing.services.claim_refunding import settle_claim
from invoicing.services.purchase_payments import settle_after
from invoicing.services.routing import give_first_address
from people.models import User


def on_activity_opened(event: ActivityOpened) -> None:
    """A new activity has its address of e-invoices, from its first day."""
    activity = Activity.objects.get(pk=event.activity_id)
    actor = User.objects.get(pk=event.actor_id) if event.actor_id else None
    give_first_address(activity, on=event.on, actor=actor)


def on_expenses_paid(event: PaymentSettled) -> None:
    """The bank paid a claim, or an advance: it is settled, or held, from that day."""
    source = event.order.source
    if isinstance(source, ExpenseClaim):
        settle_claim(source, actor=event.actor, on=event.on)
    elif isinstance(source, ExpenseAdvance):
        give_advance(source, actor=event.actor, on=event.on)


def on_purchase_paid(event: PaymentSettled) -> None:
    """The bank paid a part of a purchase: the last one settles it."""
    settle_after(event.order, on=event.on, actor=event.actor)


def on_lines_settled(event: LinesSettled) -> None:
    """A line of the bank settles documents: their payments are recorded from that day."""
    settle_lines(event)


def on_lines_taken_back(event: LinesTakenBack) -> None:
    """The matching of a line is undone: the receipts that it had recorded are taken back."""
    take_lines_back(event)
