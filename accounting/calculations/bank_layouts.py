"""How a bank writes its CSV files: which column says what, and how days and amounts are read there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from accounting.calculations.bank_statements import amount_said


@dataclass(frozen=True)
class Columns:
    """Columns are numbered from 1; one signed amount, or one column a side."""

    booked_on: int
    label: int
    value_on: int | None = None
    detail: int | None = None
    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    counterparty: int | None = None
    iban: int | None = None
    reference: int | None = None

    @property
    def most(self) -> int:
        most: int = max(rank for rank in vars(self).values() if rank is not None)
        return most


@dataclass(frozen=True)
class Layout:
    columns: Columns
    separator: str = ";"
    encoding: str = "utf-8-sig"
    header_lines: int = 1
    day_format: str = "%d/%m/%Y"
    decimal_sign: str = ","


_COMPACT, _COMPACT_LENGTH = "%Y%m%d", 8


def read_day(text: str, day_format: str) -> date | None:
    """The day, or None when it is written otherwise; « 2026312 » is no day."""
    if day_format == _COMPACT and len(text.strip()) != _COMPACT_LENGTH:
        return None
    try:
        return datetime.strptime(text.strip(), day_format).replace(tzinfo=UTC).date()
    except ValueError:
        return None


_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009'\u2019€\t\"")


def read_amount(text: str, decimal_sign: str) -> Decimal | None:
    """« 1 234,56 », « +12,30 », « -5.00 EUR », « (3,00) »; None when it is no amount to the cent."""
    plain = text.translate(_SPACES).upper().removesuffix("EUR")
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{plain[1:-1]}"
    if plain.endswith("-"):
        plain = f"-{plain[:-1]}"
    other = "." if decimal_sign == "," else ","
    return amount_said(plain.replace(other, "").replace(decimal_sign, "."))


def signed(debit: Decimal | None, credit: Decimal | None) -> Decimal | None:
    """One side of a line: a bank writes its debits with or without their sign. None when both say something,
    or neither."""
    out, into = abs(debit or Decimal(0)), abs(credit or Decimal(0))
    if bool(out) == bool(into):
        return None
    return into - out
