"""What the room does when something happens below."""

from __future__ import annotations

from entrepreneurs.events import ActivityOpened
from entrepreneurs.models import Activity
from invoicing.services.routing import give_first_address
from people.models import User


def on_activity_opened(event: ActivityOpened) -> None:
    """A new activity has its address of e-invoices, from its first day."""
    activity = Activity.objects.get(pk=event.activity_id)
    actor = User.objects.get(pk=event.actor_id) if event.actor_id else None
    give_first_address(activity, on=event.on, actor=actor)
