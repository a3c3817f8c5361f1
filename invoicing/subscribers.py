"""What the room does when something happens below."""

from __future__ import annotations

from accounting.events import PaymentSettled
from entrepreneurs.events import ActivityOpened
from entrepreneurs.models import Activity
from invoicing.models import ExpenseAdvance, ExpenseClaim
from invoicing.services.advances import give_advance
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
