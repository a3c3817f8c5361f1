"""How finely the house knows when somebody voted: by the quarter of an hour (governance.md §5.5)."""

from __future__ import annotations

from datetime import datetime, timedelta

QUARTER = timedelta(minutes=15)


def quarter_of(at: datetime) -> datetime:
    """Gives the start of the quarter of an hour in which an instant falls."""
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)
