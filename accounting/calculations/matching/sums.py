"""Which items, taken whole, make an amount: a search that gives up rather than lasts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cae.core.money import ZERO

MOST_ITEMS, MOST_TAKEN, MOST_STEPS = 24, 12, 20_000


def subset(amounts: Sequence[Decimal], wanted: Decimal, *, count: int = 0) -> tuple[int, ...]:
    """Ranks of two or more amounts (all above zero) whose sum is `wanted`, the first ones preferred; of
    exactly `count` when it is said. Nothing when there is none, or when the search is too long."""
    pool = list(amounts[:MOST_ITEMS])
    ends = [ZERO] * (len(pool) + 1)
    for rank in range(len(pool) - 1, -1, -1):
        ends[rank] = ends[rank + 1] + pool[rank]
    steps = 0

    def search(rank: int, left: Decimal, taken: tuple[int, ...]) -> tuple[int, ...]:
        nonlocal steps
        steps += 1
        if left == ZERO:
            return taken if len(taken) > 1 and count in (0, len(taken)) else ()
        if (
            rank == len(pool)
            or left > ends[rank]
            or len(taken) == (count or MOST_TAKEN)
            or steps > MOST_STEPS
        ):
            return ()
        if pool[rank] <= left:
            found = search(rank + 1, left - pool[rank], (*taken, rank))
            if found:
                return found
        return search(rank + 1, left, taken)

    return search(0, wanted, ())
