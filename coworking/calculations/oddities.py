"""What a month’s run holds back by itself (COW-15)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cae.core.money import ZERO, cents

# So many months that were billed say what is usual.
MONTHS = 3


def usual(totals: Sequence[Decimal]) -> Decimal | None:
    """What a payer is usually billed for a month: the mean of the last months that were; None: no such
    one."""
    last = list(totals)[-MONTHS:]
    return cents(sum(last, ZERO) / len(last)) if last else None


def is_unusual(total: Decimal, before: Decimal | None) -> bool:
    """More than twice the usual."""
    return before is not None and total > 2 * before
