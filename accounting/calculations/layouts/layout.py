"""A layout read from its lines: every fault at its row, prefixes that meet, figures, accounts left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from accounting.calculations.layouts.faults import Fault, Unreadable, Wrong
from accounting.calculations.layouts.formulas import Formula, Value, counted, names_of, read_formula
from accounting.calculations.layouts.selections import Selection, read_selection
from cae.core.money import ZERO

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,19}")
HEADING, CREDIT, INCOME = "heading", "credit", "income"


@dataclass(frozen=True)
class Typed:
    """A line as it was typed: its words only."""

    code: str
    label: str = ""
    style: str = "line"
    accounts: str = ""
    side: str = CREDIT
    formula: str = ""
    in_percent: bool = False


@dataclass(frozen=True)
class Line:
    """A line that was read: accounts, or a formula, or nothing (a heading)."""

    code: str
    label: str
    style: str
    side: str
    in_percent: bool
    accounts: Selection | None = None
    formula: Formula | None = None

    @property
    def names(self) -> tuple[str, ...]:
        return names_of(self.formula) if self.formula else ()


@dataclass(frozen=True)
class Meeting:
    """Two lines that take the accounts of a prefix."""

    prefix: str
    first: str
    second: str


@dataclass(frozen=True)
class Coverage:
    """Accounts that moved: those that no line counts, and those that several do, with their codes."""

    left_out: tuple[str, ...] = ()
    doubled: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.left_out and not self.doubled


@dataclass(frozen=True)
class Layout:
    lines: tuple[Line, ...]
    # Codes in an order in which each formula comes after what it reads.
    order: tuple[str, ...] = ()
    by_code: Mapping[str, Line] = field(default_factory=dict)

    def figures(self, sums: Mapping[str, Decimal]) -> dict[str, Value]:
        """The figure of each line, from debits less credits by account (or result)."""
        found: dict[str, Value] = {}
        for code in self.order:
            line = self.by_code[code]
            if line.formula is not None:
                found[code] = counted(line.formula, found)
            elif line.accounts is not None:
                found[code] = _taken(line, line.accounts, sums)
        return found

    def behind(self, code: str) -> tuple[Selection, ...]:
        """The accounts that a figure comes from, through its formula and those that it reads."""
        line = self.by_code[code]
        if line.accounts is not None:
            return (line.accounts,)
        found = (one for name in line.names for one in self.behind(name))
        return tuple(dict.fromkeys(found))

    def coverage(self, keys: Iterable[str]) -> Coverage:
        """Whether each account that moved is counted once."""
        taking = [(line.code, line.accounts) for line in self.lines if line.accounts is not None]
        left_out, doubled = [], []
        for key in sorted(keys):
            codes = tuple(code for code, accounts in taking if accounts.takes(key))
            if not codes:
                left_out.append(key)
            elif len(codes) > 1:
                doubled.append((key, codes))
        return Coverage(tuple(left_out), tuple(doubled))

    def meetings(self) -> tuple[Meeting, ...]:
        """Prefixes that two lines take: told, since a « dont » line does it on purpose."""
        taking = [(line.code, line.accounts) for line in self.lines if line.accounts is not None]
        return tuple(
            Meeting(prefix, first, second)
            for rank, (first, one) in enumerate(taking)
            for second, other in taking[rank + 1 :]
            for prefix in one.meets(other)
        )


def _taken(line: Line, accounts: Selection, sums: Mapping[str, Decimal]) -> Decimal:
    whole = sum((amount for key, amount in sums.items() if accounts.takes(key)), ZERO)
    # Without the minus of a negative zero.
    return (-whole if line.side == CREDIT else whole) + ZERO


def read_layout(typed: Sequence[Typed], *, kind: str) -> tuple[Layout, list[Fault]]:
    """Reads every line; the layout may be used when there is no fault."""
    faults: list[Fault] = []
    lines = tuple(_line(row, one, kind, faults) for row, one in enumerate(typed))
    rows: dict[str, int] = {}
    for row, line in enumerate(lines):
        if not _CODE.fullmatch(line.code):
            faults.append(Fault(row, "code", Wrong.CODE_INVALID, line.code))
        elif line.code in rows:
            faults.append(Fault(row, "code", Wrong.CODE_TWICE, line.code))
        rows.setdefault(line.code, row)
    by_code = {code: lines[row] for code, row in rows.items()}
    faults.extend(_unknown(lines, by_code))
    order, circle = _ordered(by_code)
    faults.extend(Fault(rows[code], "formula", Wrong.FORMULA_CIRCLE, code) for code in circle)
    return Layout(lines, order, by_code), sorted(faults, key=lambda fault: (fault.row, fault.box))


def _line(row: int, typed: Typed, kind: str, faults: list[Fault]) -> Line:
    accounts: Selection | None = None
    formula: Formula | None = None
    try:
        accounts = read_selection(typed.accounts) if typed.accounts.strip() else None
    except Unreadable as unreadable:
        faults.append(Fault(row, "accounts", unreadable.code, unreadable.word))
    try:
        formula = read_formula(typed.formula) if typed.formula.strip() else None
    except Unreadable as unreadable:
        faults.append(Fault(row, "formula", unreadable.code, unreadable.word))
    line = Line(
        code=typed.code.strip().upper(),
        label=typed.label.strip(),
        style=typed.style,
        side=typed.side,
        in_percent=typed.in_percent,
        accounts=accounts,
        formula=formula,
    )
    wrong = _content(typed, line, kind)
    if wrong is not None:
        faults.append(Fault(row, *wrong))
    return line


def _content(typed: Typed, line: Line, kind: str) -> tuple[str, Wrong] | None:
    """What is wrong in what a line counts, however each box reads."""
    has_accounts, has_formula = bool(typed.accounts.strip()), bool(typed.formula.strip())
    if line.style == HEADING:
        return ("accounts", Wrong.HEADING_COUNTED) if has_accounts or has_formula else None
    if has_accounts and has_formula:
        return "formula", Wrong.CONTENT_BOTH
    if not has_accounts and not has_formula:
        return "accounts", Wrong.CONTENT_MISSING
    if line.in_percent and has_accounts:
        return "accounts", Wrong.PERCENT_OF_ACCOUNTS
    if kind == INCOME and line.accounts is not None and line.accounts.words:
        return "accounts", Wrong.RESULT_IN_INCOME
    return None


def _unknown(lines: Sequence[Line], by_code: Mapping[str, Line]) -> Iterable[Fault]:
    """Names that no line bears, or that a heading bears, which has no figure."""
    for row, line in enumerate(lines):
        for name in line.names:
            if name not in by_code or by_code[name].style == HEADING:
                yield Fault(row, "formula", Wrong.FORMULA_NAME_UNKNOWN, name)


def _ordered(by_code: Mapping[str, Line]) -> tuple[tuple[str, ...], Collection[str]]:
    """Codes, each after those that it reads; then those that wait for each other."""
    found: list[str] = []
    waiting = dict(by_code)
    while ready := [
        code
        for code, line in waiting.items()
        if all(name in found or name not in by_code for name in line.names)
    ]:
        found.extend(ready)
        for code in ready:
            del waiting[code]
    return tuple(found), tuple(waiting)
