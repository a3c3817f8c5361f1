"""What the acts of the room are called in the journal: a module a subject."""

from typing import Any

from entrepreneurs.acts import activities, coaching, members, trades

ACTS: dict[str, Any] = {**activities.ACTS, **coaching.ACTS, **members.ACTS, **trades.ACTS}
