"""What of each chosen item a line settles, when the accountant chooses by hand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from accounting.calculations.matching.items import Item
from cae.core.money import ZERO


def shares_of(amount: Decimal, items: Sequence[Item]) -> list[tuple[str, Decimal]]:
    """Each item whole as long as the line lasts, in the order chosen; the last takes the rest, a part of it
    or a surplus. An item that the line does not reach is left out."""
    left = amount
    shares: list[tuple[str, Decimal]] = []
    for rank, item in enumerate(items):
        if left == ZERO or (left > ZERO) != (item.amount > ZERO):
            break
        is_last = rank == len(items) - 1
        taken = left if is_last or abs(left) < abs(item.amount) else item.amount
        shares.append((item.key, taken))
        left -= taken
    return shares


def whole_and_gap(amount: Decimal, items: Sequence[Item]) -> tuple[list[tuple[str, Decimal]], Decimal]:
    """Each item whole, and what is left of the line, above zero for what goes its way: fees kept by the bank,
    a rounding, a discount."""
    gap = amount - sum((item.amount for item in items), ZERO)
    return [(item.key, item.amount) for item in items], gap if amount > ZERO else -gap
