"""What the path announces to the rooms above."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ActivityOpened:
    """An activity begins: the books open its analytic account."""

    activity_id: int
    on: date
    actor_id: int | None
