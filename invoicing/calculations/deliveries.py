"""What was handed over of an order, line by line: what is left, what is refused, when it was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

NOTHING = Decimal(0)


class DeliveryFault(StrEnum):
    EMPTY = "empty"
    NOT_POSITIVE = "not_positive"
    NOT_ORDERED = "not_ordered"
    ABOVE_LEFT = "above_left"


class Delivered(StrEnum):
    NOTHING = "nothing"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """A line of the order, with what the notes that stand have handed over of it."""

    key: int
    quantity: Decimal
    delivered: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """A line taken back (negative) is never handed over."""
        return max(self.quantity - self.delivered, NOTHING)


@dataclass(frozen=True, slots=True)
class DeliveryRefusal:
    """`key`: the line; None when the whole note is refused. `left`: what may still be handed over of it."""

    fault: DeliveryFault
    key: int | None = None
    left: Decimal = NOTHING


def refused(asked: Mapping[int, Decimal], lines: Iterable[ToDeliver]) -> list[DeliveryRefusal]:
    """Gives what keeps a note from being made of these quantities, by key of the line; a quantity of zero
    is a line left out."""
    by_key = {line.key: line for line in lines}
    found = []
    for key, quantity in asked.items():
        line = by_key.get(key)
        if line is None:
            found.append(DeliveryRefusal(DeliveryFault.NOT_ORDERED, key))
        elif quantity < NOTHING:
            found.append(DeliveryRefusal(DeliveryFault.NOT_POSITIVE, key, line.left))
        elif quantity > line.left:
            found.append(DeliveryRefusal(DeliveryFault.ABOVE_LEFT, key, line.left))
    if not any(asked.values()):
        found.append(DeliveryRefusal(DeliveryFault.EMPTY))
    return found


def all_that_is_left(lines: Iterable[ToDeliver]) -> dict[int, Decimal]:
    """The quantities that a new note proposes."""
    return {line.key: line.left for line in lines if line.left}


def how_far(lines: Sequence[ToDeliver]) -> Delivered:
    """How far an order is delivered. One with nothing to hand over is not delivered."""
    if not any(line.delivered for line in lines):
        return Delivered.NOTHING
    return Delivered.PART if any(line.left for line in lines) else Delivered.WHOLE


def offered_day(days: Iterable[date], *, on: date) -> date | None:
    """The day of delivery that an invoice of `on` is offered: the last one that is not after it."""
    return max((day for day in days if day <= on), default=None)
