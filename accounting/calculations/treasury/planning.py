"""From what is owed, promised and usual to dated flows: what nobody has dated yet (ACC-31)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accounting.calculations.treasury.forecast import Flow, FlowKind, Sureness
from accounting.calculations.treasury.habits import PastCost, RecurringCost, recurring_costs
from cae.core.money import ZERO, cents, share
from cae.core.periods import Month, after_months

# Over how many months that are over the other costs are averaged.
AVERAGED = 6


def owed_once(rows: Iterable[Flow]) -> list[Flow]:
    """Takes money that moved and answers no document yet off the documents of that side, the oldest first:
    it is in the cash already. `rows`: what comes in, or what leaves, of one section; those of the other sign
    are the money that moved."""
    ordered = sorted(rows, key=lambda row: (row.due_on or row.on, str(row.subject)))
    sign = _side_of(ordered)
    free = sum((abs(row.amount) for row in ordered if row.amount * sign < 0), ZERO)
    left: list[Flow] = []
    for row in ordered:
        if row.amount * sign <= 0:
            continue
        taken = min(abs(row.amount), free)
        free -= taken
        if abs(row.amount) > taken:
            amount = row.amount - sign * taken
            net = None if row.net is None else cents(row.net * amount / row.amount)
            left.append(replace(row, amount=amount, net=net))
    return left


def _side_of(rows: Sequence[Flow]) -> int:
    """Customers bring, suppliers and claims take."""
    return 1 if any(row.kind == FlowKind.CUSTOMER for row in rows) else -1


def with_pending_tax(pending: Decimal, rows: Sequence[Flow]) -> list[Flow]:
    """Tells each receipt to come the tax that waits for it, in proportion: VAT on receipts is due once the
    customer paid. `pending`: what waits, positive."""
    if pending <= 0 or not rows:
        return list(rows)
    parts = share(pending, [row.amount for row in rows])
    return [replace(row, net=max(row.amount - part, ZERO)) for row, part in zip(rows, parts, strict=True)]


def tax_of(rows: Iterable[Flow], paid_on: Callable[[date], date], subject: Hashable) -> list[Flow]:
    """The VAT of receipts to come, one flow for each day on which the State is paid."""
    sums: dict[date, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.net is not None:
            sums[paid_on(row.on)] += row.amount - row.net
    return [
        Flow(on, -amount, FlowKind.TAX, (subject, on.isoformat()), Sureness.PLANNED)
        for on, amount in sorted(sums.items())
        if amount
    ]


def contribution_on(rows: Iterable[Flow], rate: Decimal, subject: Hashable) -> list[Flow]:
    """What receipts and sales to come will give, one flow a month, on its last day."""
    sums: dict[Month, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[Month.of(row.on)] += row.untaxed
    found = {month: cents(base * rate) for month, base in sums.items()}
    return [
        Flow(month.last, -due, FlowKind.CONTRIBUTION, (subject, str(month)), Sureness.PLANNED)
        for month, due in sorted(found.items(), key=lambda one: one[0].first)
        if due
    ]


@dataclass(frozen=True, slots=True)
class PastPay:
    """What pay cost a section, month by month as booked, and what proposals of other months come to."""

    booked: Mapping[Month, Decimal]
    proposed: Mapping[Month, Decimal]

    def usual(self, today: date) -> Decimal:
        """The cost of the last month that is known, booked or proposed, if it is not too old."""
        heard = after_months(Month.of(today).first, -2)
        known = {**self.proposed, **{month: cost for month, cost in self.booked.items() if cost > 0}}
        recent = [month for month in known if month.first >= heard]
        return known[max(recent, key=lambda one: one.first)] if recent else ZERO


def pay_flows(past: PastPay, owed: Decimal, months: Sequence[Month], today: date) -> list[Flow]:
    """Pay of the next months: what is owed to people already, proposals, then the last cost known. `owed`
    is negative. What is owed of an earlier month is none of a scenario: it is no pay to decide."""
    this = months[0]
    is_booked = past.booked.get(this, ZERO) > 0
    rows = []
    if owed:
        kind = FlowKind.PAY if is_booked else FlowKind.OTHER
        rows.append(Flow(today, owed, kind, ("pay due",), Sureness.BOOKED))
    for month, cost in sorted(past.proposed.items(), key=lambda one: one[0].first):
        if past.booked.get(month, ZERO) > 0 or not cost:
            continue
        late = month.first < this.first
        on = today if late else month.last
        kind = FlowKind.OTHER if late else FlowKind.PAY
        rows.append(Flow(on, -cost, kind, ("pay", str(month)), Sureness.PLANNED))
    usual = past.usual(today)
    if not usual:
        return rows
    free = [one for one in months if past.booked.get(one, ZERO) <= 0 and one not in past.proposed]
    usually = [Flow(one.last, -usual, FlowKind.PAY, ("pay", str(one)), Sureness.USUAL) for one in free]
    return [*rows, *usually]


def usual_subject(party: Hashable, month: Month) -> tuple[str, Hashable, str]:
    """What a usual cost tells: whatever is booked, due or ordered of the same supplier and month replaces
    it."""
    return "usual", party, str(month)


def usual_flows(costs: Sequence[PastCost], months: Sequence[Month], today: date, begun: date) -> list[Flow]:
    """Costs that come back, each on its day, and the average of the others, at the end of each month, since
    the section has `begun`. What this month has had already is not expected again. The key of a cost: its
    supplier, or else its account."""
    this = months[0]
    learnt = recurring_costs(costs, today)
    keys = {one.key for one in learnt}
    met = {cost.key for cost in costs if Month.of(cost.on) == this and cost.amount > 0}
    rows = [
        row
        for one in learnt
        for row in _coming(one, months, today)
        if not (row.subject == usual_subject(one.key, this) and one.key in met)
    ]
    others = [cost for cost in costs if cost.key not in keys]
    return [*rows, *_averaged(others, months, begun)]


def _coming(cost: RecurringCost, months: Sequence[Month], today: date) -> Iterator[Flow]:
    for month in months:
        on, subject, name = max(cost.on(month), today), usual_subject(cost.key, month), str(cost.key)
        yield Flow(on, -cost.amount, FlowKind.USUAL, subject, Sureness.USUAL, name, party=name)


def _averaged(others: Sequence[PastCost], months: Sequence[Month], begun: date) -> list[Flow]:
    this = months[0]
    start = max(after_months(this.first, -AVERAGED), begun)
    past = [one for one in others if start <= one.on < this.first]
    if not past:
        return []
    over = len(list(Month.of(start).until(this.previous())))
    average = cents(sum((one.amount for one in past), ZERO) / over)
    spent = sum((one.amount for one in others if Month.of(one.on) == this), ZERO)
    rows = []
    for month in months:
        amount = average - spent if month == this else average
        if amount > 0:
            subject = usual_subject("others", month)
            rows.append(Flow(month.last, -amount, FlowKind.USUAL, subject, Sureness.USUAL))
    return rows


def dates_within(
    starts_on: date, ends_on: date | None, step: int | None, first: date, last: date
) -> list[date]:
    """The days on which something comes between two days; `step`: months from one to the next, none for
    once."""
    end = last if ends_on is None else min(ends_on, last)
    found, rank = [], 0
    while (day := after_months(starts_on, rank * (step or 0))) <= end:
        if day >= first:
            found.append(day)
        if step is None:
            break
        rank += 1
    return found
