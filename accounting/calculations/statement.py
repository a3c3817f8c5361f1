"""The figures of an activity: from sums by account to sales, VAT, contribution, result, receivables and cash.

Source of the groups of accounts: French chart of accounts (PCG) and domain.md 4.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cae.core.money import ZERO
from cae.core.periods import Month


@dataclass(frozen=True)
class AccountSum:
    """Debits and credits of one account: of the month, of the year to date, and since the beginning."""

    number: str
    kind: str
    role: str
    month: Decimal
    year: Decimal
    ever: Decimal


@dataclass(frozen=True)
class MonthSum:
    """Debits less credits of one account in one month; without month, in all that came before those told."""

    number: str
    kind: str
    role: str
    month: Month | None
    sum: Decimal


@dataclass(frozen=True)
class Flow:
    """A figure that is counted over a period."""

    month: Decimal
    year: Decimal


@dataclass(frozen=True)
class Statement:
    sales: Flow
    costs: Flow
    contribution: Flow
    levies: Flow
    pay: Flow
    inside: Flow
    shares: Flow
    result: Flow
    vat_collected: Decimal
    vat_waiting: Decimal
    receivables: Decimal
    cash: Decimal


def is_internal(row: AccountSum) -> bool:
    """Exchanges inside the one legal person: neither a sale nor a purchase."""
    between = is_contribution(row) or is_levy(row) or is_inside(row) or is_share(row)
    return between or row.role == "internal_link"


def is_inside(row: AccountSum) -> bool:
    """What one activity sold to another, or bought from it (INV-31)."""
    return row.role in {"inside_charge", "inside_income"}


def is_share(row: AccountSum) -> bool:
    """What a collective hands over to its members, or what one of them receives (ENT-44)."""
    return row.role in {"share_charge", "share_income"}


def is_sale(row: AccountSum) -> bool:
    return row.kind == "income" and not is_internal(row)


def is_cost(row: AccountSum) -> bool:
    return row.kind == "expense" and not is_internal(row) and not is_pay(row)


def is_pay(row: AccountSum) -> bool:
    """Cost of pay: account 64."""
    return row.number.startswith("64")


def is_contribution(row: AccountSum) -> bool:
    """What the activity gives, or what the shared services receive (negative there)."""
    return row.role in {"internal_charge", "internal_income"}


def is_levy(row: AccountSum) -> bool:
    """What the cooperative takes beside the contribution (ACC-21)."""
    return row.role in {"levy_charge", "levy_income"}


def is_result(row: AccountSum) -> bool:
    return row.kind in {"income", "expense"}


def is_vat_collected(row: AccountSum) -> bool:
    return row.role == "vat_collected"


def is_vat_waiting(row: AccountSum) -> bool:
    return row.role == "vat_pending"


def is_receivable(row: AccountSum) -> bool:
    """« Clients à encaisser »: account 41."""
    return row.number.startswith("41")


def is_cash(row: AccountSum) -> bool:
    """« Trésorerie »: class 5."""
    return row.number.startswith("5")


def flows_told(*statements: Statement) -> tuple[str, ...]:
    """The flows worth a line: levies, sales inside and shares concern some alone."""
    return tuple(
        name
        for name in FLOWS
        if name not in _SELDOM or any(getattr(one, name) != NOTHING for one in statements)
    )


Choice = Callable[[AccountSum], bool]

# What is counted over a period, in the order in which it is read; then what stands at its end.
FLOWS = ("sales", "costs", "contribution", "levies", "pay", "inside", "shares", "result")
_SELDOM = frozenset({"levies", "inside", "shares"})
NOTHING = Flow(ZERO, ZERO)
STANDINGS = ("cash", "receivables", "vat_collected", "vat_waiting")

# One table for the figures and for the entries behind them, so that both always agree.
FIGURES: dict[str, Choice] = {
    "sales": is_sale,
    "costs": is_cost,
    "contribution": is_contribution,
    "levies": is_levy,
    "pay": is_pay,
    "inside": is_inside,
    "shares": is_share,
    "result": is_result,
    "vat_collected": is_vat_collected,
    "vat_waiting": is_vat_waiting,
    "receivables": is_receivable,
    "cash": is_cash,
}


def statement_at(sums: Iterable[MonthSum], month: Month) -> Statement:
    """The statement of a month, from the sums of each month since the beginning."""
    start = Month(month.year, 1)
    found: dict[tuple[str, str, str], list[Decimal]] = {}
    for one in sums:
        if one.month is not None and one.month > month:
            continue
        totals = found.setdefault((one.number, one.kind, one.role), [ZERO, ZERO, ZERO])
        if one.month == month:
            totals[0] += one.sum
        if one.month is not None and one.month >= start:
            totals[1] += one.sum
        totals[2] += one.sum
    return statement(AccountSum(*account, *totals) for account, totals in found.items())


def sales_of_months(sums: Iterable[MonthSum], months: Sequence[Month]) -> list[Decimal]:
    """What was sold in each of these months, without tax."""
    found = dict.fromkeys(months, ZERO)
    for one in sums:
        if one.month in found and is_sale(AccountSum(one.number, one.kind, one.role, ZERO, ZERO, ZERO)):
            found[one.month] -= one.sum
    return list(found.values())


def statement(rows: Iterable[AccountSum]) -> Statement:
    """Sums are debit less credit: income and debts are shown with their sign turned."""
    rows = tuple(rows)
    return Statement(
        sales=_flow(rows, is_sale, -1),
        costs=_flow(rows, is_cost, 1),
        contribution=_flow(rows, is_contribution, 1),
        levies=_flow(rows, is_levy, 1),
        pay=_flow(rows, is_pay, 1),
        inside=_flow(rows, is_inside, -1),
        shares=_flow(rows, is_share, -1),
        result=_flow(rows, is_result, -1),
        vat_collected=_balance(rows, is_vat_collected, -1),
        vat_waiting=_balance(rows, is_vat_waiting, -1),
        receivables=_balance(rows, is_receivable, 1),
        cash=_balance(rows, is_cash, 1),
    )


def _flow(rows: tuple[AccountSum, ...], choice: Choice, sign: int) -> Flow:
    chosen = [row for row in rows if choice(row)]
    return Flow(
        month=_signed(sign, sum((row.month for row in chosen), ZERO)),
        year=_signed(sign, sum((row.year for row in chosen), ZERO)),
    )


def _balance(rows: tuple[AccountSum, ...], choice: Choice, sign: int) -> Decimal:
    return _signed(sign, sum((row.ever for row in rows if choice(row)), ZERO))


def _signed(sign: int, amount: Decimal) -> Decimal:
    """Without the minus of a negative zero."""
    return sign * amount + ZERO
