"""When a half-day may be signed: from its beginning to the end of a delay, late once it is over (COW-45)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

# A contract with an individual: ten days to withdraw, during which nothing is paid, then 30 % at most before
# the training begins (C. trav. L6353-5, L6353-6).
WITHDRAW_DAYS = 10
MOST_UPFRONT = Decimal("0.30")
_CENT = Decimal("0.01")


class Window(StrEnum):
    EARLY = "early"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


def window(starts: datetime, ends: datetime, *, days: int, now: datetime) -> Window:
    """Tells where one stands: before the half-day, during it, after it within the delay, after the delay."""
    if now < starts:
        return Window.EARLY
    if now <= ends:
        return Window.OPEN
    return Window.LATE if now <= ends + timedelta(days=days) else Window.CLOSED


def last_day_to_withdraw(signed_on: date) -> date:
    """The tenth day after that of the signature."""
    return signed_on + timedelta(days=WITHDRAW_DAYS)


def most_upfront(price: Decimal) -> Decimal:
    """What may be asked before the training begins, once the days to withdraw are over; cut down to the
    cent, since more is forbidden."""
    return (price * MOST_UPFRONT).quantize(_CENT, rounding=ROUND_DOWN)
