"""What a file of a bank says once it is read, how a line is known again, and whether the balance runs on."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise

from cae.core.money import CENT, ZERO

# No movement is larger: the books hold ten digits of euros.
_MOST = Decimal("9999999999.99")


class Fault(StrEnum):
    """Why a file is refused whole; the service says each in a sentence."""

    NOT_A_STATEMENT = "not_a_statement"
    TRUNCATED = "truncated"
    NO_BALANCE = "no_balance"
    OTHER_CURRENCY = "other_currency"
    WRONG_DAY = "wrong_day"
    WRONG_AMOUNT = "wrong_amount"
    COLUMN_MISSING = "column_missing"
    WRONG_ENCODING = "wrong_encoding"


class Unreadable(Exception):
    """Raised by the engines: what is wrong, on which line or with which words."""

    def __init__(self, fault: Fault, found: str = "", *, line: int = 0) -> None:
        super().__init__(fault)
        self.fault, self.found, self.line = fault, found, line


def amount_said(text: str) -> Decimal | None:
    """An amount written with a point; None when it is none, has less than cents or is more than is kept."""
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return None
    if not amount.is_finite() or abs(amount) > _MOST or amount % CENT:
        return None
    return amount.quantize(CENT)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One movement of a file."""

    booked_on: date
    amount: Decimal
    label: str
    value_on: date | None = None
    counterparty: str = ""
    iban: str = ""
    reference: str = ""
    end_to_end: str = ""
    raw: str = ""


@dataclass(frozen=True)
class ReadStatement:
    """What a file says of one account: `account` is its IBAN, or the number that OFX gives of it."""

    account: str
    lines: tuple[ReadLine, ...]
    closing: Decimal
    opening: Decimal | None = None

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines), ZERO)


def names_account(said: str, iban: str) -> bool:
    """Tells whether what a file says of its account is this IBAN, or the number of it: a file of OFX says the
    national number (bank, branch, account), with or without its key."""
    number = "".join(said.split()).upper()
    return bool(number) and (number == iban or (len(number) >= 10 and number in iban[4:]))


def joined(statements: Sequence[ReadStatement]) -> ReadStatement:
    """One statement for an account of which a file says several days. Raises Unreadable when one of them does
    not begin where the one before ends."""
    ordered = sorted(
        statements, key=lambda one: min((line.booked_on for line in one.lines), default=date.max)
    )
    whole = [one for one in ordered if one.lines] or ordered[:1]
    for former, latter in pairwise(whole):
        if former.closing != latter.opening:
            raise Unreadable(Fault.TRUNCATED)
    lines = tuple(line for one in whole for line in one.lines)
    return ReadStatement(whole[0].account, lines, whole[-1].closing, whole[0].opening)


def fingerprints(iban: str, lines: Iterable[ReadLine]) -> list[str]:
    """What makes each line known again. Two lines of a file may say the same (two parkings on one day): their
    rank among equals tells them apart, and the same file gives the same ranks."""
    seen: Counter[str] = Counter()
    prints = []
    for line in lines:
        said = [
            iban,
            line.booked_on.isoformat(),
            str(line.amount),
            " ".join(line.label.upper().split()),
            line.reference,
            line.end_to_end,
        ]
        facts = json.dumps(said, ensure_ascii=False)
        seen[facts] += 1
        prints.append(hashlib.sha256(f"{facts}#{seen[facts]}".encode()).hexdigest())
    return prints


@dataclass(frozen=True)
class Run:
    """How the balance runs: from where to where; `gap` is what is missing or too much, `where` says whether
    the file itself does not add up (« inside ») or does not continue the one before (« after »)."""

    opening: Decimal
    closing: Decimal
    gap: Decimal = ZERO
    where: str = ""


def run_of(read: ReadStatement, *, new_total: Decimal, last_closing: Decimal | None) -> Run:
    """Checks a statement, whose lines not known yet sum to `new_total`, after an account whose last closing
    is known. An opening that the file does not say is what its lines and its closing make it."""
    opening = read.closing - read.total if read.opening is None else read.opening
    inside = read.closing - opening - read.total
    if inside:
        return Run(opening, read.closing, inside, "inside")
    begun = opening if last_closing is None else last_closing
    after = read.closing - begun - new_total
    return Run(begun, read.closing, after, "after" if after else "")
