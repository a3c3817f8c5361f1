"""What sales and purchases make of the next months and the books do not hold yet (ACC-31)."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounting.calculations.treasury.forecast import FlowKind
from accounting.selectors.accounts import section_of
from accounting.selectors.forecasts import Prospect, prospect_of
from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.selectors.expected import documents_ordered, expected_flows_of
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.services.making import make_documents
from invoicing.states.parts import Billing, InstalmentKind
from invoicing.states.recurring import Period
from people.models import User
from tests.factories import invoicing as sales
from tests.factories import invoicing_parts as parts
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_claims import submitted
from tests.factories.invoicing_purchases import (
    line,
    make_approved_order,
    make_checking,
    make_ordered,
    make_purchase,
)
from tests.factories.invoicing_recurring import make_plan, model_of, morning

D = Decimal
TODAY = date(2026, 5, 12)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(TODAY), pytest.mark.usefixtures("judges")]


def rows_of(found: Prospect, *kinds: FlowKind) -> list[tuple[str, Decimal]]:
    rows = sorted((row.on, row.amount) for row in found.flows if row.kind in kinds)
    return [(on.isoformat(), amount) for on, amount in rows]


def sum_of(found: Prospect, kind: FlowKind) -> Decimal:
    return sum((amount for _on, amount in rows_of(found, kind)), ZERO)


DEPOSIT = InstalmentContent(
    InstalmentKind.DEPOSIT, label="À la commande", rate=D("0.3"), on=date(2026, 5, 20)
)
INTERIM = InstalmentContent(on=date(2026, 7, 1))
SCHEDULE = ScheduleContent(Billing.INSTALMENTS, instalments=(DEPOSIT, INTERIM))


def test_a_signed_quote_comes_by_its_schedule_and_an_invoice_takes_its_part() -> None:
    shop = make_activity()
    quote = parts.accepted(shop, sales.line("1000.00"), schedule=SCHEDULE)
    section = section_of(shop)
    first = prospect_of(section, TODAY)
    # 30 days after each part: 360 of 1 200, then half of the rest, then the balance with it.
    assert rows_of(first, FlowKind.QUOTE) == [
        ("2026-06-19", D("360.00")),
        ("2026-07-31", D("420.00")),
        ("2026-07-31", D("420.00")),
    ]
    assert rows_of(first, FlowKind.TAX) == [("2026-07-24", D("-60.00")), ("2026-08-24", D("-140.00"))]
    deposit = parts.issue(parts.deposit(quote, instalment=quote.instalments.first()), on=TODAY)
    after = prospect_of(section, TODAY)
    assert rows_of(after, FlowKind.CUSTOMER) == [("2026-06-11", deposit.total_incl_tax)]
    assert rows_of(after, FlowKind.QUOTE) == [("2026-07-31", D("420.00"))] * 2
    # Whatever was asked of it, the deal brings its total once.
    assert sum(row.amount for row in after.flows if row.amount > 0) == D("1200.00")
    parts.issue(parts.balance(quote), on=TODAY)
    done = prospect_of(section, TODAY)
    assert rows_of(done, FlowKind.QUOTE) == []
    assert sum(amount for _on, amount in rows_of(done, FlowKind.CUSTOMER)) == D("1200.00")
    # A year after, what is left of an agreement is none to count upon.
    old = parts.accepted(make_activity(), sales.line("10.00"))
    assert rows_of(prospect_of(section_of(old.activity), date(2027, 6, 1)), FlowKind.QUOTE) == []


def test_purchases_and_claims_leave_once_whatever_stands_for_them(shop: Activity, seller: User) -> None:
    section = section_of(shop)
    waiting = make_checking(shop, line("100.00"), on=date(2026, 5, 4), due_on=date(2026, 6, 4))
    ordered = make_ordered(
        shop,
        line("50.00"),
        supplier=waiting.supplier,
        number="FA-2",
        on=date(2026, 5, 5),
        due_on=date(2026, 5, 30),
    )
    claim = submitted(seller, shop)
    found = prospect_of(section, TODAY)
    assert rows_of(found, FlowKind.SUPPLIER) == [("2026-05-30", D("-60.00")), ("2026-06-04", D("-120.00"))]
    told = {row.subject: row for row in found.flows if row.kind in {FlowKind.SUPPLIER, FlowKind.OTHER}}
    share = ordered.shares.get()
    # The order is kept, not the purchase of the books that it pays; the claim is refunded at the end.
    assert {name for name, _key in told} == {
        "invoicing.purchase",
        "accounting.paymentorder",
        "invoicing.expenseclaim",
    }
    assert ("invoicing.purchase", str(ordered.pk)) not in told
    assert told["invoicing.expenseclaim", str(claim.pk)].on == date(2026, 5, 31)
    assert documents_ordered({("invoicing.purchaseshare", str(share.pk)), ("people.person", "1")}, TODAY) == {
        ("invoicing.purchaseshare", str(share.pk)): ("invoicing.purchase", str(ordered.pk))
    }


def test_what_is_made_again_comes_at_its_rhythm(shop: Activity, seller: User) -> None:
    model = model_of(shop, sales.line("200.00"))
    plan = make_plan(model, actor=seller, every=Period.QUARTER, first_on=date(2026, 6, 1))
    order = make_plan(
        make_approved_order(shop), actor=seller, first_on=date(2026, 7, 1), until=date(2026, 7, 31)
    )
    section = section_of(shop)
    rows = expected_flows_of([section], TODAY)[section.pk]
    sold = [row for row in rows if row.subject == ("invoicing.recurringplan", str(plan.pk))]
    assert [(row.on.isoformat(), row.amount, row.net) for row in sold] == [
        (day, D("240.00"), D("200.00")) for day in ("2026-07-01", "2026-10-01", "2026-12-31", "2027-03-31")
    ]
    bought = [row for row in rows if row.subject == ("invoicing.recurringplan", str(order.pk))]
    assert [(row.on.isoformat(), row.amount) for row in bought] == [
        ("2026-07-31", -order.model.total_gross)  # type: ignore[union-attr]
    ]
    # Once its document is made, that date is told by the draft, then by the books.
    make_documents(plan.pk, at=morning(date(2026, 6, 1)))
    after = expected_flows_of([section], date(2026, 6, 1))[section.pk]
    drafts = [row for row in after if row.subject[0] == "invoicing.invoice"]  # type: ignore[index]
    assert [(row.amount, row.net) for row in drafts] == [(D("240.00"), D("200.00"))]
    assert len([row for row in after if row.subject == ("invoicing.recurringplan", str(plan.pk))]) == 3


def test_the_same_few_questions_for_one_and_for_many() -> None:
    shops = [make_activity() for _turn in range(8)]
    for shop in shops:
        parts.accepted(shop, sales.line("1000.00"), schedule=SCHEDULE)
        make_purchase(shop, line("100.00"), number=uuid.uuid4().hex)
    sections = [section_of(shop) for shop in shops]
    counts = []
    for asked in (sections[:1], sections):
        with CaptureQueriesContext(connection) as queries:
            found = expected_flows_of(asked, TODAY)
        counts.append(len(queries))
        assert {key: len(rows) for key, rows in found.items()} == {one.pk: 4 for one in asked}
    assert counts[0] == counts[1]
