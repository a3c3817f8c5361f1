"""What is left to pay on an invoice once payments and credit notes are counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import ZERO

TO_PAY, PARTLY_SETTLED, SETTLED, WRITTEN_OFF = "to_pay", "partly_settled", "settled", "written_off"


@dataclass(frozen=True, slots=True)
class SettlementFigures:
    paid: Decimal
    credited: Decimal
    due: Decimal
    customer_credit: Decimal
    state: str


def settlement(
    gross: Decimal,
    payments: Iterable[Decimal],
    credit_notes: Iterable[Decimal],
    losses: Iterable[Decimal] = (),
) -> SettlementFigures:
    """Due, or what the customer has in advance: a surplus is owed to the customer, never lost in a tolerance.

    A payment taken back counts as a negative payment, a loss taken back as a negative loss.
    """
    paid, credited, lost = sum(payments, ZERO), sum(credit_notes, ZERO), sum(losses, ZERO)
    rest = gross - paid - credited - lost
    if rest <= ZERO:
        state = WRITTEN_OFF if lost else SETTLED
    elif paid or credited:
        state = PARTLY_SETTLED
    else:
        state = TO_PAY
    return SettlementFigures(paid, credited, max(rest, ZERO), max(-rest, ZERO), state)
