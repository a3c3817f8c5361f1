"""What a deal is worth, and its state as the worst of its indicators (INV-10).

Amounts in euros before tax, save what customers owe, which is with tax. Source: docs/deals.md, « Figures ».
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum

from cae.core.money import ZERO

# An accepted quote that nobody invoices is forgotten money; to be confirmed by the trade.
LATE_TO_INVOICE = timedelta(days=30)


class Level(IntEnum):
    """How much an indicator asks for; the state of a deal is the highest."""

    FINE = 0
    WATCH = 1
    ACT = 2


class Indicator(StrEnum):
    PAPER_MISSING = "paper_missing"
    OVERDUE = "overdue"
    CONTRACT_REFUSED = "contract_refused"
    LATE_TO_INVOICE = "late_to_invoice"
    SPENT_ABOVE_SOLD = "spent_above_sold"
    CONTRACT_WAITING = "contract_waiting"
    CONTRACT_TO_NEGOTIATE = "contract_to_negotiate"


LEVELS: dict[Indicator, Level] = {
    Indicator.PAPER_MISSING: Level.ACT,
    Indicator.OVERDUE: Level.ACT,
    Indicator.CONTRACT_REFUSED: Level.ACT,
    Indicator.LATE_TO_INVOICE: Level.WATCH,
    Indicator.SPENT_ABOVE_SOLD: Level.WATCH,
    Indicator.CONTRACT_WAITING: Level.WATCH,
    Indicator.CONTRACT_TO_NEGOTIATE: Level.WATCH,
}


@dataclass(frozen=True, slots=True)
class Sums:
    """What the pieces of a deal add up to; `from_quotes`: what of `invoiced` its quotes had promised."""

    accepted: Decimal = ZERO
    invoiced: Decimal = ZERO
    from_quotes: Decimal = ZERO
    due: Decimal = ZERO
    overdue: Decimal = ZERO
    bought: Decimal = ZERO
    spent: Decimal = ZERO

    @property
    def left_to_invoice(self) -> Decimal:
        """What accepted quotes still promise; never below nothing."""
        return max(self.accepted - self.from_quotes, ZERO)

    @property
    def costs(self) -> Decimal:
        return self.bought + self.spent

    @property
    def margin(self) -> Decimal:
        """What is left of the sales already invoiced."""
        return self.invoiced - self.costs

    @property
    def sold(self) -> Decimal:
        """What the deal will bring, as far as one knows: invoiced, and promised."""
        return self.invoiced + self.left_to_invoice


@dataclass(frozen=True, slots=True)
class Standing:
    """What else tells how a deal goes: papers missing whose moment has come, contracts read, and the day of
    the oldest accepted quote that was not wholly invoiced."""

    sums: Sums
    papers_missing: int = 0
    contracts_waiting: int = 0
    contracts_to_negotiate: int = 0
    contracts_refused: int = 0
    accepted_on: date | None = None


def indicators(standing: Standing, *, on: date) -> tuple[Indicator, ...]:
    """Those that are lit, the gravest first."""
    sums = standing.sums
    waits = sums.left_to_invoice > ZERO and standing.accepted_on is not None
    lit = {
        Indicator.PAPER_MISSING: standing.papers_missing > 0,
        Indicator.OVERDUE: sums.overdue > ZERO,
        Indicator.CONTRACT_REFUSED: standing.contracts_refused > 0,
        Indicator.LATE_TO_INVOICE: waits and on - (standing.accepted_on or on) > LATE_TO_INVOICE,
        Indicator.SPENT_ABOVE_SOLD: sums.costs > sums.sold,
        Indicator.CONTRACT_WAITING: standing.contracts_waiting > 0,
        Indicator.CONTRACT_TO_NEGOTIATE: standing.contracts_to_negotiate > 0,
    }
    return tuple(one for one in LEVELS if lit[one])


def level(lit: tuple[Indicator, ...]) -> Level:
    """The state of a deal: the worst of its indicators."""
    return max((LEVELS[one] for one in lit), default=Level.FINE)
