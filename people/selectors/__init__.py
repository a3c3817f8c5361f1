"""The questions of the room; the other rooms import from here."""

from people.selectors.rights import (
    RoleHeld,
    has_mark,
    held_kinds,
    holds_guarded_role,
    needs_second_factor,
    provide_mark,
    roles_of,
    scopes_followed_by,
    scopes_of,
    scopes_with_part,
)

__all__ = [
    "RoleHeld",
    "has_mark",
    "held_kinds",
    "holds_guarded_role",
    "needs_second_factor",
    "provide_mark",
    "roles_of",
    "scopes_followed_by",
    "scopes_of",
    "scopes_with_part",
]
