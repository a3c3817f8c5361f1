"""What giving up the rest of an invoice costs, and the entry that says so (decision 0028).

Source: plan comptable général art. 946-65 (654); CGI art. 272-1 (VAT of a final loss), 269-2 c (on receipts).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit, merged
from cae.core.money import ZERO
from invoicing.calculations.credit import credit_of_rest
from invoicing.calculations.entries import OTHER_JOURNAL, Piece
from invoicing.calculations.totals import TaxGroup, Totals, percent, totals_of_groups


@dataclass(frozen=True, slots=True)
class Loss:
    """The unpaid rest: what it costs, and the tax by rate that waited or that the State gives back."""

    amount: Decimal
    charges: tuple[TaxGroup, ...]
    # The account that held this tax: « vat_pending », « vat_collected ».
    tax_account: str

    @property
    def charge(self) -> Decimal:
        return sum((group.net for group in self.charges), ZERO)

    @property
    def tax(self) -> Decimal:
        return sum((group.tax for group in self.charges), ZERO)


def loss_of_rest(
    groups: Sequence[TaxGroup],
    paid: Decimal,
    *,
    on_receipts: bool,
    recovers_tax: bool,
    disbursed: Decimal = ZERO,
) -> Loss:
    """The loss of what was not paid of `groups` (credit notes taken off), and of what was paid in the name of
    the customer (`disbursed`, without tax). ValueError when nothing is left.

    On receipts, the tax of the rest was never due; on debits it was paid, and comes back only if
    `recovers_tax`: else the charge bears it."""
    rest = _rest(groups, paid, alone=disbursed > ZERO)
    charges = rest.breakdown
    if not on_receipts and not recovers_tax:
        charges = tuple(replace(group, net=group.gross, tax=ZERO) for group in charges)
    if disbursed:
        charges = (*charges, TaxGroup("", ZERO, disbursed, ZERO))
    account = "vat_pending" if on_receipts else "vat_collected"
    return Loss(rest.gross + disbursed, tuple(charges), account)


def _rest(groups: Sequence[TaxGroup], paid: Decimal, *, alone: bool) -> Totals:
    """What is left of the sale; the last cent may be of the disbursements `alone`."""
    if alone and paid >= sum((group.gross for group in groups), ZERO):
        return totals_of_groups([])
    return credit_of_rest(groups, paid)


def loss_entry(piece: Piece, loss: Loss) -> EntryDraft:
    """654 and its tax against the customer."""
    lines: list[LineDraft] = []
    for group in loss.charges:
        rate = percent(group.rate)
        lines.append(debit("bad_debt", piece.analytic_id, group.net, vat_rate=rate))
        lines.append(debit(loss.tax_account, piece.analytic_id, group.tax, vat_rate=rate, vat_base=group.net))
    lines.append(credit("customer", piece.analytic_id, loss.amount, party=piece.customer))
    return EntryDraft(
        journal=OTHER_JOURNAL,
        on=piece.on,
        # Written in the books, so in French whoever records.
        label=f"Créance irrécouvrable {piece.number} {piece.customer}",
        piece=piece.number,
        lines=merged(lines),
    )
