"""What the books do when something happens below."""

from __future__ import annotations

from accounting.services.accounts import open_person_section, open_section
from accounting.services.scales import assign_default_scale
from entrepreneurs.events import ActivityOpened, MemberJoined
from entrepreneurs.models import Activity
from entrepreneurs.selectors.members import joined_without_own_activity
from people.models import Person, User


def on_activity_opened(event: ActivityOpened) -> None:
    """A new activity has its analytic section and the default contribution scale, from its first day."""
    activity = Activity.objects.get(pk=event.activity_id)
    actor = User.objects.get(pk=event.actor_id) if event.actor_id else None
    open_section(activity, actor=actor)
    assign_default_scale(activity, on=event.on, actor=actor)


def on_member_joined(event: MemberJoined) -> None:
    """Who enters a collective by skills, without an activity of their own, has a section of their own."""
    person = Person.objects.get(pk=event.person_id)
    if joined_without_own_activity(person, event.on):
        actor = User.objects.get(pk=event.actor_id) if event.actor_id else None
        open_person_section(person, actor=actor)
