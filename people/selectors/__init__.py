"""The questions of the room; the other rooms import from here."""

from people.selectors.rights import (
    RoleHeld,
    held_kinds,
    holds_guarded_role,
    needs_second_factor,
    roles_of,
    scopes_followed_by,
    scopes_of,
)

__all__ = [
    "RoleHeld",
    "held_kinds",
    "holds_guarded_role",
    "needs_second_factor",
    "roles_of",
    "scopes_followed_by",
    "scopes_of",
]
