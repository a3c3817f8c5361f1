"""Reads a FEC line by line, says what is wrong and where, and keeps the trial balance that it gives.

Nothing of the file is held but sums: of each entry until it balances, of each journal, of each account.
Source: LPF art. A47 A-1, VII; the numbers are continuous inside each journal (BOI-CF-IOR-60-40-20).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accounting.calculations.fec.shape import CHARSET, COLUMNS, SEPARATORS, SIGNED_COLUMNS

# Beyond so many the file is wrong as a whole, and the following faults teach nothing.
MOST_FAULTS = 100
# Of what stands in a cell.
_LONGEST = 80

# Digits that no amount and no number of an entry has: what is longer is no figure, and costs to read.
_MOST_DIGITS = 15
_AMOUNT = re.compile(rf"-?\d{{1,{_MOST_DIGITS}}}(?:,\d{{1,2}})?\Z")
_ACCOUNT = re.compile(r"\d{3}")
# Neither letters nor signs, and what a wrong charset leaves behind.
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd]")
_SIDES = {"D": 1, "+1": 1, "C": -1, "-1": -1}
# « À-nouveaux », « Report à nouveau »: in the name of their journal everywhere.
_CARRIED = "nouveau"
# Columns that are never empty, and those that hold a day; their places, from nought.
_FILLED = (0, 1, 2, 3, 4, 5, 8, 9, 10, 15)
_DAYS = (3, 9, 14, 15)


class FaultKind(StrEnum):
    """What may be wrong; whoever shows it says it in words."""

    EMPTY = "empty"
    COLUMNS = "columns"
    CHARSET = "charset"
    FIELDS = "fields"
    MISSING = "missing"
    DATE = "date"
    OUTSIDE = "outside"
    ACCOUNT = "account"
    AMOUNT = "amount"
    SIDE = "side"
    SIDES = "sides"
    LETTERING = "lettering"
    NUMBER_GAP = "number_gap"
    TWO_DAYS = "two_days"
    ORDER = "order"
    ENTRY_BALANCE = "entry_balance"
    JOURNAL_BALANCE = "journal_balance"


@dataclass(frozen=True)
class Fault:
    """`line` counts from 1, the names of the columns being the first; 0 where no line is at fault. `column`
    is its name, or nothing; `what` is what stands there, `gap` what lacks for a balance."""

    kind: FaultKind
    line: int = 0
    column: str = ""
    what: str = ""
    gap: Decimal = Decimal(0)


@dataclass
class Report:
    """What a file holds, in euros, and the first of its faults; `more` counts those not told."""

    lines: int = 0
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    # Debit and credit of each account.
    accounts: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.faults


def check(
    lines: Iterable[bytes],
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    charset: str = CHARSET,
) -> Report:
    """Reads the whole file. Lines are those of the file, with or without their ends; days of the year, when
    they are given, hold every entry. Raises LookupError for a charset that does not exist."""
    reader = _Reader(starts_on, ends_on, charset)
    for raw in lines:
        reader.read(raw)
    return reader.report()


class _Reader:
    """Where the reading stands."""

    def __init__(self, starts_on: date | None, ends_on: date | None, charset: str) -> None:
        self.found = Report()
        self.charset = charset
        self.number = 0
        self.separator = ""
        self.signed = False
        self.first = f"{starts_on:%Y%m%d}" if starts_on else ""
        self.last = f"{ends_on:%Y%m%d}" if ends_on else "99999999"
        # Sums are in cents: whole numbers are exact and fast.
        self.entries: dict[tuple[str, str], int] = {}
        self.journals: dict[str, int] = {}
        self.accounts: dict[str, list[int]] = {}
        self.numbers: dict[str, tuple[int, str]] = {}
        self.validated = ""
        self.known_days: set[str] = {""}

    def read(self, raw: bytes) -> None:
        self.number += 1
        text = raw.decode(self.charset, errors="replace").rstrip("\r\n")
        if self.number == 1:
            self._read_names(text)
        elif self.separator:
            self._read_line(text)

    def report(self) -> Report:
        if self.number == 0:
            self._fault(FaultKind.EMPTY, line=0)
        for (journal, entry), cents in self.entries.items():
            self._unbalanced(FaultKind.ENTRY_BALANCE, f"{journal} {entry}", cents)
        for journal, cents in self.journals.items():
            if cents:
                self._unbalanced(FaultKind.JOURNAL_BALANCE, journal, cents)
        found = self.found
        found.lines = max(0, self.number - 1)
        found.accounts = {
            number: (_euros(sides[0]), _euros(sides[1])) for number, sides in sorted(self.accounts.items())
        }
        found.debit = _euros(sum(sides[0] for sides in self.accounts.values()))
        found.credit = _euros(sum(sides[1] for sides in self.accounts.values()))
        return found

    def _fault(self, kind: FaultKind, *, column: str = "", what: str = "", line: int | None = None) -> None:
        self._tell(Fault(kind, self.number if line is None else line, column, what[:_LONGEST]))

    def _unbalanced(self, kind: FaultKind, what: str, cents: int) -> None:
        """Known at the end only: no line is at fault."""
        self._tell(Fault(kind, what=what[:_LONGEST], gap=_euros(cents)))

    def _tell(self, fault: Fault) -> None:
        if len(self.found.faults) == MOST_FAULTS:
            self.found.more += 1
        else:
            self.found.faults.append(fault)

    def _read_names(self, text: str) -> None:
        for separator in SEPARATORS:
            names = tuple(name.strip() for name in text.split(separator))
            if names[: len(COLUMNS)] in {COLUMNS, SIGNED_COLUMNS}:
                self.separator = separator
                self.signed = names[11] == SIGNED_COLUMNS[11]
                return
        self._fault(FaultKind.COLUMNS, what=text)

    def _read_line(self, text: str) -> None:
        cells = text.split(self.separator)
        if len(cells) < len(COLUMNS):
            self._fault(FaultKind.FIELDS, what=str(len(cells)))
            return
        if _STRANGE.search(text):
            self._fault(FaultKind.CHARSET)
        self._read_cells(cells)
        self._read_number(cells)
        cents = self._cents(cells)
        if cents:
            self._add(cells, cents)

    def _read_cells(self, cells: list[str]) -> None:
        for place in _FILLED:
            if not cells[place].strip():
                self._fault(FaultKind.MISSING, column=COLUMNS[place])
        for place in _DAYS:
            day = cells[place]
            if day not in self.known_days:
                if _is_day(day):
                    self.known_days.add(day)
                else:
                    self._fault(FaultKind.DATE, column=COLUMNS[place], what=day)
        if not self.first <= cells[3] <= self.last:
            self._fault(FaultKind.OUTSIDE, column=COLUMNS[3], what=cells[3])
        if not _ACCOUNT.match(cells[4]):
            self._fault(FaultKind.ACCOUNT, column=COLUMNS[4], what=cells[4])
        if bool(cells[13].strip()) != bool(cells[14].strip()):
            self._fault(FaultKind.LETTERING, column=COLUMNS[13 if cells[14] else 14], what=cells[13])

    def _read_number(self, cells: list[str]) -> None:
        """Numbers follow one another in a journal, an entry has one day, the order is that of validation."""
        journal, number, day, validated = cells[0], cells[2], cells[3], cells[15]
        if number.isdecimal() and len(number) <= _MOST_DIGITS:
            value = int(number)
            last, last_day = self.numbers.get(journal, (value - 1, ""))
            if value == last and day != last_day:
                self._fault(FaultKind.TWO_DAYS, column=COLUMNS[3], what=f"{journal} {number}")
            elif value not in {last, last + 1}:
                self._fault(FaultKind.NUMBER_GAP, column=COLUMNS[2], what=f"{journal} {last + 1}")
            self.numbers[journal] = value, day
        # What was carried from the year before comes first, whenever it was validated.
        if _CARRIED in cells[1].casefold():
            return
        if validated < self.validated:
            self._fault(FaultKind.ORDER, column=COLUMNS[15], what=validated)
        self.validated = max(validated, self.validated)

    def _cents(self, cells: list[str]) -> tuple[int, int] | None:
        """Debit and credit in cents; nothing when they cannot be read, which is told."""
        first, second = cells[11], cells[12]
        if self.signed:
            side = _SIDES.get(second.strip())
            if side is None:
                self._fault(FaultKind.SIDE, column=SIGNED_COLUMNS[12], what=second)
                return None
            if not _AMOUNT.match(first):
                self._fault(FaultKind.AMOUNT, column=SIGNED_COLUMNS[11], what=first)
                return None
            amount = _read_cents(first)
            return (amount, 0) if side == 1 else (0, amount)
        for place, text in ((11, first), (12, second)):
            if text and not _AMOUNT.match(text):
                self._fault(FaultKind.AMOUNT, column=COLUMNS[place], what=text)
                return None
        debit, credit = _read_cents(first or "0"), _read_cents(second or "0")
        if debit and credit:
            self._fault(FaultKind.SIDES, column=COLUMNS[12], what=f"{first} / {second}")
        return debit, credit

    def _add(self, cells: list[str], cents: tuple[int, int]) -> None:
        debit, credit = cents
        key = cells[0], cells[2]
        left = self.entries.pop(key, 0) + debit - credit
        if left:
            self.entries[key] = left
        self.journals[cells[0]] = self.journals.get(cells[0], 0) + debit - credit
        sides = self.accounts.setdefault(cells[4], [0, 0])
        sides[0] += debit
        sides[1] += credit


def split_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a file read by blocks."""
    # Grows in place: a line without end is not copied again at each block.
    rest = bytearray()
    for block in blocks:
        *whole, last = block.split(b"\n")
        for line in whole:
            yield bytes(rest) + line
            rest.clear()
        rest += last
    if rest:
        yield bytes(rest)


def _is_day(text: str) -> bool:
    if len(text) != 8 or not text.isdecimal():
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True


def _read_cents(text: str) -> int:
    whole, _mark, cents = text.partition(",")
    sign = -1 if whole.startswith("-") else 1
    return int(whole) * 100 + sign * int(cents.ljust(2, "0") if cents else 0)


def _euros(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)
