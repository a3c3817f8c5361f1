"""What may be wrong with an expense, from what is known of it; none of it stops a draft. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from cae.core.money import ZERO
from invoicing.calculations.expenses import above_limit


class ExpenseFlag(StrEnum):
    """What is said of a line while it is typed, and to whoever checks it; none of it is stored."""

    NO_VOUCHER = "no_voucher"
    OVER_LIMIT = "over_limit"
    TWIN = "twin"
    SAME_FILE = "same_file"
    NO_VAT = "no_vat"
    OTHER_MONTH = "other_month"
    NO_GUESTS = "no_guests"


@dataclass(frozen=True, slots=True)
class ExpenseFacts:
    """An expense, what its kind asks for, and what stands beside it. `month`: the first day of its claim."""

    on: date
    month: date
    amount: Decimal
    tax: Decimal
    recovery: Decimal
    needs_voucher: bool = False
    has_voucher: bool = False
    needs_guests: bool = False
    has_guests: bool = False
    limit: Decimal | None = None
    # What the person already spent within the span of the limit.
    spent: Decimal = ZERO
    has_twin: bool = False
    has_same_file: bool = False


def flags_of(facts: ExpenseFacts) -> list[ExpenseFlag]:
    """Gives the warnings, those that stop a submission first."""
    found = {
        ExpenseFlag.NO_VOUCHER: facts.needs_voucher and not facts.has_voucher,
        ExpenseFlag.NO_GUESTS: facts.needs_guests and not facts.has_guests,
        ExpenseFlag.SAME_FILE: facts.has_same_file,
        ExpenseFlag.TWIN: facts.has_twin,
        ExpenseFlag.OVER_LIMIT: excess(facts) > 0,
        ExpenseFlag.NO_VAT: facts.tax > 0 and facts.recovery < 1,
        ExpenseFlag.OTHER_MONTH: (facts.on.year, facts.on.month) != (facts.month.year, facts.month.month),
    }
    return [flag for flag, holds in found.items() if holds]


def excess(facts: ExpenseFacts) -> Decimal:
    """Gives by how much the expense goes over the limit of its kind; zero without one."""
    return ZERO if facts.limit is None else above_limit(facts.limit, facts.amount, facts.spent)
