"""A ledger kept elsewhere, read line by line into entries.

Knows the columns of the FEC (LPF art. A47 A-1) and the usual ones of other programs; a file without days is
a balance, which makes one entry at the end of its period.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from accounting.calculations.entries import EntryDraft, LineDraft, gaps, merged, total
from cae.core.money import CENT, ZERO

# Beyond so many the file is wrong as a whole, and the following faults teach nothing.
MOST_FAULTS = 100
# The rank of a line is a small number, and the amount of an entry has ten digits before its cents.
MOST_LINES, MOST_TOTAL = 32_000, Decimal(10**10)
LONGEST = 80
# Of how a file names an entry, its journal first.
LONGEST_KEY = 120

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009€]")
_AMOUNT = re.compile(r"[+-]?(?:\d{1,9}(?:[.,]\d{0,2})?|[.,]\d{1,2})")
_DAYS = (
    re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"),
)
_SIDES = {"D": 1, "+1": 1, "1": 1, "DEBIT": 1, "C": -1, "-1": -1, "CREDIT": -1}


class FaultKind(StrEnum):
    """What may be wrong; whoever shows it says it in words."""

    UNREADABLE = "unreadable"
    MISSING = "missing"
    DATE = "date"
    OUTSIDE = "outside"
    CLOSED = "closed"
    AMOUNT = "amount"
    SIDE = "side"
    ACCOUNT = "account"
    SECTION = "section"
    TWO_DAYS = "two_days"
    NAME = "name"
    LONG = "long"
    BALANCE = "balance"
    SECTION_BALANCE = "section_balance"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Fault:
    """`line` is that of the file, 0 where it is the books that are at fault; `column` the code of a column;
    `what` stands there, `more` beside it; `gap` is what lacks for a balance."""

    kind: FaultKind
    line: int = 0
    column: str = ""
    what: str = ""
    more: str = ""
    gap: Decimal = ZERO


@dataclass
class Faults:
    """The first ones, and how many in all."""

    told: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, fault: Fault) -> None:
        self.count += 1
        if len(self.told) < MOST_FAULTS:
            self.told.append(fault)


@dataclass(frozen=True)
class FileLine:
    """One line as its columns give it; `fault` says why it could not be read."""

    number: int
    cells: Mapping[str, str]
    fault: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "").strip()


@dataclass(frozen=True)
class Terms:
    """What the file is read against: days, what the books know, what its lines leave out."""

    starts_on: date
    ends_on: date
    # Gives the number of our account, or nothing; likewise the key of a section.
    account: Callable[[str], str]
    section: Callable[[str], int | None]
    journals: frozenset[str]
    journal: str
    default_section: int
    # What an entry that says nothing of itself is called.
    label: str
    # Whether the file has days: it is a balance otherwise.
    has_days: bool = True


@dataclass(frozen=True)
class ReadEntry:
    """One entry of the file: how the file names it, what it would post, the line where it begins."""

    key: str
    draft: EntryDraft
    line: int
    digest: str

    @property
    def total(self) -> Decimal:
        return total(self.draft.lines)


@dataclass
class _Group:
    """The lines of one entry, as they come."""

    journal: str
    on: date
    line: int
    label: str
    piece: str
    lines: list[LineDraft] = field(default_factory=list)


def read_entries(lines: Iterable[FileLine], terms: Terms, faults: Faults) -> list[ReadEntry]:
    """Gives the entries of the file in the order of their days; adds to `faults` what is wrong."""
    groups: dict[str, _Group] = {}
    # Entries that lack a line: whether they balance teaches nothing. A line without name may be of any.
    broken: set[str] = set()
    for line in lines:
        before = faults.count
        key = _read_line(line, terms, groups, faults)
        if faults.count > before:
            broken.add(key)
    found = []
    for key, group in groups.items():
        read = None if broken & {key, ""} else _entry(key, group, faults)
        if read is not None:
            found.append(read)
    return sorted(found, key=lambda one: (one.draft.on, one.line))


def _read_line(line: FileLine, terms: Terms, groups: dict[str, _Group], faults: Faults) -> str:
    """Adds the line to its entry, whose name it gives."""
    if line.fault:
        faults.add(Fault(FaultKind.UNREADABLE, line.number, what=line.fault))
        return ""
    before = faults.count
    on = _day_of(line, terms, faults)
    signed = _signed(line, faults)
    account = _account_of(line, terms, faults)
    section = _section_of(line, terms, faults)
    due_on = _due_of(line, faults)
    key = _key_of(line, terms, faults)
    if faults.count > before or on is None or section is None:
        return key
    group = groups.get(key)
    if group is None:
        journal = line["journal"].upper()
        group = groups[key] = _Group(
            journal=journal if journal in terms.journals else terms.journal,
            on=on,
            line=line.number,
            label=line["label"] or terms.label,
            piece=line["piece"] or line["number"],
        )
    if on != group.on:
        faults.add(Fault(FaultKind.TWO_DAYS, line.number, "on", key))
    if signed:
        group.lines.append(
            LineDraft(
                account=account,
                analytic_id=section,
                debit=max(signed, ZERO),
                credit=max(-signed, ZERO),
                due_on=due_on,
                party=line["party"][:200],
                label=line["label"][:200],
            )
        )
    return key


def _key_of(line: FileLine, terms: Terms, faults: Faults) -> str:
    """How the file names the entry of a line; nothing when it does not, or in too many words."""
    if not terms.has_days:
        return f"balance {terms.starts_on:%Y-%m-%d}"
    name = line["number"] or line["piece"]
    if not name:
        faults.add(Fault(FaultKind.MISSING, line.number, "number"))
        return ""
    key = f"{line['journal']} {name}".strip()
    if len(key) > LONGEST_KEY:
        faults.add(Fault(FaultKind.NAME, line.number, "number", key[:LONGEST]))
        return ""
    return key


def _day_of(line: FileLine, terms: Terms, faults: Faults) -> date | None:
    if not terms.has_days:
        return terms.ends_on
    text = line["on"]
    if not text:
        faults.add(Fault(FaultKind.MISSING, line.number, "on"))
        return None
    on = read_day(text)
    if on is None:
        faults.add(Fault(FaultKind.DATE, line.number, "on", text[:LONGEST]))
    elif not terms.starts_on <= on <= terms.ends_on:
        faults.add(Fault(FaultKind.OUTSIDE, line.number, "on", text[:LONGEST]))
    return on


def _due_of(line: FileLine, faults: Faults) -> date | None:
    text = line["due_on"]
    due_on = read_day(text) if text else None
    if text and due_on is None:
        faults.add(Fault(FaultKind.DATE, line.number, "due_on", text[:LONGEST]))
    return due_on


def _account_of(line: FileLine, terms: Terms, faults: Faults) -> str:
    text = line["account"]
    if not text:
        faults.add(Fault(FaultKind.MISSING, line.number, "account"))
        return ""
    account = terms.account(text)
    if not account:
        faults.add(Fault(FaultKind.ACCOUNT, line.number, "account", text[:LONGEST]))
    return account


def _section_of(line: FileLine, terms: Terms, faults: Faults) -> int | None:
    text = line["section"]
    if not text:
        return terms.default_section
    section = terms.section(text)
    if section is None:
        faults.add(Fault(FaultKind.SECTION, line.number, "section", text[:LONGEST]))
    return section


def _signed(line: FileLine, faults: Faults) -> Decimal:
    """Debit less credit, from one column a side, or from an amount with its side or its sign."""
    found = {}
    for column in ("debit", "credit", "amount"):
        text = line[column]
        amount = read_amount(text) if text else ZERO
        if amount is None:
            faults.add(Fault(FaultKind.AMOUNT, line.number, column, text[:LONGEST]))
            return ZERO
        found[column] = amount
    side = line["side"].upper()
    if side and side not in _SIDES:
        faults.add(Fault(FaultKind.SIDE, line.number, "side", side[:LONGEST]))
        return ZERO
    return found["debit"] - found["credit"] + found["amount"] * _SIDES.get(side, 1)


def _entry(key: str, group: _Group, faults: Faults) -> ReadEntry | None:
    """The entry, or nothing when it moves nothing or is at fault."""
    lines = merged(group.lines)
    if not lines:
        return None
    if len(lines) > MOST_LINES or total(lines) >= MOST_TOTAL:
        faults.add(Fault(FaultKind.LONG, group.line, what=key))
        return None
    whole = sum((line.signed for line in lines), ZERO)
    if whole:
        faults.add(Fault(FaultKind.BALANCE, group.line, what=key, gap=whole))
        return None
    for section, gap in gaps(lines).items():
        faults.add(Fault(FaultKind.SECTION_BALANCE, group.line, what=key, more=str(section), gap=gap))
        return None
    draft = EntryDraft(group.journal, group.on, group.label[:200], lines, piece=group.piece[:60])
    return ReadEntry(key, draft, group.line, digest_of(draft))


def digest_of(draft: EntryDraft) -> str:
    """The same for the same journal, day, words and lines, in whatever order the lines stand."""
    lines = sorted(
        "\x1f".join(
            (
                line.account,
                str(line.analytic_id),
                str(line.signed),
                str(line.due_on or ""),
                line.party,
                line.label,
            )
        )
        for line in draft.lines
    )
    text = "\x1e".join((draft.journal, draft.on.isoformat(), draft.label, draft.piece, *lines))
    return hashlib.sha256(text.encode()).hexdigest()


def read_day(text: str) -> date | None:
    """« 20261231 », « 31/12/2026 », « 2026-12-31 »; None for anything else."""
    for shape in _DAYS:
        found = shape.fullmatch(text)
        if found:
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                return None
    return None


def read_amount(text: str) -> Decimal | None:
    """« 1 234,56 », « -5.00 »; None when it is no amount to the cent."""
    plain = _SPACES.sub("", text)
    return Decimal(plain.replace(",", ".")).quantize(CENT) if _AMOUNT.fullmatch(plain) else None


def account_finder(numbers: Iterable[str]) -> Callable[[str], str]:
    """Finds an account as another program writes it: the same number, or the same but for the noughts that
    fill it up on the right, when a single account answers."""
    exact = set(numbers)
    bare: dict[str, list[str]] = {}
    for number in exact:
        bare.setdefault(number.rstrip("0"), []).append(number)

    def find(text: str) -> str:
        if text in exact:
            return text
        alike = bare.get(text.rstrip("0"), [])
        return alike[0] if len(alike) == 1 and text.isdecimal() else ""

    return find
