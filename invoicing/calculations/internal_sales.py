"""Entry of an internal sale: one legal person, so neither customer, nor tax, nor cash (INV-31, case LG11)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, credit, debit
from cae.core.money import ZERO

ANALYTIC_JOURNAL = "AN"


def internal_entry(
    number: str, amount: Decimal, *, seller: tuple[int, str], buyer: tuple[int, str], on: date
) -> EntryDraft:
    """Sections and names of the two activities; a negative amount (a credit note) swaps the sides. ValueError
    when they are one, or when there is nothing to write."""
    (sells, seller_name), (buys, buyer_name) = seller, buyer
    if sells == buys:
        raise ValueError("an activity does not sell to itself")
    if not amount:
        raise ValueError("an internal sale is worth something")
    lines = (
        debit("inside_charge", buys, amount),
        credit("internal_link", buys, amount),
        debit("internal_link", sells, amount),
        credit("inside_income", sells, amount),
    )
    label = f"{number} {seller_name} → {buyer_name}"
    return EntryDraft(ANALYTIC_JOURNAL, on, label, lines, piece=number)


def left_to_credit(invoiced: Decimal, credited: Decimal) -> Decimal:
    """What a credit note may still take back, never below nothing."""
    return max(invoiced - credited, ZERO)
