"""Documents made on their dates: once each, at the price of the day, told when they cannot be (INV-25)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Notice
from entrepreneurs.models import Activity
from entrepreneurs.services.closing import close_activity
from invoicing.calculations.recurrence import after_months
from invoicing.models import Invoice, PurchaseOrder, Quote, RecurringMade, RecurringPlan, SelfValidation
from invoicing.selectors.recurring import coming_of, nets_on
from invoicing.services import making
from invoicing.services.customers import archive_customer
from invoicing.services.inputs import InstalmentContent, ScheduleContent
from invoicing.services.making import FAILED, MADE, make_documents, make_due
from invoicing.services.recurring import change_plan, end_plan, pause_plan, resume_plan
from invoicing.states.parts import InstalmentKind
from invoicing.states.recurring import DateOutcome, MakingMode, Period, PlanState
from invoicing.states.sales import InvoiceState, QuoteState
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing_recurring as make
from tests.factories.invoicing import line
from tests.factories.invoicing_purchases import make_approved_order, order_line
from tests.factories.people import make_user
from tests.factories.sendings import READER, ready_quote
from tests.invoicing.conftest import Judges
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]
D = Decimal


def test_a_month_after_the_other_until_the_end(shop: Activity, seller: User) -> None:
    """From the 31st: a draft each month, on the last day of a short one, then the plan ends by itself."""
    first, last = date(2027, 1, 31), date(2027, 3, 31)
    plan = make.make_plan(make.model_of(shop, line("100.00")), actor=seller, first_on=first, until=last)
    assert make_documents(plan.pk, at=make.morning(first - timedelta(days=1))) == []
    [one] = make_documents(plan.pk, at=make.morning(first))
    assert isinstance(one, Invoice)
    assert (one.state, one.total_excl_tax, one.customer) == (InvoiceState.DRAFT, D("100.00"), plan.customer)
    assert one.internal_note == "Fait par le document récurrent « Maintenance », date du 31/01/2027."
    assert make_documents(plan.pk, at=make.morning(first)) == []
    # The server slept: both dates are made, the oldest first.
    assert len(make_documents(plan.pk, at=make.morning(last + timedelta(days=5)))) == 2
    plan.refresh_from_db()
    assert (plan.state, plan.next_on) == (PlanState.ENDED, None)
    assert list(plan.made.order_by("on").values_list("on", "outcome")) == [
        (first, DateOutcome.MADE),
        (date(2027, 2, 28), DateOutcome.MADE),
        (last, DateOutcome.MADE),
    ]
    assert Notice.objects.filter(user=seller, kind=MADE).count() == 3
    assert coming_of(plan) == []


def test_the_price_follows_its_index_on_anniversaries(shop: Activity, seller: User) -> None:
    first = date(2027, 3, 1)
    model = make.model_of(shop, line("99.99", quantity=D(3)), line("10.00"))
    plan = make.make_plan(
        model,
        actor=seller,
        first_on=first,
        every=Period.HALF_YEAR,
        index_rate=D("0.0210"),
        index_since=date(2026, 9, 1),
    )
    # 99.99 × 1.021 = 102.0898, three times; 10.21.
    nets = [D("309.97"), D("316.48"), D("316.48")]
    assert [(one.on, one.net) for one in coming_of(plan)] == list(
        zip([first, date(2027, 9, 1), date(2028, 3, 1)], nets, strict=True)
    )
    make_documents(plan.pk, at=make.morning(date(2028, 3, 1)))
    made = plan.made.order_by("on").values_list("invoice__total_excl_tax", flat=True)
    assert list(made) == nets
    assert nets_on(model, None, [first]) == [model.total_excl_tax]


def test_a_quote_and_an_order_are_repeated_too(shop: Activity, seller: User) -> None:
    first = timezone.localdate()
    rise = {"index_rate": D("0.1"), "index_since": first - timedelta(days=400), "first_on": first}
    quoted = make.make_plan(ready_quote(shop, line("50.00")), actor=seller, **rise)
    bought = make.make_plan(make_approved_order(shop, order_line("10", "12.50")), actor=seller, **rise)
    [quote] = make_documents(quoted.pk, at=make.morning(first))
    [order] = make_documents(bought.pk, at=make.morning(first))
    assert isinstance(quote, Quote)
    assert isinstance(order, PurchaseOrder)
    assert (quote.state, quote.total_excl_tax) == (QuoteState.DRAFT, D("55.00"))
    assert (order.is_draft, order.total_net, order.supplier) == (True, D("137.50"), bought.order.supplier)
    assert coming_of(bought)[0].net == D("137.50")


def test_issued_and_sent_by_itself(shop: Activity, seller: User) -> None:
    today = timezone.localdate()
    sold = make.make_plan(make.model_of(shop), actor=seller, mode=MakingMode.SEND, first_on=today)
    quoted = make.make_plan(ready_quote(shop), actor=seller, mode=MakingMode.SEND, first_on=today)
    [invoice] = make_documents(sold.pk, at=timezone.now())
    [quote] = make_documents(quoted.pk, at=timezone.now())
    assert (invoice.state, invoice.issued_on) == (InvoiceState.ISSUED, today)
    assert (quote.state, quote.approved_on) == (QuoteState.SENT, today)
    assert [one.to for one in (invoice.sendings.get(), quote.sendings.get())] == [READER, READER]


def test_the_days_of_a_schedule_follow_the_quote_that_repeats_it(shop: Activity, seller: User) -> None:
    today = timezone.localdate()
    first = after_months(today, 12)
    schedule = ScheduleContent(
        instalments=(
            InstalmentContent(InstalmentKind.DEPOSIT, rate=D("0.3"), on=today),
            InstalmentContent(label="Sans date"),
        )
    )
    plan = make.make_plan(ready_quote(shop, schedule=schedule), actor=seller, first_on=first)
    [quote] = make_documents(plan.pk, at=make.morning(first))
    assert isinstance(quote, Quote)
    assert list(quote.instalments.order_by("position").values_list("on", flat=True)) == [first, None]


def test_what_fails_stays_due_is_told_once_and_stops_nothing_else(
    shop: Activity, seller: User, judges: Judges
) -> None:
    today = timezone.localdate()
    sent = make.make_plan(make.model_of(shop), actor=seller, mode=MakingMode.SEND, first_on=today)
    kept = make.make_plan(make.model_of(shop), actor=seller, first_on=today)
    judges.verdict = Judges.rejecting("BR-01")
    drafts = Invoice.objects.drafts().count()
    for _turn in range(2):
        assert make_documents(sent.pk, at=timezone.now()) == []
    sent.refresh_from_db()
    assert (sent.next_on, sent.failure != "", sent.made.exists()) == (today, True, False)
    # The draft that could not be issued is not left behind.
    assert Invoice.objects.drafts().count() == drafts
    assert Notice.objects.filter(user=seller, kind=FAILED).count() == 1
    assert len(make_documents(kept.pk, at=timezone.now())) == 1
    judges.verdict = Judges().verdict
    assert len(make_documents(sent.pk, at=timezone.now())) == 1
    sent.refresh_from_db()
    assert (sent.failure, sent.failed_at) == ("", None)


def test_in_the_name_of_somebody_who_still_may(shop: Activity, seller: User) -> None:
    stranger = make_user(RoleKind.ENTREPRENEUR)
    plan = make.make_plan(make.model_of(shop), actor=seller)
    RecurringPlan.objects.filter(pk=plan.pk).update(owner=stranger)
    assert make_documents(plan.pk, at=timezone.now()) == []
    plan.refresh_from_db()
    assert "n’a plus le droit" in plan.failure
    told = Notice.objects.filter(kind=FAILED).values_list("user", flat=True)
    assert set(told) == {seller.pk, stranger.pk}
    seller.is_active = False
    seller.save()
    RecurringPlan.objects.filter(pk=plan.pk).update(owner=seller)
    make_documents(plan.pk, at=timezone.now())
    plan.refresh_from_db()
    assert "est fermé" in plan.failure


def test_a_closed_activity_makes_nothing_more(shop: Activity, seller: User) -> None:
    """The accountant may still write there; the plan does not in their name."""
    first = timezone.localdate()
    plan = make.make_plan(make.model_of(shop), actor=make_user(RoleKind.ACCOUNTANT), first_on=first)
    close_activity(shop, on=first, reason="Départ", actor=None, confirmed=True)
    assert len(make_documents(plan.pk, at=make.morning(first))) == 1
    assert make_documents(plan.pk, at=make.morning(after_months(first, 1))) == []
    plan.refresh_from_db()
    assert "n’est pas ouverte à cette date" in plan.failure
    assert plan.made.count() == 1


def test_a_trust_taken_back_leaves_nothing_by_itself(shop: Activity, seller: User) -> None:
    plan = make.make_plan(make.model_of(shop), actor=seller, mode=MakingMode.SEND)
    SelfValidation.objects.all().delete()
    assert make_documents(plan.pk, at=timezone.now()) == []
    plan.refresh_from_db()
    assert "passent par l’équipe" in plan.failure
    assert not Invoice.objects.drafts().exists()


def test_a_customer_put_away_prevents_it(shop: Activity, seller: User) -> None:
    plan = make.make_plan(make.model_of(shop), actor=seller)
    archive_customer(plan.customer, actor=seller, at=timezone.now())
    assert make_documents(plan.pk, at=timezone.now()) == []
    plan.refresh_from_db()
    assert "archivé" in plan.failure
    # Begun later instead: nothing is stuck any more.
    tomorrow = timezone.localdate() + timedelta(days=1)
    change_plan(
        plan, content=make.content(first_on=tomorrow), version=1, on=timezone.localdate(), actor=seller
    )
    plan.refresh_from_db()
    assert (plan.failure, plan.failed_at) == ("", None)
    # Made by another worker, paused or ended meanwhile: nobody is told of what does not matter any more.
    told = Notice.objects.filter(kind=FAILED).count()
    late, day_after = Refused(Code.NOT_ALLOWED, "Trop tard."), make.morning(tomorrow)
    making._note_failure(plan.pk, late, at=timezone.now())
    for put_away in (pause_plan, end_plan):
        put_away(plan, actor=seller)
        making._note_failure(plan.pk, late, at=day_after)
    plan.refresh_from_db()
    assert (plan.failure, Notice.objects.filter(kind=FAILED).count()) == ("", told)


def test_dates_that_pass_during_a_pause_are_skipped_and_said(shop: Activity, seller: User) -> None:
    first = date(2027, 1, 15)
    plan = make.make_plan(make.model_of(shop), actor=seller, first_on=first, until=date(2027, 6, 30))
    pause_plan(plan, actor=seller)
    assert make_documents(plan.pk, at=make.morning(date(2027, 3, 1))) == []
    with refused(Code.PERIOD_INVALID):
        resume_plan(plan, on=date(2027, 7, 1), actor=seller)
    back = resume_plan(plan, on=date(2027, 3, 15), actor=seller)
    assert (back.state, back.next_on) == (PlanState.ACTIVE, date(2027, 3, 15))
    assert list(back.made.order_by("on").values_list("on", "outcome")) == [
        (first, DateOutcome.SKIPPED),
        (date(2027, 2, 15), DateOutcome.SKIPPED),
    ]
    # Nothing passed: nothing is skipped.
    pause_plan(back, actor=seller)
    again = resume_plan(back, on=date(2027, 3, 1), actor=seller)
    assert (again.next_on, again.made.count()) == (date(2027, 3, 15), 2)


def test_each_due_plan_has_a_task_of_its_own(
    shop: Activity, seller: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(making, "run_later", lambda name, *, plan_id: asked.append(plan_id))
    due, paused, later = (
        make.make_plan(make.model_of(shop), actor=seller, first_on=day)
        for day in (date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 2))
    )
    pause_plan(paused, actor=seller)
    assert make_due(at=make.morning(date(2027, 1, 1))) == 1
    assert asked == [due.pk]
    assert later.next_on == date(2027, 1, 2)


def test_the_database_makes_a_date_once_and_keeps_what_was_made(shop: Activity, seller: User) -> None:
    plan = make.make_plan(make.model_of(shop), actor=seller)
    make_documents(plan.pk, at=timezone.now())
    made = plan.made.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RecurringMade.objects.create(plan=plan, on=made.on, outcome=DateOutcome.SKIPPED)
    for act in (
        lambda: RecurringMade.objects.filter(pk=made.pk).update(on=date(2030, 1, 1)),
        lambda: RecurringPlan.objects.filter(pk=plan.pk).delete(),
        lambda: RecurringPlan.objects.filter(pk=plan.pk).update(quote=ready_quote(shop), invoice=None),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
