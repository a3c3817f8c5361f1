"""How one amount of money is shared over the invoices of a customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cae.core.money import ZERO


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """What is still due on an invoice, and since when."""

    key: int
    due: Decimal
    due_on: date


def oldest_first(amount: Decimal, invoices: Sequence[OpenInvoice]) -> dict[int, Decimal]:
    """Pays the oldest due date first (C. civ. art. 1342-10); a surplus stays on the last invoice. Shares add
    up to the amount; an invoice that receives nothing is left out. ValueError without invoice."""
    if not invoices:
        raise ValueError("money is shared over invoices")
    shares: dict[int, Decimal] = {}
    left = amount
    for invoice in sorted(invoices, key=lambda one: (one.due_on, one.key)):
        part = min(left, invoice.due)
        if part > ZERO:
            shares[invoice.key] = part
            left -= part
    if left:
        last = list(shares)[-1] if shares else invoices[-1].key
        shares[last] = shares.get(last, ZERO) + left
    return shares
