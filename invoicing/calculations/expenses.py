"""What an expense comes to: tax inside a gross amount, the part that is the activity's, the VAT it gets back,
limits, twins. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cae.core.money import ZERO, cents


@dataclass(frozen=True, slots=True)
class Worth:
    """What a line comes to, in euros: `net + tax == amount`, `deductible <= tax`."""

    net: Decimal
    tax: Decimal
    amount: Decimal
    deductible: Decimal


def worth(gross: Decimal, tax: Decimal, *, business_share: Decimal, recovery: Decimal) -> Worth:
    """Gives what the activity takes of a receipt. Net and tax are each rounded half up, the amount adds them;
    what it gets back is rounded once, on the tax of the receipt."""
    net = cents((gross - tax) * business_share)
    kept_tax = cents(tax * business_share)
    return Worth(net, kept_tax, net + kept_tax, cents(tax * business_share * recovery))


def tax_within(gross: Decimal, rate: Decimal) -> Decimal:
    """Gives the tax inside an amount that includes it: 24,00 € at 20 % holds 4,00 €."""
    return cents(gross - gross / (1 + rate))


def gross_of(net: Decimal, rate: Decimal) -> Decimal:
    """Gives the amount with tax of a net one."""
    return net + cents(net * rate)


def flat_gross(quantity: Decimal, unit_amount: Decimal) -> Decimal:
    """Gives a flat allowance: so many meals, nights, days or months."""
    return cents(quantity * unit_amount)


@dataclass(frozen=True, slots=True)
class Counted:
    """An expense, as the sums of a claim see it. `refused` counts for nothing."""

    amount: Decimal
    is_own: bool = True
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ClaimTotals:
    """Euros: all that counts, what the person is given back, what others had paid."""

    total: Decimal
    to_refund: Decimal
    paid_by_others: Decimal


def claim_totals(lines: Iterable[Counted]) -> ClaimTotals:
    """Adds the rounded lines: what is printed adds up to the printed total."""
    kept = [line for line in lines if not line.refused]
    total = sum((line.amount for line in kept), ZERO)
    own = sum((line.amount for line in kept if line.is_own), ZERO)
    return ClaimTotals(total, own, total - own)


@dataclass(frozen=True, slots=True)
class Refund:
    """What is left of a claim once some was paid; `state` is to_pay, partly_paid or paid."""

    paid: Decimal
    due: Decimal
    state: str


def refund_of(total: Decimal, payments: Iterable[Decimal]) -> Refund:
    paid = sum(payments, ZERO)
    if paid >= total:
        return Refund(paid, total - paid, "paid")
    return Refund(paid, total - paid, "partly_paid" if paid else "to_pay")


@dataclass(frozen=True, slots=True)
class Spent:
    """An expense already written by the person, of one kind."""

    on: date
    amount: Decimal


def spent_within(per: str, day: date, others: Iterable[Spent]) -> Decimal:
    """Gives what the others come to over the span of a limit (line, day, month, year) around a day."""
    spans: dict[str, Callable[[Spent], bool]] = {
        "line": lambda _one: False,
        "day": lambda one: one.on == day,
        "month": lambda one: (one.on.year, one.on.month) == (day.year, day.month),
        "year": lambda one: one.on.year == day.year,
    }
    within = spans[per]
    return sum((one.amount for one in others if within(one)), ZERO)


def above_limit(limit: Decimal, amount: Decimal, spent: Decimal) -> Decimal:
    """Gives by how much an amount goes over, what was spent before counted; zero when it does not."""
    return max(ZERO, spent + amount - limit)
