"""In which order an e-invoice lives: what may follow what, and how money received is told by rate.

A step of the main line replaces the one before. Payments and the marks of who collects stand beside it: they
come at any moment before its end, and move it nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO, cents, share

# Nothing comes after these.
FINAL = frozenset({"210", "213", "220", "501"})
# Beside the main line.
BESIDE = frozenset({"211", "212", "224", "225"})
# A document against which money stands is no longer turned down.
_NO_MONEY_BEFORE = FINAL
COLLECTED = "212"

_ANSWERS = frozenset({"204", "205", "206", "207", "208", "210", "214"})
_DELIVERY = frozenset({"213", "220", "221"})

# The last step of the main line → the steps that may come next; « » is a document that nobody spoke of yet.
NEXT: dict[str, frozenset[str]] = {
    "": frozenset({"200", "201", "202", "203", "213", "220", "501"}) | _ANSWERS,
    "200": frozenset({"201", "202", "203"}) | _DELIVERY | _ANSWERS,
    "201": frozenset({"202", "203"}) | _DELIVERY | _ANSWERS,
    "202": frozenset({"203"}) | _DELIVERY | _ANSWERS,
    "203": _ANSWERS | {"220"},
    # An answer may be followed by any other, until the end: a buyer thinks again.
    "204": _ANSWERS | {"220"},
    "205": _ANSWERS | {"220"},
    "206": _ANSWERS | {"220"},
    "207": _ANSWERS | {"209", "220"},
    "208": _ANSWERS | {"209", "220"},
    "209": _ANSWERS | {"220"},
    "214": _ANSWERS | {"220"},
    "221": frozenset({"200", "201", "202", "203", "213", "220"}),
}


class Fault(StrEnum):
    """Why a step can't come now."""

    OVER = "over"
    OUT_OF_ORDER = "out_of_order"
    TWICE = "twice"
    PAID = "paid"
    BELOW_ZERO = "below_zero"


@dataclass(frozen=True, slots=True)
class Step:
    """A status already there: its code and, for money, how much."""

    code: str
    amount: Decimal = ZERO


def standing(steps: Sequence[Step]) -> str:
    """The last step of the main line, or nothing."""
    main = [step.code for step in steps if step.code not in BESIDE]
    return main[-1] if main else ""


def collected(steps: Sequence[Step]) -> Decimal:
    """What the seller said to have received, less what was taken back."""
    return sum((step.amount for step in steps if step.code == COLLECTED), ZERO)


def fault_of(steps: Sequence[Step], step: Step) -> Fault | None:
    """Why `step` can't follow these, in the order in which they came; nothing when it may."""
    last = standing(steps)
    if last in FINAL:
        return Fault.OVER
    if step.code == COLLECTED and collected(steps) + step.amount < ZERO:
        return Fault.BELOW_ZERO
    if step.code in BESIDE:
        return None
    if step.code not in NEXT[last]:
        return Fault.TWICE if step.code == last else Fault.OUT_OF_ORDER
    if step.code in _NO_MONEY_BEFORE and collected(steps) > ZERO:
        return Fault.PAID
    return None


@dataclass(frozen=True, slots=True)
class RateShare:
    """Money received for one VAT rate, tax included; the rate is a percentage, as it is written (MDT-224)."""

    rate: Decimal
    amount: Decimal

    @property
    def opposite(self) -> RateShare:
        return RateShare(self.rate, -self.amount)

    def kept(self) -> dict[str, str]:
        """As a row keeps it."""
        return {"rate": str(self.rate), "amount": str(self.amount)}

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> RateShare:
        return cls(Decimal(kept["rate"]), Decimal(kept["amount"]))


def by_rate(amount: Decimal, grosses: Sequence[tuple[Decimal, Decimal]]) -> tuple[RateShare, ...]:
    """Shares an amount over (percentage, gross of the document at this rate), to the cent; a rate of which
    nothing is received is left out. Where one rate gives back more than it asks, the largest takes what
    rounding leaves. Raises ValueError for a document of nothing."""
    totals: dict[Decimal, Decimal] = {}
    for rate, gross in grosses:
        totals[rate] = totals.get(rate, ZERO) + gross
    weights = list(totals.values())
    whole = sum(weights, ZERO)
    if whole > ZERO and min(weights) < ZERO:
        parts = [cents(amount * weight / whole) for weight in weights]
        parts[weights.index(max(weights))] += amount - sum(parts, ZERO)
    else:
        parts = share(amount, weights)
    return tuple(RateShare(rate, part) for rate, part in zip(totals, parts, strict=True) if part)
