"""What a file of entries says of each line, and how the lines of an entry are grouped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from cae.core.money import ZERO
from cae.core.periods import Span


@dataclass(frozen=True)
class ExportChoice:
    """Which entries leave, and how they are written."""

    days: Span
    journals: tuple[str, ...]
    format: str
    is_grouped: bool = False
    # With those that other batches took already.
    takes_again: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of an entry, or what several have in common."""

    journal: str
    number: int
    on: date
    piece: str
    account: str
    account_label: str
    party: str
    label: str
    debit: Decimal
    credit: Decimal
    vat_rate: Decimal | None
    due_on: date | None
    section: str
    section_label: str
    nature: str


@dataclass
class Tally:
    """What went by, in euros."""

    lines: int = 0
    debit: Decimal = field(default=ZERO)
    credit: Decimal = field(default=ZERO)

    def counted(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.lines += 1
            self.debit += row.debit
            self.credit += row.credit
            yield row


def grouped(rows: Iterable[Row]) -> Iterator[Row]:
    """One line for each account, party, rate of VAT, due date and side of an entry: the axis of activities is
    added up, documents and rates stay apart. Both sides stay too, so that totals are those of the books.

    Rows come entry after entry."""
    for _entry, lines in groupby(rows, key=lambda row: (row.journal, row.number)):
        held: dict[tuple[object, ...], Row] = {}
        for row in lines:
            key = (row.account, row.party, row.vat_rate, row.due_on, row.debit > 0)
            known = held.get(key)
            if known is None:
                held[key] = replace(row, section="", section_label="", nature="")
            else:
                held[key] = replace(known, debit=known.debit + row.debit, credit=known.credit + row.credit)
        yield from held.values()
