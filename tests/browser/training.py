"""The training that the walk visits: a session sold by the activity, with trainees, papers and half-days."""

from __future__ import annotations

from typing import Any

from entrepreneurs.models import Activity
from people.models import User
from people.states import RoleKind
from tests.factories.coworking_training import trained_by
from tests.factories.people import make_user


def trained(users: dict[str, User], activity: Activity) -> dict[str, Any]:
    """Objects by name, made by who keeps training; adds the one who teaches to the accounts."""
    users["taught"] = make_user(RoleKind.TRAINER, last_name="Castelnau-Montmirail")
    keeper = users[RoleKind.TRAINING_MANAGER]
    return trained_by(activity, keeper=keeper, teacher=users["taught"].person)
