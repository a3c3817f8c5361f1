"""Work invoiced as it goes: each line to its cumulative share, the deposit recovered at the same pace, a
part held by the customer until it is released (INV-23).

Source: law n° 71-584 of 16 July 1971 (retention); worked case LG12 (on the amount with tax).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from cae.core.money import ZERO, cents, share
from invoicing.calculations.totals import Adjustment

Group = tuple[str, Decimal]


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A line of the work: what it is worth once the discount on the whole is taken off, and what was invoiced
    of it."""

    key: int
    group: Group
    amount: Decimal
    invoiced: Decimal = ZERO

    def to(self, reached: Decimal) -> Decimal:
        """What brings the line to this cumulative share."""
        return cents(self.amount * reached) - self.invoiced

    @property
    def reached(self) -> Decimal:
        """The share invoiced so far, to a hundredth of a percent."""
        if not self.amount:
            return Decimal("0.0000")
        return (self.invoiced / self.amount).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def worth_of(
    lines: Sequence[tuple[int, Group, Decimal]], discounts: Iterable[Adjustment]
) -> dict[int, Decimal]:
    """What each line, given as (key, category and rate, net), is worth after the discount on the whole, which
    is cut between the lines of its rate."""
    worth = {key: net for key, _group, net in lines}
    for off in discounts:
        touched = [key for key, group, _net in lines if group == (off.category, off.rate)]
        for key, part in zip(touched, share(off.net, [abs(worth[key]) for key in touched]), strict=True):
            worth[key] -= part
    return worth


def recovered(deposit: Decimal, *, before: Decimal, done: Decimal, total: Decimal) -> Decimal:
    """What this document takes of a deposit, when `done` of `total` work is reached: never given back, never
    more than what is left of it."""
    left = max(deposit - before, ZERO)
    if done >= total:
        return left
    return min(max(cents(deposit * max(done, ZERO) / total) - before, ZERO), left)


def held(gross: Decimal, rate: Decimal | None) -> Decimal:
    """What the customer keeps of a situation."""
    return cents(gross * rate) if rate and gross > ZERO else ZERO
