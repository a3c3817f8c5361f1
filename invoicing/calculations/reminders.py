"""What an unpaid invoice waits for: which step, on which day, or why nothing is sent (INV-42).

Steps follow each other and none is jumped: who was never chased is first asked courteously, however late. SQL
says the same for lists (selectors/chasing.py); a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

DUE, UPCOMING, PAUSED, DISPUTED, ENDED = "due", "upcoming", "paused", "disputed", "ended"
_FORMAL = "formal"


@dataclass(frozen=True, slots=True)
class Step:
    """So many days after the due date."""

    days: int
    channel: str
    tone: str
    late_fees: bool = False


@dataclass(frozen=True, slots=True)
class Unpaid:
    """An invoice past its due date and not settled, and what was done about it."""

    due_on: date
    # The day of the last step sent; none yet: 0.
    reached: int = 0
    reminded_on: date | None = None
    paused_until: date | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Chase:
    """Where it stands: the next step and its day, unless there is none left."""

    stage: str
    step: Step | None = None
    on: date | None = None


def chase_of(unpaid: Unpaid, steps: Iterable[Step], *, gap: int, today: date) -> Chase:
    """Where an unpaid invoice stands; `gap`: the least number of days between two reminders of it."""
    step = next_step(steps, unpaid.reached)
    on = None if step is None else _day_of(step, unpaid, gap)
    if unpaid.disputed:
        return Chase(DISPUTED, step, on)
    if unpaid.paused_until is not None and unpaid.paused_until >= today:
        return Chase(PAUSED, step, on)
    if on is None:
        return Chase(ENDED)
    return Chase(DUE if on <= today else UPCOMING, step, on)


def next_step(steps: Iterable[Step], reached: int) -> Step | None:
    """The first step after the one that was reached."""
    return min((step for step in steps if step.days > reached), key=lambda step: step.days, default=None)


def _day_of(step: Step, unpaid: Unpaid, gap: int) -> date:
    wanted = unpaid.due_on + timedelta(days=step.days)
    if unpaid.reminded_on is None:
        return wanted
    return max(wanted, unpaid.reminded_on + timedelta(days=gap))


@dataclass(frozen=True, slots=True)
class Departure:
    """What leaves together towards one customer, under the strongest of its tones."""

    customer: Any
    channel: str
    tone: str
    invoices: tuple[Any, ...]


def departures(due: Iterable[tuple[Any, Any, Step]], *, tones: Sequence[str]) -> list[Departure]:
    """Groups (customer, invoice, step) into departures: one a customer and a channel, a formal notice alone.

    `tones` goes from the softest to the strongest."""
    groups: dict[tuple[Any, str, bool], list[tuple[Any, Step]]] = {}
    for customer, invoice, step in due:
        groups.setdefault((customer, step.channel, step.tone == _FORMAL), []).append((invoice, step))
    return [
        Departure(
            customer,
            channel,
            max((step.tone for _invoice, step in rows), key=tones.index),
            tuple(invoice for invoice, _step in rows),
        )
        for (customer, channel, _formal), rows in groups.items()
    ]


def average_delay(delays: Sequence[int]) -> int | None:
    """How many days late a customer pays in fact, to the nearest day, half up; early counts below zero."""
    if not delays:
        return None
    total, count = sum(delays), len(delays)
    return (2 * total + count) // (2 * count)
