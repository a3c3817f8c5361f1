"""Where a card stands on the board, since when, and whether it stays too long (ENT-06)."""

from collections.abc import Collection
from datetime import date


def column_of(reached: int | None, columns: Collection[int], *, first: int | None) -> int | None:
    """Gives the column of a card: the last it reached while it lasts, else the first one."""
    return reached if reached is not None and reached in columns else first


def is_late(since: date, *, late_after: int | None, today: date) -> bool:
    """Tells whether a card stays longer than its column allows; a column may allow any time."""
    return late_after is not None and (today - since).days > late_after
