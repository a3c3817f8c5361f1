"""From an available cost, or a net, to the gross: by straight steps, then by halving (design §12)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from cae.core.money import CENT, ZERO, cents

# A cost has teeth of about 0.25 €: below this, what is left over is theirs.
TEETH = Decimal("0.50")
_STEPS = 6

Amount = Callable[[Decimal], Decimal]


def floored(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, rounding=ROUND_DOWN)


class Found(NamedTuple):
    """A gross that fits; `is_gap`: a cent more loses a reduction, so that none costs what is available."""

    gross: Decimal
    is_gap: bool = False


def largest_gross(available: Decimal, whole_of: Amount, reduction_of: Amount) -> Found | None:
    """Gives the largest gross whose cost, the whole less the reduction, is at most `available`. None: even
    nothing costs more.

    The whole costs an engine's call and is straight between its ceilings; the reduction is ours and free.
    So the whole is drawn as a line through the last two points asked, the answer found on it by halving, and
    asked; a point or two more is enough where it went across a ceiling."""

    def cost_of(gross: Decimal) -> Decimal:
        return cents(whole_of(gross)) - reduction_of(gross)

    points = [(ZERO, whole_of(ZERO))]
    if cost_of(ZERO) > available:
        return None
    at = max(CENT, floored(available * Decimal("0.70")))
    for _step in range(_STEPS):
        points.append((at, whole_of(at)))
        at = _on_line(points, available, reduction_of)
        left = available - cost_of(at)
        if ZERO <= left < TEETH:
            return Found(at)
        if left >= TEETH and cost_of(at + CENT) > available:
            return Found(at, is_gap=True)
    return Found(_halved(available, cost_of))


def _on_line(points: list[tuple[Decimal, Decimal]], available: Decimal, reduction_of: Amount) -> Decimal:
    """The largest gross that fits where the whole is the line through the last two points."""
    (first, one), (second, other) = points[-2:]
    slope = (other - one) / (second - first) if second != first else Decimal(1)

    def cost(gross: Decimal) -> Decimal:
        return cents(other + slope * (gross - second)) - reduction_of(gross)

    return _halved(available, cost)


def _halved(available: Decimal, cost_of: Amount) -> Decimal:
    """The last gross before a cost beyond; no reduction makes a pay cost less than half its gross."""
    low, high = ZERO, max(available, ZERO) * 2 + CENT
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
