"""Who may do what on the path: one table, a module a subject."""

from cae.core.permissions import merged
from entrepreneurs.permissions import (
    absences,
    activities,
    applications,
    coaching,
    contracts,
    entry,
    exits,
    members,
    papers,
    register,
    trades,
    welcome,
)
from entrepreneurs.permissions.activities import follows_activity, sees_activity

PERMISSIONS = merged(
    exits.PERMISSIONS,
    register.PERMISSIONS,
    absences.PERMISSIONS,
    activities.PERMISSIONS,
    applications.PERMISSIONS,
    coaching.PERMISSIONS,
    contracts.PERMISSIONS,
    entry.PERMISSIONS,
    members.PERMISSIONS,
    papers.PERMISSIONS,
    trades.PERMISSIONS,
    welcome.PERMISSIONS,
)

__all__ = ["PERMISSIONS", "follows_activity", "sees_activity"]
