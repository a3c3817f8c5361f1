"""What a deposit is in the books, and what of it is a sale once it is kept (COW-07, COW-11).

Source: plan comptable général, account 165 « Dépôts et cautionnements reçus »: a debt, neither a sale nor
taxed until it is kept.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, credit, debit, merged
from cae.core.money import CENT, cents

# Roles of accounts, and the journal.
_BANK, _HELD, _JOURNAL = "bank", "deposit_received", "BQ"


def deposit_entry(
    amount: Decimal, *, section: int, on: date, number: str, party: str, title: str
) -> EntryDraft:
    """Money received (above zero) or given back (below): the bank against 165, in the section of the
    place."""
    lines = [
        debit(_BANK, section, amount),
        credit(_HELD, section, amount, party=party),
    ]
    return EntryDraft(_JOURNAL, on, f"{title} {number} {party}", lines=merged(lines), piece=number)


def before_tax(amount: Decimal, rate: Decimal) -> Decimal:
    """The most, in euros excl. tax, whose price with tax at this rate (0.2 for 20 %) is not above an amount:
    the sale that a deposit kept can pay. Not every amount is a price with tax: a cent may be left."""
    net = cents(amount / (1 + rate)) + CENT
    while net + cents(net * rate) > amount:
        net -= CENT
    return net
