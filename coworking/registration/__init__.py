"""What the room declares when it starts: a module a subject."""

from coworking.registration import (
    billing,
    bookings,
    days,
    events,
    members,
    places,
    premises,
    training,
)


def register_all() -> None:
    """Called once, when models are ready."""
    places.register_places()
    premises.register_premises()
    members.register_members()
    billing.register_billing()
    bookings.register_bookings()
    days.register_days()
    events.register_events()
    training.register_training()
