"""From an available cost, or a net, to the gross: by straight steps, then by halving (design §12)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal

from cae.core.money import CENT, ZERO

# A cost has teeth of about 0.25 €: below this, what is left over is theirs.
TEETH = Decimal("0.50")
# A gross costs between its own amount and this much, whatever the rates.
_DEAREST = Decimal(2)
_STEPS = 8

Amount = Callable[[Decimal], Decimal]


def floored(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_DOWN)


def largest_gross(available: Decimal, cost_of: Amount, *, guess: Decimal) -> Decimal | None:
    """Gives a gross whose cost is at most `available` and leaves less than the teeth; where none does, the
    largest found by halving: what follows it costs more. None: even nothing costs more than is available.

    `cost_of` grows with the gross, but for its teeth and for the steps where a reduction is lost."""
    low, high = ZERO, max(CENT, available)
    at = min(max(floored(guess), ZERO), high)
    slope, last = Decimal("1.30"), None
    for _step in range(_STEPS):
        left = available - cost_of(at)
        if ZERO <= left < TEETH:
            return _upward(at, available, cost_of) if left >= CENT else at
        if left > 0:
            low = max(low, at)
        else:
            high = min(high, at)
        if last and last[0] != at:
            seen = (last[1] - left) / (at - last[0])
            slope = seen if 1 <= seen <= _DEAREST else slope
        last = (at, left)
        following = floored(at + left / slope)
        if not low < following < high:
            break
        at = following
    return _halved(available, cost_of, low, high)


def _upward(at: Decimal, available: Decimal, cost_of: Amount) -> Decimal:
    """One cent more when it still fits: what is left is then smaller than a cent of pay."""
    return at + CENT if cost_of(at + CENT) <= available else at


def _halved(available: Decimal, cost_of: Amount, low: Decimal, high: Decimal) -> Decimal | None:
    if cost_of(low) > available:
        return None
    while high - low > CENT:
        middle = floored((low + high) / 2)
        if cost_of(middle) <= available:
            low = middle
        else:
            high = middle
    return low


def gross_for(wanted: Decimal, net_of: Amount, *, guess: Decimal) -> Decimal:
    """Gives the smallest gross found whose net reaches what is wanted: a net has no teeth."""
    low, high = ZERO, max(wanted * 3, CENT)
    if net_of(low) >= wanted:
        return low
    at, slope = min(max(floored(guess), CENT), high), Decimal("0.75")
    for _step in range(_STEPS):
        missing = wanted - net_of(at)
        if missing == 0:
            return at
        if missing > 0:
            low = max(low, at)
        else:
            high = min(high, at)
        following = floored(at + missing / slope)
        at = following if low < following < high else floored((low + high) / 2)
    while high - low > CENT:
        middle = floored((low + high) / 2)
        if net_of(middle) >= wanted:
            high = middle
        else:
            low = middle
    return high
