"""The month of a place: computed, odd lines held back, one document a payer, nothing twice (COW-15)."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import Job
from cae.core.periods import Month
from coworking.calculations.oddities import is_unusual, usual
from coworking.models import BillingRun, Charge, Member, Place, Plan, Presence, Subscription
from coworking.selectors.billing import month_of, unpriced
from coworking.services import billing_documents
from coworking.services.billing import free_charge, prepare_month, start_run
from coworking.services.billing_documents import bill_month, bill_payer
from coworking.services.charges import hold_charge, release_charge, waive_charge
from coworking.services.members import MemberData, enter_member
from coworking.services.pauses import lift_pause, pause_subscription
from coworking.services.sending_bills import send_run_invoice
from coworking.services.subscriptions import SubscriptionData, hold_plan
from coworking.states.members import ChargeState, MemberOrigin, PlanKind, RunState
from invoicing.models import Customer, InternalSale, Invoice, Sending
from invoicing.services.checking import check_invoice
from invoicing.services.discarding import discard_invoice, restore_invoice
from invoicing.services.drafting import copied as copied_content
from invoicing.services.drafting import create_draft
from invoicing.services.issuing import issue_invoice
from invoicing.states.joint import InternalState
from invoicing.states.sales import InvoiceState
from people.models import User
from people.states import RoleKind
from tests.factories.coworking_members import (
    make_member,
    make_plan,
    owed,
    place_that_sells,
)
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return place_that_sells()


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def last_month() -> Month:
    return Month.of(timezone.localdate()).previous()


def own_member(place: Place) -> Member:
    owner = make_person()
    data = MemberData(MemberOrigin.OWN, activity=make_activity(owner))
    return enter_member(place, person=owner, data=data, starts_on=BEGINNING, actor=None)


def hold(member: Member, plan: Plan, on: date = BEGINNING, **more: Any) -> Subscription:
    return hold_plan(member, data=SubscriptionData(plan, on, **more), form_key=uuid.uuid4(), actor=None)


def prepare(place: Place, month: Month, today: date | None = None) -> BillingRun:
    return prepare_month(place, month, today=today or timezone.localdate(), actor=None)


def bill(run: BillingRun, actor: User) -> BillingRun:
    """Asks for the run, whose job the tests run at once."""
    start_run(run, today=timezone.localdate(), actor=actor)
    run.refresh_from_db()
    assert run.job is not None
    bill_month(run.job.pk)
    run.refresh_from_db()
    return run


def test_what_is_usual_and_what_is_not() -> None:
    assert usual([]) is None
    assert usual([Decimal(1000), Decimal(100), Decimal(100), Decimal("100.01")]) == Decimal("100.00")
    assert not is_unusual(Decimal(500), None)
    assert not is_unusual(Decimal(200), Decimal(100))
    assert is_unusual(Decimal("200.01"), Decimal(100))


def test_a_month_is_computed_by_its_days_and_computed_anew(place: Place) -> None:
    march = Month(2026, 3)
    inside, outside = own_member(place), make_member(place)
    plan = make_plan(place, own="100.00", other="155.00")
    hold(inside, plan)
    row = hold(outside, plan, date(2026, 3, 12))
    agreed = hold(make_member(place), plan, agreed_price=Decimal("80.00"), agreed_because="Aide à l’accueil")
    free = hold(make_member(place), make_plan(place, other="0.00"))
    late = make_plan(place)
    late.prices.update(starts_on=date(2026, 4, 1))
    lacking = hold(make_member(place), late)
    for _again in range(2):
        prepare(place, march)
    found = {one.subscription_id: (one.amount, one.working) for one in Charge.objects.all()}
    # 155,00\xa0€ × 20 days of the 31 of March.
    assert found == {
        inside.subscriptions.get().pk: (Decimal("100.00"), ""),
        row.pk: (Decimal("100.00"), "155,00\xa0€ × 20 jours sur 31"),
        agreed.pk: (Decimal("80.00"), ""),
    }
    assert free.pk not in found
    assert unpriced(place, march) == [lacking]
    # A pause takes its days off, the whole month when it lasts it, and gives them back when it is lifted.
    pause = pause_subscription(row, starts_on=date(2026, 3, 12), ends_on=date(2026, 3, 31), actor=None)
    prepare(place, march)
    assert Charge.objects.get(subscription=row).state == ChargeState.WAIVED
    lift_pause(pause, actor=None)
    prepare(place, march)
    again = Charge.objects.exclude(state=ChargeState.WAIVED).get(subscription=row)
    assert again.amount == Decimal("100.00")
    pause_subscription(row, starts_on=date(2026, 3, 22), ends_on=date(2026, 4, 2), actor=None)
    prepare(place, march)
    again.refresh_from_db()
    assert (again.amount, again.working) == (Decimal("50.00"), "155,00\xa0€ × 10 jours sur 31")
    # What somebody gave up is not due again.
    waive_charge(again, reason="Geste", actor=None)
    prepare(place, march)
    assert not Charge.objects.exclude(state=ChargeState.WAIVED).filter(subscription=row).exists()


def test_months_that_cannot_be_computed(place: Place) -> None:
    today = date(2026, 3, 10)
    for wrong, month, code in (
        (place_that_sells(activity=None), Month(2026, 3), Code.NOT_ALLOWED),
        (place, Month(2026, 4), Code.PERIOD_INVALID),
    ):
        with pytest.raises(Refused) as refused:
            prepare(wrong, month, today)
        assert refused.value.code == code
    assert not BillingRun.objects.exists()


def test_what_is_odd_is_held_back_once(place: Place) -> None:
    month = last_month()
    days = make_plan(place, kind=PlanKind.DAYS, other="60.00")
    came, absent, resident = (make_member(place) for _one in range(3))
    hold(came, days)
    hold(absent, days)
    hold(resident, make_plan(place, other="200.00"))
    at = datetime.combine(month.first, datetime.min.time(), tzinfo=UTC) + timedelta(hours=12)
    Presence.objects.create(
        place=place, person=came.person, way="door", arrived_at=at, left_at=at + timedelta(hours=2)
    )
    archived = make_member(place)
    owed(archived.payer, day=month.first)  # type: ignore[arg-type]
    Customer.objects.filter(pk=archived.payer.customer_id).update(archived_at=timezone.now())  # type: ignore[union-attr]
    big = make_member(place)
    before = BillingRun.objects.create(place=place, month=month.previous().first)
    usual_one = owed(big.payer, "20.00", day=month.previous().first)  # type: ignore[arg-type]
    billed_by = InternalSale.objects.create(
        seller=place.activity, buyer=make_activity(), title="Avant", amount=Decimal(20)
    )
    Charge.objects.filter(pk=usual_one.pk).update(
        state=ChargeState.BILLED, run=before, internal_sale=billed_by
    )
    huge = owed(big.payer, "40.01", day=month.first)  # type: ignore[arg-type]
    prepare(place, month)
    held = dict(Charge.objects.filter(state=ChargeState.HELD).values_list("payer", "reason"))
    assert held == {
        absent.payer_id: "Aucun passage noté ce mois-là.",
        archived.payer_id: "Ce payeur ne peut plus être facturé : fiche archivée ou activité fermée.",
        big.payer_id: "Plus du double de l’habituel (20,00 €).",
    }
    huge.refresh_from_db()
    release_charge(huge, actor=None)
    prepare(place, month)
    huge.refresh_from_db()
    assert huge.state == ChargeState.DUE


def test_one_document_a_payer_and_nothing_twice(place: Place, accountant: User) -> None:
    month = last_month()
    inside, outside = own_member(place), make_member(place)
    plan = make_plan(place, own="100.00", other="150.00")
    hold(inside, plan)
    hold(outside, plan)
    owed(outside.payer, "12.00", day=month.first)  # type: ignore[arg-type]
    owed(outside.payer, "7.00", day=month.next().last + timedelta(days=1))  # type: ignore[arg-type]
    kept = hold_charge(owed(inside.payer, "5.00", day=month.first), reason="À voir", actor=None)  # type: ignore[arg-type]
    run = bill(prepare(place, month), accountant)
    assert run.state == RunState.DONE
    sale = InternalSale.objects.get()
    assert (sale.state, sale.amount, sale.seller) == (
        InternalState.INVOICED,
        Decimal("100.00"),
        place.activity,
    )
    invoice = Invoice.objects.get()
    assert (invoice.state, invoice.total_excl_tax) == (InvoiceState.ISSUED, Decimal("162.00"))
    assert invoice.lines.filter(label="Salle, 1 h", net=12).exists()
    assert set(Charge.objects.filter(state=ChargeState.BILLED).values_list("run", flat=True)) == {run.pk}
    # Run again, by hand or by the job of a worker that died: nothing is made twice.
    with pytest.raises(Refused) as refused:
        start_run(run, today=timezone.localdate(), actor=accountant)
    assert refused.value.code == Code.EMPTY_DOCUMENT
    for payer in (inside.payer, outside.payer):
        assert payer is not None
        bill_payer(payer, run=run, today=timezone.localdate(), actor=accountant)
    prepare(place, month)
    assert (InternalSale.objects.count(), Invoice.objects.count()) == (1, 1)
    # What was released since is billed by the same month, run again.
    release_charge(kept, actor=None)
    bill(run, accountant)
    assert InternalSale.objects.count() == 2
    shown = {one.payer.pk: one for one in month_of(place, month, timezone.localdate())}
    assert len(shown[inside.payer_id].documents) == 2  # type: ignore[index]
    assert shown[outside.payer_id].billed == Decimal("162.00")  # type: ignore[index]
    billed = Charge.objects.filter(state=ChargeState.BILLED).first()
    assert billed is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(pk=billed.pk).update(amount=1)
    with pytest.raises(Refused):
        free_charge(billed, actor=None)


def test_a_run_by_who_may_not_issue_hands_drafts_to_the_team(place: Place) -> None:
    month = last_month()
    facilitator = make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope)
    member = make_member(place)
    charge = owed(member.payer, day=month.first)  # type: ignore[arg-type]
    run = bill(prepare(place, month), facilitator)
    invoice = Invoice.objects.get()
    assert invoice.state == InvoiceState.SUBMITTED
    # A draft given up frees its lines.
    Invoice.objects.filter(pk=invoice.pk).update(state=InvoiceState.DRAFT)
    invoice.refresh_from_db()
    discard_invoice(invoice, actor=None)
    prepare(place, month)
    charge.refresh_from_db()
    assert (charge.state, charge.invoice, charge.run) == (ChargeState.DUE, None, None)
    bill(run, facilitator)
    assert Invoice.objects.filter(state=InvoiceState.SUBMITTED).count() == 1


def test_each_invoice_of_a_run_leaves_once_to_its_payer(
    place: Place, accountant: User, django_capture_on_commit_callbacks: Any
) -> None:
    month, now = last_month(), timezone.now()
    mute, known = make_member(place), make_member(place)
    Customer.objects.filter(pk=known.payer.customer_id).update(email="paye@exemple.fr")  # type: ignore[union-attr]
    Customer.objects.filter(pk=mute.payer.customer_id).update(email="")  # type: ignore[union-attr]
    for one in (mute, known):
        owed(one.payer, day=month.first)  # type: ignore[arg-type]
    with django_capture_on_commit_callbacks(execute=True):
        run = bill(prepare(place, month), accountant)
    sending = Sending.objects.get()
    invoice = Invoice.objects.get(customer=known.payer.customer)  # type: ignore[union-attr]
    assert (sending.to, sending.invoice, sending.sent_by) == ("paye@exemple.fr", invoice, accountant)
    assert not send_run_invoice(invoice.pk, at=now)
    shown = {one.payer.pk: one.letters for one in month_of(place, month, timezone.localdate())}
    assert [one.sent_at is not None for one in shown[known.payer_id]] == [True]  # type: ignore[index]
    (silent,) = shown[mute.payer_id]  # type: ignore[index]
    assert "pas d’adresse e-mail" in silent.unsent_because
    # Unticked, nothing leaves; handed to those who check, it leaves when they issue it.
    facilitator = make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope)
    for sends in (False, True):
        owed(known.payer, day=month.first)  # type: ignore[arg-type]
        prepare(place, month)
        run.refresh_from_db()
        start_run(run, today=timezone.localdate(), actor=facilitator, sends=sends, at_once=True)
        run.refresh_from_db()
        bill_payer(known.payer, run=run, today=timezone.localdate(), actor=facilitator)  # type: ignore[arg-type]
        draft = Invoice.objects.get(state=InvoiceState.SUBMITTED)
        assert not send_run_invoice(draft.pk, at=now)
        check_invoice(draft, actor=accountant, on=timezone.localdate())
        with django_capture_on_commit_callbacks(execute=True):
            issue_invoice(draft, actor=accountant, on=timezone.localdate(), today=timezone.localdate())
        assert Sending.objects.filter(invoice=draft).exists() is sends


def test_a_draft_taken_up_again_never_bills_what_another_bills(place: Place) -> None:
    """Both orders: before the month is computed anew it keeps its lines, after it stays given up."""
    month = last_month()
    facilitator = make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope)
    charge = owed(make_member(place).payer, day=month.first)  # type: ignore[arg-type]
    run = bill(prepare(place, month), facilitator)
    draft = Invoice.objects.get()
    Invoice.objects.filter(pk=draft.pk).update(state=InvoiceState.DRAFT)
    restore_invoice(discard_invoice(draft, actor=None), actor=None)
    prepare(place, month)
    charge.refresh_from_db()
    assert (charge.state, charge.invoice) == (ChargeState.BILLED, draft)
    given_up = discard_invoice(draft, actor=None)
    prepare(place, month)
    with pytest.raises(Refused) as refused:
        restore_invoice(given_up, actor=None)
    assert "relancez la facturation de" in refused.value.message
    bill(run, facilitator)
    with pytest.raises(Refused):
        restore_invoice(given_up, actor=None)
    given_up.refresh_from_db()
    charge.refresh_from_db()
    assert (given_up.state, charge.invoice == given_up) == (InvoiceState.DISCARDED, False)
    # Anybody else’s draft is taken up as before.
    other = create_draft(place.activity, content=copied_content(given_up), form_key=uuid.uuid4(), actor=None)
    assert restore_invoice(discard_invoice(other, actor=None), actor=None).state == InvoiceState.DRAFT


def test_a_worker_that_stops_half_way_is_followed_by_another(
    place: Place, accountant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first dies between the draft and its issue: the second issues that draft, and makes no other."""
    month = last_month()
    first, second = make_member(place), make_member(place)
    for one in (first, second):
        owed(one.payer, day=month.first)  # type: ignore[arg-type]
    run = prepare(place, month)
    start_run(run, today=timezone.localdate(), actor=accountant)
    run.refresh_from_db()
    job = run.job
    assert job is not None
    with pytest.raises(Refused) as refused:
        start_run(run, today=timezone.localdate(), actor=accountant)
    assert refused.value.code == Code.ALREADY_DONE

    class Died(BaseException):
        pass

    def dies(*_given: Any, **_more: Any) -> None:
        raise Died

    with monkeypatch.context() as patched:
        patched.setattr(billing_documents, "_send_on", dies)
        with pytest.raises(Died):
            bill_month(job.pk)
    assert Invoice.objects.filter(state=InvoiceState.DRAFT).count() == 1
    bill_month(Job.objects.get(pk=job.pk).pk)
    assert sorted(Invoice.objects.values_list("state", flat=True)) == [InvoiceState.ISSUED] * 2
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_what_one_payer_lacks_is_noted_and_the_others_go_on(place: Place, accountant: User) -> None:
    month = last_month()
    good, gone = make_member(place), make_member(place)
    for one in (good, gone):
        owed(one.payer, day=month.first)  # type: ignore[arg-type]
    run = prepare(place, month)
    Charge.objects.filter(payer=gone.payer).update(vat_code="ended")
    run = bill(run, accountant)
    assert run.job is not None
    (failure,) = run.job.failures
    assert failure["id"] == gone.payer_id
    assert "ended" in failure["reason"]
    assert Invoice.objects.get().customer == good.payer.customer  # type: ignore[union-attr]
