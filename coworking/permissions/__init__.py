"""Who may do what in the places: one table, a module a subject."""

from cae.core.permissions import merged
from coworking.permissions import (
    billing,
    bookings,
    days,
    events,
    members,
    places,
    premises,
    training,
)

PERMISSIONS = merged(
    places.PERMISSIONS,
    premises.PERMISSIONS,
    members.PERMISSIONS,
    billing.PERMISSIONS,
    bookings.PERMISSIONS,
    days.PERMISSIONS,
    events.PERMISSIONS,
    training.PERMISSIONS,
)
