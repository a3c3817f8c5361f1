"""What the books do when something happens below."""

from __future__ import annotations

from accounting.services.accounts import open_section
from accounting.services.scales import assign_default_scale
from entrepreneurs.events import ActivityOpened
from entrepreneurs.models import Activity
from people.models import User


def on_activity_opened(event: ActivityOpened) -> None:
    """A new activity has its analytic section and the default contribution scale, from its first day."""
    activity = Activity.objects.get(pk=event.activity_id)
    actor = User.objects.get(pk=event.actor_id) if event.actor_id else None
    open_section(activity, actor=actor)
    assign_default_scale(activity, on=event.on, actor=actor)
