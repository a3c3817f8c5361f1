"""When sales fall: three whole months against the three before. Values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

HALF = 3


def falls(sales: Sequence[Decimal], share: Decimal) -> Decimal | None:
    """Gives by which share six months of sales, oldest first, fell from the first three to the last three,
    when it is at least `share`; None otherwise, and when nothing was sold before."""
    before, after = sum(sales[:HALF], Decimal(0)), sum(sales[HALF:], Decimal(0))
    if before <= 0:
        return None
    fall = (before - after) / before
    return fall.quantize(Decimal("0.01"), ROUND_HALF_UP) if fall >= share else None
