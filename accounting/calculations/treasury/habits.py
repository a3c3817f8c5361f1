"""How late a customer usually pays, and which costs come back: what the past teaches (ACC-31)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from cae.core.money import cents
from cae.core.periods import Month, after_months

# The last invoices that tell a habit, and how many of them make one.
LAST_PAID, FEWEST_PAID = 12, 3
# A cost comes back when it came in so many different months of the last ones.
LOOKED_AT, FEWEST_MONTHS, SILENT_MONTHS = 6, 3, 3


@dataclass(frozen=True, slots=True)
class PaidInvoice:
    """An invoice that was wholly paid: when it was due, when the last euro came."""

    due_on: date
    paid_on: date

    @property
    def days_late(self) -> int:
        return (self.paid_on - self.due_on).days


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or half the sum of the two in the middle; refuses to invent one of nothing."""
    if not values:
        raise ValueError("median of nothing")
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def usual_delay(of_customer: Sequence[PaidInvoice], of_activity: Sequence[PaidInvoice]) -> int:
    """Whole days that a customer usually takes beyond the due date; those of the activity's customers when
    this one paid too few invoices, none when all did. Nobody is counted upon to pay early."""
    for invoices in (of_customer, of_activity):
        if len(invoices) >= FEWEST_PAID:
            last = sorted(invoices, key=lambda one: (one.paid_on, one.due_on))[-LAST_PAID:]
            days = median([Decimal(one.days_late) for one in last])
            return max(int(days.quantize(Decimal(1), ROUND_HALF_UP)), 0)
    return 0


def expected_on(due_on: date, delay: int, today: date) -> date:
    """The day on which an invoice should be paid: never one that is over."""
    return max(due_on + timedelta(days=max(delay, 0)), today)


@dataclass(frozen=True, slots=True)
class PastCost:
    """A cost of the books: to whom and on which account (`key`), when, how much (positive)."""

    key: Hashable
    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class RecurringCost:
    """A cost that comes back: its usual amount of a month, and the day of the month of the last."""

    key: Hashable
    amount: Decimal
    day: int

    def on(self, month: Month) -> date:
        return min(date(month.year, month.month, 1) + timedelta(days=self.day - 1), month.last)


def recurring_costs(costs: Iterable[PastCost], today: date) -> list[RecurringCost]:
    """Learns the costs that came in at least three of the last six months that are over, the last of them
    not too long ago. The amount is the median of the months in which they came."""
    end = Month.of(today).first
    start, heard = after_months(end, -LOOKED_AT), after_months(end, -SILENT_MONTHS)
    by_key: dict[Hashable, list[PastCost]] = defaultdict(list)
    for cost in costs:
        if start <= cost.on < end:
            by_key[cost.key].append(cost)
    found = []
    for key, rows in by_key.items():
        months = _by_month(rows)
        amount = cents(median(list(months.values())))
        last = max(row.on for row in rows)
        if len(months) >= FEWEST_MONTHS and last >= heard and amount > 0:
            found.append(RecurringCost(key, amount, last.day))
    return found


def _by_month(rows: Iterable[PastCost]) -> Mapping[Month, Decimal]:
    """A credit note of the same month is taken off."""
    sums: dict[Month, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[Month.of(row.on)] += row.amount
    return sums
