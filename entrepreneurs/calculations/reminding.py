"""When a candidate invited to choose a slot is reminded, and when the file comes back to staff (ENT-08)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise


@dataclass(frozen=True)
class Step:
    """What is to be done today: reminders counted as sent (one mail for all those missed), or the return."""

    sent: int
    gives_up: bool


def step_of(invited_on: date, *, delays: Sequence[int], silence: int, sent: int, today: date) -> Step | None:
    """Gives what an invitation without an answer asks for today; None when nothing is due.

    `delays` count from the invitation, the first is the invitation itself; `silence` days after the last one
    the file goes back to staff. A week without the scheduler sends one mail, not three."""
    last = invited_on + timedelta(days=delays[-1])
    if today >= last + timedelta(days=silence) and sent:
        return Step(sent, gives_up=True)
    due = sum(today >= invited_on + timedelta(days=delay) for delay in delays)
    return Step(due, gives_up=False) if due > sent else None


def read_delays(text: str) -> tuple[int, ...]:
    """Gives « 0, 3, 10 » as days. Raises ValueError unless they begin at nought and grow."""
    days = tuple(int(part) for part in text.split(","))
    if days[0] != 0 or any(after <= before for before, after in pairwise(days)):
        raise ValueError(text)
    return days
