"""Who may read, open and change an activity."""

from typing import Any

import rules

from entrepreneurs.models import Activity
from entrepreneurs.models.activities import READER_KINDS
from people.permissions import has_role, in_scope, writes_own
from people.states import RoleKind


@rules.predicate
def sees_activity(user: Any, activity: Activity | None = None) -> bool:
    """Asks the same queryset as the list."""
    return activity is None or Activity.objects.visible_to(user).filter(pk=activity.pk).exists()


# Reaches the activity by a role: one's own does not open it here, `writes_own` says that.
follows_activity = in_scope(*READER_KINDS)

PERMISSIONS: dict[str, rules.Predicate] = {
    "entrepreneurs.view_activities": has_role(*READER_KINDS),
    "entrepreneurs.view_activity": sees_activity,
    "entrepreneurs.open_activity": has_role(
        RoleKind.ADVISOR, RoleKind.HUMAN_RESOURCES, RoleKind.ADMINISTRATOR
    ),
    "entrepreneurs.change_activity": writes_own | in_scope(RoleKind.ADVISOR, RoleKind.ADMINISTRATOR),
}
