"""What the payroll software says of a month: slips of a summary or lines of a journal, and their entries.

Nothing here knows the database: sections and accounts are those that the caller names (ACC-27)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from accounting.calculations.entries import LineDraft, credit, debit
from cae.core.money import ZERO, share


class FaultKind(StrEnum):
    """Why a file is refused as a whole."""

    COLUMN = "column"
    AMOUNT = "amount"
    NUMBER = "number"
    TWICE = "twice"
    NET = "net"
    SLIP = "slip"
    BALANCE = "balance"
    SECTION = "section"
    EMPTY = "empty"


class Fault(Exception):
    """What is wrong, at which line of the file, about what."""

    def __init__(self, kind: FaultKind, line: int = 0, about: str = "") -> None:
        super().__init__(kind)
        self.kind, self.line, self.about = kind, line, about


@dataclass(frozen=True)
class Slip:
    """What one payslip comes to."""

    line: int
    number: str
    gross: Decimal
    employee: Decimal
    employer: Decimal
    net_paid: Decimal
    withholding: Decimal = ZERO
    rgdu: Decimal = ZERO

    @property
    def cost(self) -> Decimal:
        return self.gross + self.employer


@dataclass(frozen=True)
class Beside:
    """What is paid or held beside the gross, as the pay was sent."""

    expenses: Decimal = ZERO
    daily: Decimal = ZERO
    shares: Decimal = ZERO

    @property
    def signed(self) -> Decimal:
        return self.expenses + self.daily - self.shares


@dataclass(frozen=True)
class Weights:
    """The sections of a person with what each bears of their gross; `main` bears the rest."""

    main: int
    shared: int
    parts: Mapping[int, Decimal] = field(default_factory=dict)

    @property
    def by_section(self) -> dict[int, Decimal]:
        """Of the sections that bear something; the main one alone when none does."""
        found = {section: weight for section, weight in self.parts.items() if weight > 0}
        return found or {self.main: Decimal(1)}


@dataclass(frozen=True)
class Line:
    """A line of an accounting journal of pay; no section on an account that has none in the software."""

    line: int
    number: str
    account: str
    section: int | None
    debit: Decimal
    credit: Decimal

    @property
    def signed(self) -> Decimal:
        return self.debit - self.credit


# A row of the file: its number there and the value of a column, as text.
Row = tuple[int, Callable[[str], str]]
Read = Callable[[str], Decimal]


def slips_of(rows: Iterable[Row], read: Read) -> list[Slip]:
    """The slips of a summary, one a person. `read` reads an amount. Raises Fault, ValueError never."""
    found: dict[str, Slip] = {}
    for line, cell in rows:
        slip = _slip(line, cell, read)
        if slip.number in found:
            raise Fault(FaultKind.TWICE, line, slip.number)
        found[slip.number] = slip
    if not found:
        raise Fault(FaultKind.EMPTY)
    return list(found.values())


def _slip(line: int, cell: Callable[[str], str], read: Read) -> Slip:
    number = cell("number").upper()
    if not number:
        raise Fault(FaultKind.NUMBER, line)
    values = {
        name: _amount(line, name, cell, read)
        for name in ("gross", "employee", "employer", "net_paid", "withholding", "rgdu", "net")
    }
    before = values.pop("net")
    # The column of the net before withholding is optional: the sum says it.
    if cell("net") and before != values["gross"] - values["employee"]:
        raise Fault(FaultKind.NET, line, number)
    return Slip(line, number, **values)


def _amount(line: int, name: str, cell: Callable[[str], str], read: Read) -> Decimal:
    text = cell(name)
    if not text:
        return ZERO
    try:
        return read(text)
    except ValueError as error:
        raise Fault(FaultKind.AMOUNT, line, text[:30]) from error


def lines_of(rows: Iterable[Row], read: Read, sections: Mapping[str, int]) -> list[Line]:
    """The lines of a journal. Raises Fault: no number, an amount, a section nobody knows, no balance."""
    found = [_line(line, cell, read, sections) for line, cell in rows]
    if not found:
        raise Fault(FaultKind.EMPTY)
    gap = sum((one.signed for one in found), ZERO)
    if gap:
        raise Fault(FaultKind.BALANCE, 0, str(gap))
    for number, lines in by_number(found).items():
        if sum((one.signed for one in lines), ZERO):
            raise Fault(FaultKind.SLIP, lines[0].line, number)
    return found


def _line(line: int, cell: Callable[[str], str], read: Read, sections: Mapping[str, int]) -> Line:
    number, code = cell("number").upper(), cell("section").upper()
    if not number:
        raise Fault(FaultKind.NUMBER, line)
    if code and code not in sections:
        raise Fault(FaultKind.SECTION, line, code[:30])
    amounts = [_amount(line, name, cell, read) for name in ("debit", "credit")]
    signed = amounts[0] - amounts[1]
    return Line(line, number, cell("account"), sections.get(code), max(signed, ZERO), max(-signed, ZERO))


def by_number(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for one in lines:
        found[one.number].append(one)
    return dict(found)


def slip_of(lines: Sequence[Line], held: Decimal = ZERO) -> Slip:
    """What the lines of one person come to; `held` is what `without_shares` left on 421."""
    gross, due = _sum(lines, "641"), -_sum(lines, "421")
    withholding = -_sum(lines, "4421")
    charges = _sum(lines, "6") - gross
    return Slip(
        line=lines[0].line,
        number=lines[0].number,
        gross=gross,
        employee=gross - withholding - due,
        employer=charges,
        net_paid=due - held,
        withholding=withholding,
    )


def _sum(lines: Iterable[Line], prefix: str) -> Decimal:
    return sum((one.signed for one in lines if one.account.startswith(prefix)), ZERO)


def check_net(slip: Slip, beside: Beside) -> None:
    """What is paid is the gross less what is taken from it, and what is paid or held beside. Raises Fault."""
    if slip.gross - slip.employee - slip.withholding + beside.signed != slip.net_paid:
        raise Fault(FaultKind.SLIP, slip.line, slip.number)


def entry_of_slip(slip: Slip, beside: Beside, weights: Weights, who: str) -> tuple[LineDraft, ...]:
    """The lines of one payslip: each section bears its part of everything, the main one what is beside."""
    sections = weights.by_section
    keys, parts = list(sections), list(sections.values())
    lines: list[LineDraft] = []
    amounts = (slip.gross, slip.employee, slip.employer, slip.withholding)
    shares = zip(keys, *(share(amount, parts) for amount in amounts), strict=True)
    for section, gross, employee, employer, withheld in shares:
        lines += [
            debit("gross_pay", section, gross),
            debit("employer_charges", section, employer),
            credit("social_bodies", section, employee + employer),
            credit("tax_withheld", section, withheld),
            credit("pay_due", section, gross - employee - withheld, party=who),
        ]
    lines += [
        debit("claimant", weights.main, beside.expenses, party=who),
        credit("pay_due", weights.main, beside.expenses, party=who),
        debit("social_bodies", weights.main, beside.daily),
        credit("pay_due", weights.main, beside.daily, party=who),
    ]
    return tuple(one for one in [*lines, *held_lines(beside.shares, weights, who)] if one.signed)


def held_lines(amount: Decimal, weights: Weights, who: str) -> list[LineDraft]:
    """What is held for shares leaves the section that owes it for the shared one, where the capital is."""
    if not amount or weights.main == weights.shared:
        return []
    return [
        debit("pay_due", weights.main, amount, party=who),
        credit("internal_link", weights.main, amount),
        debit("internal_link", weights.shared, amount),
        credit("pay_due", weights.shared, amount, party=who),
    ]


def without_shares(lines: Sequence[Line]) -> tuple[list[Line], Decimal]:
    """The lines with what they put on an account of capital (456) left on that of the person (421), and how
    much it is: the room above frees the shares with its own entry."""
    held = -_sum(lines, _CAPITAL)
    return [replace(one, account=_DUE) if one.account.startswith(_CAPITAL) else one for one in lines], held


# Associates' accounts, and what is due to people.
_CAPITAL, _DUE = "456", "421000"


def entry_of_lines(lines: Sequence[Line], weights: Weights, who: str) -> tuple[LineDraft, ...]:
    """The entry of the lines of one person: those without a section are shared as their costs are, the last
    one of them taking what balances each section."""
    placed: dict[int, Decimal] = defaultdict(lambda: ZERO)
    drafts: list[LineDraft] = []
    costs: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for one in lines:
        if one.section is not None:
            drafts.append(debit(one.account, one.section, one.signed, party=who))
            placed[one.section] += one.signed
            if one.account.startswith("6"):
                costs[one.section] += one.signed
    loose = [one for one in lines if one.section is None]
    keys = Weights(weights.main, weights.shared, costs or weights.parts).by_section
    for one in loose[:-1]:
        for section, part in zip(keys, share(one.signed, list(keys.values())), strict=True):
            drafts.append(debit(one.account, section, part, party=who))
            placed[section] += part
    for section in {**keys, **placed} if loose else ():
        drafts.append(debit(loose[-1].account, section, -placed[section], party=who))
        placed[section] = ZERO
    if any(placed.values()):
        raise Fault(FaultKind.SLIP, lines[0].line, lines[0].number)
    return tuple(one for one in drafts if one.signed)
