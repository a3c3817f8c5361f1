"""The bookings that the walk visits: a room, what a coworker holds there, a hire from outside."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from coworking.services.feeds import open_feed
from people.models import User
from tests.factories.bookings import booked_by
from tests.factories.coworking_members import neighbour
from tests.factories.people import make_user


def booked_in(users: dict[str, User]) -> dict[str, Any]:
    """Objects by name; adds the one who works there to the accounts."""
    users["coworker"] = make_user(person=neighbour(last_name="Castelnau-Montmirail"))
    held = booked_by(users["coworker"].person)
    return held | {"feed": open_feed(held["room"], actor=None, at=timezone.now())}
