"""The place that the walk visits: who works there, what they hold, a month to bill."""

from __future__ import annotations

from typing import Any

from people.models import User
from people.states import RoleKind
from tests.factories.coworking_members import held_in_a_place
from tests.factories.people import make_user


def coworked(users: dict[str, User]) -> dict[str, Any]:
    """Adds who runs the place (`keeper`) and who works there (`subscriber`) to the people of the house."""
    users["subscriber"] = make_user()
    held = held_in_a_place(users["subscriber"].person)
    users["keeper"] = make_user(RoleKind.PLACE_FACILITATOR, scope=held["place"].scope)
    return held
