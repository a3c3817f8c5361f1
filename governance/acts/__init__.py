"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from governance.acts import (
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

ACTS: dict[str, Any] = {
    **register.ACTS,
    **shares.ACTS,
    **rules.ACTS,
    **bodies.ACTS,
    **assemblies.ACTS,
    **representation.ACTS,
    **votes.ACTS,
    **secret.ACTS,
    **room.ACTS,
    **minutes.ACTS,
}
