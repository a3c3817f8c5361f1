"""What the room declares when it starts: a module a subject."""

from governance.registration import (
    assemblies,
    ballots,
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


def register_all() -> None:
    """Called once, when models are ready."""
    register.register_register()
    shares.register_shares()
    rules.register_rules()
    bodies.register_bodies()
    assemblies.register_assemblies()
    representation.register_representation()
    votes.register_votes()
    secret.register_secret()
    ballots.register_ballots()
    room.register_room()
    minutes.register_minutes()
