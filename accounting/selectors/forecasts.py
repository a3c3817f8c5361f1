"""The cash of the next months of some sections, or of the cooperative: one reading for pages, alerts, pay
(ACC-31, ACC-32). A flat number of questions, however many sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from accounting.calculations.treasury.forecast import (
    SHORTEST,
    Changes,
    Flow,
    FlowKind,
    Forecast,
    ForecastMonth,
    Sureness,
    changed,
    counted_once,
    first_below,
    forecast,
    months_ahead,
)
from accounting.calculations.treasury.habits import expected_on
from accounting.calculations.treasury.planning import (
    contribution_on,
    owed_once,
    pay_flows,
    tax_of,
    usual_flows,
    with_pending_tax,
)
from accounting.models import AnalyticAccount
from accounting.selectors import expected_flows as books
from accounting.selectors import expected_past as past
from accounting.selectors.floors import floors_of
from accounting.states.books import AnalyticKind
from cae.core.money import ZERO
from cae.core.periods import Month

NO_CHANGE = Changes()


@dataclass(frozen=True)
class Prospect:
    """What a section has, must keep and expects, from today over some months."""

    cash: Decimal
    floor: Decimal
    flows: tuple[Flow, ...]
    months: tuple[Month, ...]
    today: date

    def forecast(self, changes: Changes = NO_CHANGE) -> Forecast:
        return forecast(self.cash, changed(self.flows, changes, self.months, self.today), self.months)

    def below(self, changes: Changes = NO_CHANGE) -> ForecastMonth | None:
        """The first month that ends below zero or below the floor."""
        return first_below(self.forecast(changes), self.floor)

    @property
    def unpaid(self) -> list[Flow]:
        """What customers owe, by the day on which they should pay."""
        rows = [row for row in self.flows if row.kind == FlowKind.CUSTOMER]
        return sorted(rows, key=lambda row: (row.due_on or row.on, row.label))


def prospects(sections: Sequence[AnalyticAccount], on: date, count: int = SHORTEST) -> dict[int, Prospect]:
    """What each of these sections expects, by key."""
    months = months_ahead(on, count)
    read = _Read.of(sections, on, months)
    rows = {section.pk: list(read.flows_of(section)) for section in sections}
    shared = next((one for one in sections if one.kind == AnalyticKind.SHARED), None)
    if shared is not None:
        given = [row for key in rows for row in rows[key] if row.kind == FlowKind.CONTRIBUTION]
        # What activities will give, the shared services receive; what is booked is in their own link account.
        coming = [row for row in given if row.sureness != Sureness.BOOKED]
        rows[shared.pk] += [replace(row, amount=-row.amount, net=None) for row in coming]
    floors = floors_of(sections, on)
    return {
        key: Prospect(
            read.owed[key].cash, floors.get(key, ZERO), tuple(counted_once(found)), tuple(months), on
        )
        for key, found in rows.items()
    }


def prospect_of(section: AnalyticAccount, on: date, count: int = SHORTEST) -> Prospect:
    return prospects([section], on, count)[section.pk]


def together(rows: Iterable[Prospect]) -> Prospect:
    """Several sections as one: those of all of them are the cooperative, which keeps no floor but zero. What
    they give each other neither comes in nor leaves, as long as it cancels out."""
    found = list(rows)
    flows = [row for one in found for row in one.flows]
    outside = [row for row in flows if row.kind != FlowKind.CONTRIBUTION]
    if sum((row.amount for row in flows), ZERO) == sum((row.amount for row in outside), ZERO):
        flows = outside
    return Prospect(
        sum((one.cash for one in found), ZERO),
        ZERO,
        tuple(flows),
        found[0].months,
        found[0].today,
    )


@dataclass(frozen=True)
class _Read:
    """All that was read for these sections."""

    on: date
    months: list[Month]
    owed: dict[int, past.Owed]
    documents: dict[FlowKind, books.Found]
    others: tuple[books.Found, ...]
    pay: dict[int, past.PastPay]
    costs: dict[int, list[past.PastCost]]
    begun: dict[int, date]
    delay: past.Delay
    givings: dict[int, past.Giving]
    social: past.Calendar
    vat: past.Calendar
    dated: list[past.TaxDeadline]

    @classmethod
    def of(cls, sections: Sequence[AnalyticAccount], on: date, months: list[Month]) -> _Read:
        keys = [one.pk for one in sections]
        activities = [one.activity_id for one in sections if one.activity_id]
        social, vat = past.calendars()
        return cls(
            on,
            months,
            past.owed_in_whole(keys, on),
            books.documents_owed(keys, on),
            (
                books.orders_to_pay(keys, on),
                books.grants_to_come(keys),
                books.plans_in(keys, on, months[-1].last),
                books.expected_above(sections, on),
            ),
            past.past_pay(keys, on),
            past.past_costs(keys, on),
            past.first_days(keys),
            past.habits(keys, on),
            past.givings(activities, on),
            social,
            vat,
            past.taxes_dated(on),
        )

    def flows_of(self, section: AnalyticAccount) -> Iterator[Flow]:
        """Everything that one section expects, some of it told twice: `counted_once` says what is kept."""
        key = section.pk
        owed, told = self.owed[key], {kind: owed_once(rows.get(key, ())) for kind, rows in self._owed()}
        others = [self._awaited(key, row) for found in self.others for row in found.get(key, ())]
        customers = with_pending_tax(
            -owed.pending_tax, [self._awaited(key, row) for row in told[FlowKind.CUSTOMER]]
        )
        quotes = [row for row in others if row.kind == FlowKind.QUOTE]
        yield from customers
        yield from told[FlowKind.SUPPLIER]
        yield from told[FlowKind.OTHER]
        yield from others
        yield from pay_flows(self.pay[key], owed.pay, self.months, self.on)
        yield from usual_flows(self.costs.get(key, ()), self.months, self.on, self.begun.get(key, self.on))
        yield from tax_of([*customers, *quotes], self.vat.of, "vat")
        yield from self._whole(owed, waits=bool(customers))
        if section.activity_id:
            yield from self._given(self.givings[section.activity_id], customers, quotes)
        if section.kind == AnalyticKind.SHARED:
            yield from self._taxes()

    def _owed(self) -> Iterator[tuple[FlowKind, books.Found]]:
        yield from self.documents.items()

    def _awaited(self, key: int, row: Flow) -> Flow:
        """On the day when it should move: a customer has habits, what is late moves now."""
        late = row.kind in {FlowKind.CUSTOMER, FlowKind.QUOTE} and row.party
        days = self.delay(key, row.party) if late else 0
        return replace(row, on=expected_on(row.due_on or row.on, days, self.on))

    def _whole(self, owed: past.Owed, *, waits: bool) -> Iterator[Flow]:
        """What is owed to bodies that send no invoice. VAT that waits for customers goes with them."""
        tax = owed.tax if waits else owed.tax + owed.pending_tax
        for amount, on, kind, name in (
            (owed.social, self.social.next_after(self.on), FlowKind.TAX, "social due"),
            (tax, self.vat.next_after(self.on), FlowKind.TAX, "vat due"),
            (owed.link, self.on, FlowKind.CONTRIBUTION, "link"),
        ):
            if amount:
                yield Flow(on, amount, kind, (name,), Sureness.BOOKED)

    def _given(
        self, giving: past.Giving, customers: Sequence[Flow], quotes: Sequence[Flow]
    ) -> Iterator[Flow]:
        if giving.pending:
            subject = ("contribution due",)
            on = self.months[0].last
            yield Flow(on, -giving.pending, FlowKind.CONTRIBUTION, subject, Sureness.PLANNED)
        base = [*customers, *quotes] if giving.on_receipts else quotes
        yield from contribution_on(base, giving.rate, "contribution")

    def _taxes(self) -> Iterator[Flow]:
        for row in self.dated:
            subject = ("accounting.taxdeadline", str(row.pk))
            on = max(row.due_on, self.on)
            yield Flow(on, -(row.amount or ZERO), FlowKind.TAX, subject, Sureness.DUE, str(row))
