"""The next months of a section as its documents, books and calendar tell them (ACC-31, ACC-32)."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounting.calculations.entries import EntryDraft, credit, debit
from accounting.calculations.treasury.forecast import Changes, FlowKind
from accounting.models import Account, AnalyticAccount, ForecastAlert, TaxDeadline
from accounting.selectors.accounts import section_of, shared_section
from accounting.selectors.forecasts import Prospect, prospect_of, prospects, together
from accounting.services.cash_plans import PlanContent, plan_cash
from accounting.services.forecast_alerts import tell_low_forecasts
from accounting.services.posting import post_entry
from accounting.services.scales import assign_scale
from accounting.services.tax_deadlines import DeadlineContent, add_deadline, make_deadlines
from cae.core.models import Notice
from cae.core.money import ZERO
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories.accounting_funds import instalment, make_running
from tests.factories.accounting_layouts import close_year
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.payments import make_cash
from tests.factories.people import make_user

D = Decimal
TODAY = date(2026, 5, 12)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(TODAY)]


def rows_of(found: Prospect, *kinds: FlowKind) -> list[tuple[str, Decimal]]:
    rows = sorted((row.on, row.amount) for row in found.flows if row.kind in kinds)
    return [(on.isoformat(), amount) for on, amount in rows]


def test_an_invoice_comes_when_its_customer_usually_pays_and_its_tax_leaves_after() -> None:
    shop = make_activity()
    # Due 30 days after: paid ten, twenty and thirty days late.
    for rank, on in enumerate((date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 4))):
        invoice = sales.issued(shop, sales.line("100.00"), on=on)
        assert invoice.due_on is not None
        sales.pay(invoice, "120.00", on=invoice.due_on + timedelta(days=10 * (rank + 1)))
    unpaid = sales.issued(shop, sales.line("500.00"), on=date(2026, 5, 4))
    assert unpaid.due_on == date(2026, 6, 3)
    found = prospect_of(section_of(shop), TODAY)
    assert (found.cash, found.floor) == (D("360.00"), ZERO)
    assert rows_of(found, FlowKind.CUSTOMER) == [("2026-06-23", D("600.00"))]
    assert [(one.due_on, one.party) for one in found.unpaid] == [(unpaid.due_on, "Client A")]
    # VAT collected and not paid yet: the 24th; that of the invoice: the month after it is paid.
    assert rows_of(found, FlowKind.TAX) == [("2026-05-24", D("-60.00")), ("2026-07-24", D("-100.00"))]
    months = found.forecast().months
    assert [one.closing for one in months[:3]] == [D("300.00"), D("900.00"), D("800.00")]
    late = found.forecast(Changes(later_days=30)).months
    assert [one.closing for one in late[:3]] == [D("300.00"), D("300.00"), D("900.00") - D("100.00")]
    assert found.below() is None


def move(section: AnalyticAccount, taken: str, given: str, amount: str, on: date, **details: Any) -> None:
    lines = (
        debit(taken, section.pk, D(amount), **details),
        credit(given, section.pk, D(amount), **details),
    )
    with transaction.atomic():
        post_entry(EntryDraft("OD", on, "Essai", lines), actor=None, source=None)


def test_pay_bodies_grants_and_plans_come_on_their_days() -> None:
    section = section_of(make_activity())
    make_cash(section, "5000.00")
    # April: 1 000 gross, 400 of charges; people are paid, bodies are not.
    move(section, "gross_pay", "pay_due", "1000.00", date(2026, 4, 30))
    move(section, "employer_charges", "social_bodies", "400.00", date(2026, 4, 30))
    move(section, "pay_due", "bank", "1000.00", date(2026, 5, 2))
    instalment(make_running(section))
    for amount, rhythm, kind in (("-250.00", "quarter", "loan"), ("90.00", "once", "other")):
        plan_cash(
            PlanContent(section, kind, "Prévu", D(amount), rhythm, date(2026, 6, 30)),
            form_key=uuid.uuid4(),
            actor=None,
        )
    found = prospect_of(section, TODAY)
    assert found.cash == D("4000.00")
    # The last pay, each month that is not in the books; bodies on the 15th.
    assert rows_of(found, FlowKind.PAY) == [
        (day, D("-1400.00"))
        for day in ("2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31")
    ]
    assert rows_of(found, FlowKind.TAX) == [("2026-05-15", D("-400.00"))]
    assert rows_of(found, FlowKind.LOAN) == [("2026-06-30", D("-250.00")), ("2026-09-30", D("-250.00"))]
    assert rows_of(found, FlowKind.OTHER) == [("2026-06-30", D("90.00"))]
    # Late since February: now.
    assert rows_of(found, FlowKind.GRANT) == [("2026-05-12", D("600.00"))]
    supposed = found.forecast(Changes(pay=D("100.00"))).months
    assert [one.closing for one in supposed[:2]] == [D("4100.00"), D("3840.00")]
    assert found.below() is not None
    # Months ahead of the calendar: once its deadlines are made, they say the days.
    make_deadlines(2026, actor=None)
    assert rows_of(prospect_of(section, TODAY), FlowKind.TAX) == [("2026-05-15", D("-400.00"))]


def test_pay_posted_ahead_of_its_day_is_still_to_come() -> None:
    section = section_of(make_activity())
    make_cash(section, "5000.00")
    move(section, "gross_pay", "bank", "1000.00", date(2026, 4, 30))
    move(section, "gross_pay", "pay_due", "1200.00", date(2026, 5, 31))
    found = prospect_of(section, TODAY)
    assert found.cash == D("4000.00")
    assert rows_of(found, FlowKind.PAY)[:2] == [("2026-05-31", D("-1200.00")), ("2026-06-30", D("-1200.00"))]


def test_what_closes_a_year_takes_no_usual_cost_back() -> None:
    section = section_of(make_activity())
    make_cash(section, "5000.00")
    for month in (2, 4):
        move(section, "expense_travel", "bank", "60.00", date(2026, month, 9))
    before = rows_of(prospect_of(section, TODAY), FlowKind.USUAL)
    assert len(before) == 6
    travel = Account.objects.get(role="expense_travel").number
    close_year(section, {travel: D("60.00")}, date(2026, 3, 31))
    assert rows_of(prospect_of(section, TODAY), FlowKind.USUAL) == before


def test_what_an_activity_gives_the_shared_services_receive() -> None:
    shop = make_activity()
    scale = books.scale("0.1000", rules=books.monthly({"kind": "flat", "rate": "0.1000", "window": "month"}))
    assign_scale(shop, scale=scale, starts_on=date(2026, 1, 1), reason="essai", actor=None)
    section, shared = section_of(shop), shared_section()
    sales.issued(shop, sales.line("1000.00"), on=date(2026, 5, 4))
    # Taken before, never moved at the bank: it is owed.
    move(section, "internal_charge", "internal_link", "70.00", date(2026, 4, 30))
    move(shared, "internal_link", "internal_income", "70.00", date(2026, 4, 30))
    found = prospects([section, shared], TODAY)
    given = rows_of(found[section.pk], FlowKind.CONTRIBUTION)
    assert given == [("2026-05-12", D("-70.00")), ("2026-05-31", D("-100.00"))]
    received = rows_of(found[shared.pk], FlowKind.CONTRIBUTION)
    assert received == [(on, -amount) for on, amount in given]
    # Together they neither give nor receive anything; cash and flows are those of both.
    whole = together(found.values())
    assert rows_of(whole, FlowKind.CONTRIBUTION) == []
    assert rows_of(together([found[section.pk]]), FlowKind.CONTRIBUTION) == given
    ends = [one.forecast().months[-1].closing for one in (whole, *found.values())]
    assert ends[0] == ends[1] + ends[2]


def test_declarations_whose_amount_is_typed_are_of_the_shared_services() -> None:
    shared = shared_section()
    content = DeadlineContent(
        label="CFE",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        due_on=date(2026, 5, 2),
        is_paid=True,
    )
    add_deadline(replace(content, amount=D("300.00")), form_key=uuid.uuid4(), actor=None)
    found = prospect_of(shared, TODAY)
    assert rows_of(found, FlowKind.TAX) == [("2026-05-12", D("-300.00"))]
    assert [flow.label for flow in found.flows] == [str(TaxDeadline.objects.get())]


def test_as_few_questions_for_all_sections_as_for_one() -> None:
    sections = [section_of(make_activity()) for _turn in range(12)]
    for section in sections:
        make_cash(section, "100.00")
        move(section, "gross_pay", "pay_due", "50.00", date(2026, 4, 30))
        move(section, "expense_travel", "supplier", "20.00", date(2026, 5, 2), party="Gare")
    prospects(sections[:1], TODAY)
    counts = []
    for asked in (sections[:1], sections):
        with CaptureQueriesContext(connection) as queries:
            found = prospects(asked, TODAY)
        counts.append(len(queries))
        assert {len(one.flows) for one in found.values()} == {8}
    assert counts[0] == counts[1]


def test_an_activity_that_goes_under_is_told_once_a_month_with_who_follows_it() -> None:
    user, shop = make_entrepreneur()
    advisor = make_user(RoleKind.ADVISOR)
    section, calm = section_of(shop), section_of(make_activity())
    make_cash(section, "100.00")
    make_cash(calm, "100.00")
    move(section, "expense_travel", "supplier", "180.00", date(2026, 5, 2), due_on=date(2026, 7, 1))
    assert tell_low_forecasts(today=TODAY) == 1
    row = ForecastAlert.objects.get()
    assert (row.section, row.below_in, row.amount, row.floor) == (
        section,
        date(2026, 7, 1),
        D("-80.00"),
        ZERO,
    )
    assert set(Notice.objects.values_list("user", flat=True)) == {user.pk, advisor.pk}
    notice = Notice.objects.filter(user=user).get()
    assert notice.subject.endswith("prévus fin juillet 2026")
    assert "−80,00" in notice.subject
    assert notice.url == reverse("accounting:forecast", args=[shop.pk])
    # Once a month, whatever happens; again the next.
    assert tell_low_forecasts(today=date(2026, 5, 25)) == 0
    assert tell_low_forecasts(today=date(2026, 6, 1)) == 1
    assert ForecastAlert.objects.count() == 2
    with pytest.raises(DatabaseError), transaction.atomic():
        ForecastAlert.objects.update(amount=ZERO)
