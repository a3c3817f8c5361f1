"""Who may do what in the cooperative: one table, a module a subject."""

from cae.core.permissions import merged
from governance.permissions import (
    assemblies,
    bodies,
    minutes,
    register,
    representation,
    room,
    rules,
    secret,
    shares,
    votes,
)

PERMISSIONS = merged(
    register.PERMISSIONS,
    shares.PERMISSIONS,
    rules.PERMISSIONS,
    bodies.PERMISSIONS,
    assemblies.PERMISSIONS,
    representation.PERMISSIONS,
    votes.PERMISSIONS,
    secret.PERMISSIONS,
    room.PERMISSIONS,
    minutes.PERMISSIONS,
)
