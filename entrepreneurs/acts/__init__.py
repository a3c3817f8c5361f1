"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from entrepreneurs.acts import (
    absences,
    activities,
    applications,
    coaching,
    contracts,
    exits,
    members,
    register,
    trades,
    welcome,
)

ACTS: dict[str, Any] = {
    **exits.ACTS,
    **register.ACTS,
    **absences.ACTS,
    **activities.ACTS,
    **applications.ACTS,
    **coaching.ACTS,
    **contracts.ACTS,
    **members.ACTS,
    **trades.ACTS,
    **welcome.ACTS,
}
