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
