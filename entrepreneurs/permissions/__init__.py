"""Who may do what on the path: one table, a module a subject."""

import rules

from entrepreneurs.permissions import activities, coaching, members, trades
from entrepreneurs.permissions.activities import follows_activity, sees_activity

PERMISSIONS: dict[str, rules.Predicate] = {
    **activities.PERMISSIONS,
    **coaching.PERMISSIONS,
    **members.PERMISSIONS,
    **trades.PERMISSIONS,
}

__all__ = ["PERMISSIONS", "follows_activity", "sees_activity"]
