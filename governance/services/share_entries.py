"""The entries of the capital in the books, in the shared section (chart: 1012, 1013, 4562, 4567)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from accounting.calculations.entries import EntryDraft, debit
from accounting.models import Entry
from accounting.selectors.accounts import shared_section
from accounting.selectors.lettering import entries_about
from accounting.services.lettering import letter_entries
from accounting.services.posting import post_entry
from accounting.services.reversing import reverse_entry
from accounting.states.books import AccountRole, JournalCode
from governance.states.register import PaymentWay

UNPAID, PAID = AccountRole.CAPITAL_UNPAID.value, AccountRole.CAPITAL_PAID.value
CALLED, TO_REFUND = AccountRole.SHARES_CALLED.value, AccountRole.SHARES_TO_REFUND.value
LOSSES, BANK, PAY_DUE = (
    AccountRole.SHARES_LOSSES.value,
    AccountRole.BANK.value,
    AccountRole.PAY_DUE.value,
)

# What is called is answered by money, by a cancellation; what is owed, by its refund.
_ANSWERED = (AccountRole.SHARES_CALLED, AccountRole.SHARES_TO_REFUND)

# Account, signed amount (debit positive), party.
Sides = list[tuple[str, Decimal, str]]


@dataclass(frozen=True)
class Posting:
    """What an entry is about: its source, its day, the associate, its words, who posts."""

    row: models.Model
    on: date
    who: str
    label: str
    actor: Any


def post_signature(posting: Posting, amount: Decimal) -> Entry:
    """Does: the shares are subscribed and called: D 456200, C 101200. Refuses: as `post_entry`.
    Leaves behind: the entry."""
    return _post(posting, JournalCode.OTHER, [(CALLED, amount, posting.who), (UNPAID, -amount, "")])


def post_payment(posting: Posting, amount: Decimal, way: str) -> Entry:
    """Does: the money comes, by the bank or held on pay, and the capital is paid: D 512000 or 421000,
    C 456200; D 101200, C 101300. Refuses: as `post_entry`. Leaves behind: the entry."""
    by_bank = way == PaymentWay.BANK
    sides = [
        (BANK if by_bank else PAY_DUE, amount, posting.who),
        (CALLED, -amount, posting.who),
        (UNPAID, amount, ""),
        (PAID, -amount, ""),
    ]
    return _post(posting, JournalCode.BANK if by_bank else JournalCode.OTHER, sides)


def post_cancellation(posting: Posting, amount: Decimal) -> Entry:
    """Does: shares that nobody paid are cancelled: D 101200, C 456200. Refuses: as `post_entry`.
    Leaves behind: the entry."""
    return _post(posting, JournalCode.OTHER, [(UNPAID, amount, ""), (CALLED, -amount, posting.who)])


def post_withdrawal(posting: Posting, amount: Decimal, losses: Decimal) -> Entry:
    """Does: the shares leave the capital and are owed: D 101300, C 456700; what they bear of the losses:
    D 456700, C 119000. Refuses: as `post_entry`. Leaves behind: the entry."""
    sides = [(PAID, amount, ""), (TO_REFUND, losses - amount, posting.who), (LOSSES, -losses, "")]
    return _post(posting, JournalCode.OTHER, sides)


def post_refund(posting: Posting, amount: Decimal, losses: Decimal) -> Entry | None:
    """Does: the money goes: D 456700, C 512000; the losses come since: D 456700, C 119000. Refuses: as
    `post_entry`. Leaves behind: the entry; none when nothing is left to settle."""
    if not amount + losses:
        return None
    sides = [(TO_REFUND, amount + losses, posting.who), (BANK, -amount, posting.who), (LOSSES, -losses, "")]
    return _post(posting, JournalCode.BANK if amount else JournalCode.OTHER, sides)


def undo_entry(
    entry: Entry | None, *, on: date, reason: str, actor: Any, source: models.Model
) -> Entry | None:
    """Does: reverses an entry, if there was one. Refuses and leaves behind: as `reverse_entry`."""
    if entry is None:
        return None
    return reverse_entry(entry, on=on, reason=reason, actor=actor, source=source)


def _post(posting: Posting, journal: JournalCode, sides: Sides) -> Entry:
    section, label = shared_section().pk, posting.label
    lines = tuple(
        debit(account, section, signed, party=who, label=label) for account, signed, who in sides if signed
    )
    draft = EntryDraft(journal.value, posting.on, label, lines)
    entry = post_entry(draft, actor=posting.actor, source=posting.row)
    letter_entries(entries_about(posting.row), roles=_ANSWERED, actor=posting.actor)
    return entry
