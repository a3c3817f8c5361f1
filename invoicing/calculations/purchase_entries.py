"""Accounting entries of a supplier's invoice, of its credit note, and of a payment without transfer order.

Source: plan comptable général art. 944-40 (401), 944-42 (425), 944-44 (44562, 44566), 944-60 to 62. VAT is
deducted on the invoice; the cost takes what is not recovered (CGI ann. II art. 206-IV).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, credit, debit, merged
from cae.core.money import ZERO
from invoicing.calculations.purchase_split import Cell, borne_by_section
from invoicing.calculations.totals import percent

PURCHASE_JOURNAL, BANK_JOURNAL = "AC", "BQ"
# Whom the cooperative owes: the supplier, or the person who advanced the money.
OWED_TO_SUPPLIER, OWED_TO_PERSON = "supplier", "claimant"
# Fixed assets, whose VAT has an account and a box of its own.
_ASSETS = "2"


@dataclass(frozen=True, slots=True)
class PurchasePiece:
    """What every line of the entry carries. `party`: whoever is owed."""

    number: str
    on: date
    supplier: str
    party: str
    owed: str = OWED_TO_SUPPLIER
    due_on: date | None = None
    is_credit_note: bool = False


def purchase_entry(piece: PurchasePiece, cells: Sequence[Cell]) -> EntryDraft:
    """The purchase: costs and deductible VAT against what is owed, section by section; a credit note has its
    sides swapped and no due date."""
    lines = []
    for cell in cells:
        lines.append(
            debit(
                cell.account,
                cell.section_id,
                cell.cost,
                vat_rate=percent(cell.rate),
                fund_id=cell.fund_id,
            )
        )
        tax_account = "vat_assets" if cell.account.startswith(_ASSETS) else "vat_deductible"
        lines.append(debit(tax_account, cell.section_id, cell.deductible, vat_rate=percent(cell.rate)))
    due_on = None if piece.is_credit_note else piece.due_on
    for section_id, borne in borne_by_section(cells).items():
        lines.append(credit(piece.owed, section_id, borne.gross, party=piece.party, due_on=due_on))
    if piece.is_credit_note:
        lines = [line.swapped() for line in lines]
    return EntryDraft(
        journal=PURCHASE_JOURNAL,
        on=piece.on,
        label=f"{piece.supplier} {piece.number}",
        piece=piece.number,
        lines=merged(lines),
    )


def direct_payment_entry(piece: PurchasePiece, amounts: Mapping[int, Decimal]) -> EntryDraft | None:
    """What the bank paid by itself (direct debit, card), section by section: what was owed against the bank;
    a credit note that the supplier paid back swaps the sides. None when nothing is left to pay."""
    lines = []
    for section_id, amount in amounts.items():
        lines.append(debit(piece.owed, section_id, amount, party=piece.party))
        lines.append(credit("bank", section_id, amount))
    if piece.is_credit_note:
        lines = [line.swapped() for line in lines]
    found = merged(lines)
    if not found:
        return None
    return EntryDraft(
        journal=BANK_JOURNAL,
        on=piece.on,
        label=f"{piece.supplier} {piece.number}",
        piece=piece.number,
        lines=found,
    )


def left_to_pay(owed: Mapping[int, Decimal], imputed: Sequence[Mapping[int, Decimal]]) -> dict[int, Decimal]:
    """What each section still pays of an invoice once credit notes are imputed; below zero when they go
    beyond."""
    left = dict(owed)
    for given in imputed:
        for section_id, amount in given.items():
            left[section_id] = left.get(section_id, ZERO) - amount
    return left
