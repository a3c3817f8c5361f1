"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from coworking.acts import (
    billing,
    bookings,
    days,
    events,
    members,
    places,
    premises,
    training,
)

ACTS: dict[str, Any] = {
    **places.ACTS,
    **premises.ACTS,
    **members.ACTS,
    **billing.ACTS,
    **bookings.ACTS,
    **days.ACTS,
    **events.ACTS,
    **training.ACTS,
}
