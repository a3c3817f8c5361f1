"""What was billed and is given back: who says it, the credit note of its line, to the cent (COW-15, COW-21,
COW-30)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.facts import todos_of
from cae.core.periods import Month
from coworking.models import Charge, Pass, Place, Registration
from coworking.selectors.usage import usage_of
from coworking.services.billing import prepare_month
from coworking.services.billing_documents import bill_payer
from coworking.services.booking_changes import cancel_booking
from coworking.services.charges import waive_charge
from coworking.services.crediting import keep_billed, owe_back, prepare_credit
from coworking.services.event_charges import settle_charge
from coworking.services.events import cancel_event
from coworking.services.members import MemberData, enter_member
from coworking.services.passes import sell_pass
from coworking.services.premises import CostData, TenancyData, let_in, share_cost, take_cost_back
from coworking.services.registrations import cancel_registration
from coworking.states.events import RegistrationState
from coworking.states.members import ChargeKind, ChargeState, MemberOrigin, PlanKind
from invoicing.models import InternalCredit, Invoice
from invoicing.selectors.money_controls import money_faults
from invoicing.services.checking import check_invoice
from invoicing.services.discarding import discard_invoice
from invoicing.services.issuing import issue_invoice
from invoicing.states.sales import InvoiceState
from people.models import User
from people.states import RoleKind
from tests.factories.bookings import book_at, hours, make_room
from tests.factories.coworking_events import a_registration, an_event
from tests.factories.coworking_members import make_member, make_plan, owed, place_that_sells
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user

pytestmark = pytest.mark.django_db
D = Decimal


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def accountant() -> User:
    return make_user(RoleKind.ACCOUNTANT)


def bill(place: Place, actor: User) -> None:
    """What is due by today, in documents."""
    run = prepare_month(place, Month.of(today()), today=today(), actor=actor)
    for charge in Charge.objects.filter(state=ChargeState.DUE).select_related("payer"):
        bill_payer(charge.payer, run=run, today=today(), actor=actor)


def refused(ask: Callable[[], Any], code: Code) -> str:
    before = list(Charge.objects.order_by("pk").values()), Invoice.objects.count()
    with pytest.raises(Refused) as caught:
        ask()
    assert caught.value.code == code, caught.value
    assert before == (list(Charge.objects.order_by("pk").values()), Invoice.objects.count())
    return caught.value.message


def issue(note: Invoice, actor: User) -> Invoice:
    assert check_invoice(note, actor=actor, on=today()).accepted
    return issue_invoice(note, actor=actor, on=today(), today=today())


def test_a_booking_billed_then_cancelled_is_given_back_to_the_cent(accountant: User) -> None:
    room = make_room(cut_off=60)
    place, member = room.place, make_member(room.place)
    kept, back = (book_at(room, hours(*span), of=member) for span in (("9:00", "10:00"), ("11:00", "12:00")))
    Charge.objects.update(day=today(), amount=D("8.37"), label="Salle, 1 h")
    bill(place, accountant)
    late = kept.during.lower - timedelta(minutes=30)
    later = back.during.lower - timedelta(minutes=30)
    # Late, it stays due; forgiven by the team, or in time, it is to be given back.
    cancel_booking(kept, actor=None, now=late)
    cancel_booking(back, actor=None, now=later, forgiven=True)
    charge = Charge.objects.get(booking=back)
    assert (charge.state, charge.is_to_credit, charge.to_credit_because) == (
        ChargeState.BILLED,
        True,
        "réservation annulée",
    )
    assert not Charge.objects.get(booking=kept).is_to_credit
    # What is given back is no income of the place.
    assert usage_of(place, Month.of(today()), today()).income == [(ChargeKind.BOOKING.label, D("8.37"))]
    with pytest.raises(IntegrityError), transaction.atomic():
        Charge.objects.filter(pk=charge.pk).update(amount=1)
    asked = [one for one in todos_of(accountant, today()) if "avoir" in one.label]
    assert [one.label for one in asked] == ["Préparer l’avoir d’une ligne à rendre"]
    charge = prepare_credit(charge, today=today(), actor=accountant)
    note = charge.credit
    assert note is not None
    line = note.lines.get()
    # 8,37 + 20 % = 10,04: of an invoice of 20,09, 10,05 stays due.
    assert (line.net, note.total_incl_tax, note.credited) == (D("8.37"), D("10.04"), charge.invoice)
    assert (charge.is_to_credit, [one for one in todos_of(accountant, today()) if "avoir" in one.label]) == (
        False,
        [],
    )
    refused(lambda: prepare_credit(charge, today=today(), actor=None), Code.ALREADY_DONE)
    # Its draft given up, it is to be given back again, by the same one.
    discard_invoice(note, actor=None)
    assert Charge.objects.get(pk=charge.pk).is_to_credit
    assert prepare_credit(charge, today=today(), actor=accountant).credit == note
    note = issue(Invoice.objects.get(pk=note.pk), accountant)
    invoice = Invoice.objects.with_settlement(today()).get(pk=charge.invoice_id)
    assert (invoice.total_incl_tax, invoice.due) == (D("20.09"), D("10.05"))  # type: ignore[attr-defined]
    assert list(money_faults()) == []
    # The run bills nothing of it again.
    bill(place, accountant)
    assert Invoice.objects.filter(kind="invoice").count() == 1


def test_between_activities_it_is_done_at_once_or_kept_for_a_reason(accountant: User) -> None:
    place, owner = place_that_sells(), make_person()
    data = MemberData(MemberOrigin.OWN, activity=make_activity(owner))
    member = enter_member(place, person=owner, data=data, starts_on=BEGINNING, actor=None)
    first, second = (owed(member.payer, "12.34", day=today()) for _one in range(2))  # type: ignore[arg-type]
    refused(lambda: owe_back(first, reason="Geste", actor=None), Code.ILLEGAL_MOVE)
    bill(place, accountant)
    refused(lambda: owe_back(first, reason=" ", actor=None), Code.VALUE_MISSING)
    refused(lambda: prepare_credit(first, today=today(), actor=None), Code.ALREADY_DONE)
    for charge in (first, second, second):
        owe_back(charge, reason="Salle en panne", actor=None)
    charge = prepare_credit(first, today=today(), actor=accountant)
    credit = InternalCredit.objects.get()
    assert (charge.internal_credit, credit.amount, credit.reason) == (credit, D("12.34"), "Salle en panne")
    assert not keep_billed(second, reason="Réglé autrement", actor=None).is_to_credit
    refused(lambda: keep_billed(second, reason="Encore", actor=None), Code.ALREADY_DONE)


def test_what_no_credit_note_can_take_back_is_told(accountant: User) -> None:
    place = place_that_sells()
    keeper, member = make_user(RoleKind.PLACE_FACILITATOR, scope=place.scope), make_member(place)
    charge = owed(member.payer, day=today())  # type: ignore[arg-type]
    bill(place, keeper)
    owe_back(charge, reason="Erreur", actor=None)
    assert "brouillon" in refused(lambda: prepare_credit(charge, today=today(), actor=None), Code.NOT_ALLOWED)
    # Its draft given up, nothing was billed: it is due no more.
    Invoice.objects.update(state=InvoiceState.DRAFT)
    discard_invoice(Invoice.objects.get(), actor=None)
    bill(place, accountant)
    charge.refresh_from_db()
    assert (charge.state, charge.reason, Invoice.objects.count()) == (ChargeState.WAIVED, "Erreur", 1)
    # A pass given back serves no more; one already used is the team’s to weigh.
    plan = make_plan(place, kind=PlanKind.PASS, units=10, valid_days=90)
    new, used = (sell_pass(member, plan=plan, on=today(), form_key=uuid.uuid4(), actor=None) for _one in "ab")
    bill(place, accountant)
    Pass.objects.filter(pk=used.pk).update(left=9)
    owe_back(new.charge, reason="Déménagement", actor=None)
    assert Pass.objects.get(pk=new.pk).left == 0
    # Kept after all, it is used again: it is paid.
    keep_billed(new.charge, reason="Reste finalement", actor=None)
    assert Pass.objects.get(pk=new.pk).left == 10
    owe_back(new.charge, reason="Déménagement", actor=None)
    assert Pass.objects.get(pk=new.pk).left == 0
    refused(lambda: owe_back(used.charge, reason="Déménagement", actor=None), Code.NOT_ALLOWED)
    # A line that the draft no longer held as it was.
    sold = Charge.objects.get(sold_pass=new)
    other = Invoice.objects.filter(state=InvoiceState.ISSUED).get()
    assert sold.invoice == other
    assert prepare_credit(sold, today=today(), actor=None).credit is not None


def test_a_cancelled_event_gives_back_what_it_billed(accountant: User) -> None:
    place, now = place_that_sells(), timezone.now()
    event = an_event(place=place)
    rows: list[Registration] = [
        a_registration(event, name) for name in ("Nina Roche", "Leo Petit", "Ana Sol")
    ]
    payer = make_member(place).payer
    for row in rows:
        charge = owed(payer, "20.00", day=today(), kind=ChargeKind.EVENT)  # type: ignore[arg-type]
        Registration.objects.filter(pk=row.pk).update(charge=charge, amount=D("20.00"))
    first, _second, third = Charge.objects.order_by("pk")
    Charge.objects.filter(pk=third.pk).update(day=today() + timedelta(days=60))
    bill(place, accountant)
    cancel_registration(Registration.objects.get(charge=first), now=now, actor=None)
    cancel_event(event, reason="Grève", now=now, actor=None)
    said = Charge.objects.order_by("pk").values_list("state", "to_credit_because", "reason")
    assert list(said) == [
        ("billed", "Inscription annulée", ""),
        ("billed", "Événement annulé", ""),
        ("waived", "", "Événement annulé"),
    ]


def test_a_cost_whose_billed_part_was_given_back_is_shared_again(accountant: User) -> None:
    place = place_that_sells()
    since, last = today() - timedelta(days=300), today() - timedelta(days=40)
    tenancy = TenancyData(since, 24, activity=make_activity(), is_billed=True)
    let_in(place, data=tenancy, actor=None)
    data = CostData("Énergie", D("100.00"), last, last)
    cost = share_cost(place, data=data, actor=None)
    charge = Charge.objects.get()
    bill(place, accountant)
    refused(lambda: take_cost_back(cost, actor=None), Code.PERIOD_CLOSED)
    owe_back(charge, reason="Facture fausse", actor=None)
    refused(lambda: take_cost_back(cost, actor=None), Code.PERIOD_CLOSED)
    prepare_credit(charge, today=today(), actor=accountant)
    take_cost_back(cost, actor=None)
    share_cost(place, data=data, actor=None)
    assert list(Charge.objects.order_by("pk").values_list("state", flat=True)) == ["billed", "due"]


def test_a_place_that_the_team_gave_up_is_not_due_again_when_one_changes_something() -> None:
    place = place_that_sells()
    row = a_registration(an_event(place=place))
    charge = owed(make_member(place).payer, "20.00", kind=ChargeKind.EVENT)  # type: ignore[arg-type]
    Registration.objects.filter(pk=row.pk).update(charge=charge, amount=D("20.00"))
    waive_charge(charge, reason="Invitation", actor=None)
    row.refresh_from_db()
    settle_charge(row, state=RegistrationState.REGISTERED, actor=None)
    assert (row.charge, Charge.objects.count()) == (charge, 1)


@pytest.mark.usefixtures("demonstration")
def test_the_page_of_billing_says_what_is_to_be_given_back(client: Client, accountant: User) -> None:
    place = place_that_sells()
    charge = owed(make_member(place).payer, day=today())  # type: ignore[arg-type]
    bill(place, accountant)
    client.force_login(accountant)
    month = reverse("coworking:billing", args=[place.pk, str(Month.of(today()))])
    ask = reverse("coworking:charge_owe_back", args=[charge.pk])
    assert ask in client.get(month).content.decode()
    assert client.post(ask, {"reason": "Panne"}).url == month  # type: ignore[attr-defined]
    months = client.get(reverse("coworking:billing_list", args=[place.pk])).content.decode()
    prepare = reverse("coworking:charge_credit", args=[charge.pk])
    for words in ("À rendre", "Panne", prepare):
        assert words in months
    keep = reverse("coworking:charge_keep_billed", args=[charge.pk])
    assert client.post(keep, {"reason": ""}).status_code == 422
    assert prepare in client.get(month).content.decode()
    assert client.post(keep, {"reason": "Le poste a servi"}).url == month  # type: ignore[attr-defined]
    assert prepare not in client.get(month).content.decode()
    client.post(ask, {"reason": "Panne"})
    note = client.post(prepare)
    assert note.url == Charge.objects.get(pk=charge.pk).credit.get_absolute_url()  # type: ignore[union-attr, attr-defined]
    assert prepare not in client.get(month).content.decode()
