"""The cash of the next months, from dated flows, each counted once (ACC-31)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum, StrEnum

from cae.core.money import ZERO
from cae.core.periods import Month, after_months

SHORTEST, LONGEST = 6, 12


class FlowKind(StrEnum):
    """What a flow is, for its colour, its words and what a scenario changes."""

    CUSTOMER = "customer"
    QUOTE = "quote"
    GRANT = "grant"
    SUPPLIER = "supplier"
    USUAL = "usual"
    PAY = "pay"
    CONTRIBUTION = "contribution"
    TAX = "tax"
    LOAN = "loan"
    OTHER = "other"


class Sureness(IntEnum):
    """How sure a flow is: of two that tell the same thing, the surer is kept."""

    USUAL = 1
    PLANNED = 2
    SIGNED = 3
    DUE = 4
    ORDERED = 5
    BOOKED = 6


@dataclass(frozen=True, slots=True)
class Flow:
    """An amount that comes in (positive) or leaves (negative) on a day.

    `subject` names what it tells (« invoice 12 »); `replaces` what it stands in for (« quote 7 »).
    `party`: who pays or is paid; `net`: the part without tax, where known; `due_on`: the day it should."""

    on: date
    amount: Decimal
    kind: FlowKind
    subject: Hashable
    sureness: Sureness = Sureness.DUE
    label: str = ""
    replaces: frozenset[Hashable] = field(default_factory=frozenset)
    party: str = ""
    net: Decimal | None = None
    due_on: date | None = None

    @property
    def untaxed(self) -> Decimal:
        """What contribution counts: the whole amount when nothing is known of its tax."""
        return self.amount if self.net is None else self.net


_SUPPOSED = "scenario"
# Customers pay them: their habit, and the days that a scenario adds, move them.
OF_CUSTOMERS = frozenset({FlowKind.CUSTOMER, FlowKind.QUOTE})


@dataclass(frozen=True, slots=True)
class ForecastMonth:
    """A month: what it begins with, what comes in, what leaves (negative), and the flows of both."""

    month: Month
    opening: Decimal
    incoming: Decimal
    outgoing: Decimal
    flows: tuple[Flow, ...]

    @property
    def closing(self) -> Decimal:
        return self.opening + self.incoming + self.outgoing


@dataclass(frozen=True, slots=True)
class Forecast:
    """The months, in order, and what falls after the last: said, not counted."""

    months: tuple[ForecastMonth, ...]
    later: tuple[Flow, ...]

    @property
    def lowest(self) -> ForecastMonth:
        """The first of the months that end with the least."""
        return min(self.months, key=lambda one: one.closing)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a scenario changes: the days that customers take besides, the pay of a month (none: as it is)."""

    later_days: int = 0
    pay: Decimal | None = None


def months_ahead(today: date, count: int) -> list[Month]:
    """This month and the following ones, from six to twelve."""
    count = min(max(count, SHORTEST), LONGEST)
    first = Month.of(today)
    return list(first.until(Month.of(after_months(first.first, count - 1))))


def counted_once(flows: Iterable[Flow]) -> list[Flow]:
    """Leaves out what another tells more surely: the quote that became an invoice, the purchase that has its
    order, the pay that is in the books. Several flows of one subject and one sureness (a schedule) stay."""
    rows = list(flows)
    replaced = {subject for row in rows for subject in row.replaces if subject != row.subject}
    surest: dict[Hashable, Sureness] = {}
    for row in rows:
        surest[row.subject] = max(surest.get(row.subject, row.sureness), row.sureness)
    return [row for row in rows if row.subject not in replaced and row.sureness == surest[row.subject]]


def forecast(cash: Decimal, flows: Iterable[Flow], months: Sequence[Month]) -> Forecast:
    """Cash + flows, month by month. A flow that is late belongs to the first month. The flows come out by
    day, whatever the order they are given in."""
    ordered = sorted(flows, key=_rank)
    last = months[-1].last
    found: list[ForecastMonth] = []
    opening = cash
    for rank, month in enumerate(months):
        start = date.min if rank == 0 else month.first
        rows = tuple(row for row in ordered if start <= row.on <= month.last)
        incoming = sum((row.amount for row in rows if row.amount > 0), ZERO)
        outgoing = sum((row.amount for row in rows if row.amount < 0), ZERO)
        found.append(ForecastMonth(month, opening, incoming, outgoing, rows))
        opening += incoming + outgoing
    return Forecast(tuple(found), tuple(row for row in ordered if row.on > last))


def _rank(row: Flow) -> tuple[date, str, str, Decimal, int, str]:
    return row.on, row.kind, str(row.subject), row.amount, row.sureness, row.label


def changed(flows: Iterable[Flow], changes: Changes, months: Sequence[Month], today: date) -> list[Flow]:
    """Plays a scenario: customers pay later, never before today; the pay of each month becomes another
    amount, but that which is in the books already."""
    rows = [
        replace(row, on=max(row.on + timedelta(days=changes.later_days), today))
        if row.kind in OF_CUSTOMERS and changes.later_days
        else row
        for row in flows
    ]
    return rows if changes.pay is None else _repaid(rows, changes.pay, months)


def _repaid(rows: Sequence[Flow], pay: Decimal, months: Sequence[Month]) -> list[Flow]:
    """One flow of pay a month, on the day of the one that it takes the place of, else on the last."""
    days: dict[Month, date] = {}
    booked: set[Month] = set()
    kept: list[Flow] = []
    for row in rows:
        month = Month.of(row.on)
        if row.kind == FlowKind.PAY and month in months and row.sureness != Sureness.BOOKED:
            days[month] = row.on
            continue
        kept.append(row)
        if row.kind == FlowKind.PAY:
            booked.add(month)
    for month in months:
        if month in days or month not in booked:
            on = days.get(month, month.last)
            kept.append(Flow(on, -pay, FlowKind.PAY, (_SUPPOSED, str(month)), Sureness.PLANNED))
    return kept


def is_supposed_pay(row: Flow) -> bool:
    """The pay that a scenario supposes for a month."""
    return isinstance(row.subject, tuple) and row.subject[0] == _SUPPOSED


def first_below(found: Forecast, floor: Decimal) -> ForecastMonth | None:
    """The first month that ends below zero or below the floor; none when the line stays above both."""
    least = max(floor, ZERO)
    return next((one for one in found.months if one.closing < least), None)
