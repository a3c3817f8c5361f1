"""What belongs to a year though its document does not, or the reverse: which accounts move (ACC-10)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import ZERO

# The account that carries each kind over to the next year, and that of its tax, if it has one.
CARRIED: Mapping[str, str] = {
    "to_receive": "invoice_to_receive",
    "to_issue": "invoice_to_issue",
    "prepaid": "prepaid_expense",
    "deferred": "deferred_income",
}
TAXED: Mapping[str, str] = {"to_receive": "vat_to_receive", "to_issue": "vat_to_issue"}
# A cost that is added, a sale that is taken off: the account of the year is on the left.
_ON_DEBIT = ("to_receive", "deferred")
# Those that are about a cost; the others, about a sale.
ABOUT_COSTS = ("to_receive", "prepaid")


@dataclass(frozen=True, slots=True)
class AccrualLine:
    """A line by the role of its account; without role, the account of the year. Debit when positive."""

    role: str
    signed: Decimal


def accrual_lines(kind: str, amount: Decimal, vat: Decimal = ZERO) -> tuple[AccrualLine, ...]:
    """The lines of an accrual, balanced: the year, its tax, what is carried over.

    What is prepaid or deferred was invoiced already, with its tax: none of it moves. Raises ValueError when a
    tax is given there."""
    if vat and kind not in TAXED:
        raise ValueError(f"{kind} has no tax of its own")
    sign = 1 if kind in _ON_DEBIT else -1
    lines = [AccrualLine("", sign * amount)]
    if vat:
        lines.append(AccrualLine(TAXED[kind], sign * vat))
    return (*lines, AccrualLine(CARRIED[kind], -sign * (amount + vat)))
