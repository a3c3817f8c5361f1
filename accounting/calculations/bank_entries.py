"""Entries that matching a line of the bank makes: a split over accounts and activities, dues settled, a sum
moved to the account where the money really came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit, merged
from cae.core.money import ZERO, cents

BANK_JOURNAL = "BQ"
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class SplitPart:
    """A part of a line: `amount` with its VAT, above zero for what goes the way of the line."""

    account: str
    section_id: int
    amount: Decimal
    vat_rate: Decimal | None = None
    cost: str = ""
    party: str = ""
    label: str = ""


@dataclass(frozen=True)
class Piece:
    """What the entry of a line carries: `bank` is the number of its account in the chart."""

    number: str
    on: date
    label: str
    bank: str


def split_entry(piece: Piece, parts: Sequence[SplitPart], *, is_in: bool) -> EntryDraft:
    """Money out is a cost, with the VAT that is deducted; money in an income, with the VAT that is collected;
    each part against the bank in its own section."""
    lines: list[LineDraft] = []
    for part in parts:
        lines += _income(piece.bank, part) if is_in else _cost(piece.bank, part)
    return _entry(piece, lines)


def _cost(bank: str, part: SplitPart) -> Iterator[LineDraft]:
    tax = tax_inside(part.amount, part.vat_rate)
    yield debit(part.account, part.section_id, part.amount - tax, **_words(part))
    if tax:
        yield debit("vat_deductible", part.section_id, tax, **_tax(part, tax))
    yield credit(bank, part.section_id, part.amount)


def _income(bank: str, part: SplitPart) -> Iterator[LineDraft]:
    tax = tax_inside(part.amount, part.vat_rate)
    yield credit(part.account, part.section_id, part.amount - tax, **_words(part))
    if tax:
        yield credit("vat_collected", part.section_id, tax, **_tax(part, tax))
    yield debit(bank, part.section_id, part.amount)


def _words(part: SplitPart) -> dict[str, object]:
    return {"vat_rate": part.vat_rate, "cost": part.cost, "party": part.party, "label": part.label}


def _tax(part: SplitPart, tax: Decimal) -> dict[str, object]:
    return {"vat_rate": part.vat_rate, "vat_base": part.amount - tax}


def tax_inside(amount: Decimal, rate: Decimal | None) -> Decimal:
    """The VAT of an amount that includes it, at a rate in percent."""
    if not rate:
        return ZERO
    return amount - cents(amount * _HUNDRED / (_HUNDRED + rate))


@dataclass(frozen=True)
class Due:
    """What a line of the books leaves open: `left` signed, above zero when it is owed to us."""

    account: str
    section_id: int
    left: Decimal
    party: str = ""


def due_entry(piece: Piece, dues: Iterable[Due]) -> EntryDraft:
    """Each due answered in its account and section, against the bank."""
    lines = []
    for due in dues:
        lines.append(credit(due.account, due.section_id, due.left, party=due.party))
        lines.append(debit(piece.bank, due.section_id, due.left))
    return _entry(piece, lines)


def moved_entry(piece: Piece, *, usual: str, sums: dict[int, Decimal]) -> EntryDraft:
    """What was posted on the usual bank account, moved section by section to the one where it came."""
    lines = []
    for section_id, amount in sums.items():
        lines.append(debit(piece.bank, section_id, amount))
        lines.append(credit(usual, section_id, amount))
    return _entry(piece, lines)


def _entry(piece: Piece, lines: Sequence[LineDraft]) -> EntryDraft:
    return EntryDraft(BANK_JOURNAL, piece.on, piece.label, merged(lines), piece=piece.number)
