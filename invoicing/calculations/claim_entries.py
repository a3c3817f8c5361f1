"""The entries of an expense claim: which account bears it, what its author is owed, what an advance covers.

Source: plan comptable général art. 944-42 (425 and its advances), 944-44 (44566), 944-46 (467). Accounts are
roles or the number of the kind's account; a kind carries its nature of cost, so that a scale on the margin
knows what it may take off its base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit, merged
from cae.core.money import ZERO

OTHER_JOURNAL, BANK_JOURNAL = "OD", "BQ"


@dataclass(frozen=True, slots=True)
class Booked:
    """A line that counts: account and nature of cost of its kind, what it costs, the VAT that comes back."""

    account: str
    cost: str
    amount: Decimal
    deductible: Decimal
    paid_with: str  # own, cooperative, advance
    # The grant that pays it.
    fund_id: int | None = None

    @property
    def net(self) -> Decimal:
        return self.amount - self.deductible


@dataclass(frozen=True, slots=True)
class Piece:
    """What the entries of a claim carry."""

    name: str
    on: date
    person: str
    analytic_id: int
    label: str


@dataclass(frozen=True, slots=True)
class Due:
    """Who is owed what by a claim. `overpaid`: the claim took back more than it gave."""

    to_refund: Decimal
    used: Decimal  # of advances, whatever for
    deducted: Decimal  # of advances, taken off the refund
    overpaid: Decimal


def due(lines: Sequence[Booked], *, held: Decimal, deduct: bool) -> Due:
    """Shares what the person paid between advances still held and the refund. Raises ValueError when lines
    said to be paid with an advance come to more than what is held."""
    own = paid_with(lines, "own")
    by_advance = paid_with(lines, "advance")
    if by_advance > held:
        raise ValueError("more than the advance")
    deducted = min(max(own, ZERO), held - by_advance) if deduct else ZERO
    return Due(max(own, ZERO) - deducted, by_advance + deducted, deducted, max(-own, ZERO))


def paid_with(lines: Sequence[Booked], way: str) -> Decimal:
    """What was paid in this way."""
    return sum((line.amount for line in lines if line.paid_with == way), ZERO)


def claim_entry(piece: Piece, lines: Sequence[Booked], owed: Due) -> EntryDraft:
    """Costs and VAT against whoever paid: the person, the card of the cooperative, the advance."""
    section, party = piece.analytic_id, {"party": piece.person}
    rows: list[LineDraft] = []
    for line in lines:
        rows.append(debit(line.account, section, line.net, cost=line.cost, fund_id=line.fund_id))
        rows.append(debit("vat_deductible", section, line.deductible))
    rows.append(credit("claimant", section, owed.to_refund, **party))
    rows.append(credit("expense_advance", section, owed.used - owed.overpaid, **party))
    rows.append(credit("card_expense", section, paid_with(lines, "cooperative"), **party))
    return EntryDraft(OTHER_JOURNAL, piece.on, piece.label, merged(rows), piece.name)


def waiver_entry(piece: Piece, amount: Decimal) -> EntryDraft:
    """The refund given up: what the person was owed becomes an income of the activity."""
    rows = [
        debit("claimant", piece.analytic_id, amount, party=piece.person),
        credit("waiver_income", piece.analytic_id, amount, party=piece.person),
    ]
    return EntryDraft(OTHER_JOURNAL, piece.on, piece.label, merged(rows), piece.name)


def return_entry(piece: Piece, amount: Decimal) -> EntryDraft:
    """What was left of an advance, back in the bank."""
    rows = [
        debit("bank", piece.analytic_id, amount),
        credit("expense_advance", piece.analytic_id, amount, party=piece.person),
    ]
    return EntryDraft(BANK_JOURNAL, piece.on, piece.label, merged(rows), piece.name)
