"""What holds shares together when a day, a person or a plan is unusual (GOV-02, GOV-05, GOV-06, GOV-08)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code
from governance.models import Representative, ShareClass
from governance.selectors.refunds import refund_queue
from governance.selectors.share_rules import holders_on
from governance.selectors.shares import account_of
from governance.services.associates import change_category
from governance.services.refunds import (
    RefundData,
    ask_refund,
    note_capital_loss,
)
from governance.services.share_movements import MoveData, enter_shares, transfer_shares
from governance.services.share_payments import (
    PaymentData,
    record_held_on_pay,
    record_payment,
    reverse_payment,
)
from governance.services.subscriptions import (
    SubscriptionData,
    cancel_subscription,
    prepare_subscription,
)
from governance.states.register import Category, PaymentPlan, SubscriptionState
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_associate, make_member, make_share_class
from tests.factories.governance_shares import make_holder, make_signed
from tests.factories.people import OrganisationFactory, make_user
from tests.pages import client_of, text
from tests.refusals import refusal_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

TODAY = date(2026, 11, 25)
BEFORE = date(2025, 1, 2)
DAY = timedelta(days=1)
D = Decimal


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        # Twenty thousand payments of a cent.
        ({"plan": PaymentPlan.IN_PARTS, "part_amount": D("0.01")}, "part_amount"),
        ({"plan": PaymentPlan.IN_PARTS, "part_amount": D("3.27")}, "part_amount"),
        ({"first_due_on": date(9999, 12, 1)}, "first_due_on"),
        ({"first_due_on": date(2031, 11, 26)}, "first_due_on"),
        # Sixty payments, the last one five years and a month away.
        (
            {"plan": PaymentPlan.ON_PAY, "part_amount": D("3.34"), "first_due_on": date(2027, 1, 25)},
            "part_amount",
        ),
    ],
)
def test_shares_are_freed_within_five_years(
    accountant: User, parts: ShareClass, fields: dict[str, Any], field: str
) -> None:
    who, *_rest = [make_holder(accountant, parts) for _ in range(4)]
    data = SubscriptionData(**({"share_class": parts, "quantity": 10, "first_due_on": TODAY} | fields))
    told = refusal_of(lambda: prepare_subscription(who, data=data, actor=accountant, on=TODAY))
    assert (told.code, told.field) == (Code.DATE_INVALID, field)
    slow = SubscriptionData(parts, 10, TODAY, PaymentPlan.ON_PAY, D("3.34"))
    assert prepare_subscription(who, data=slow, actor=accountant, on=TODAY).state == SubscriptionState.DRAFT


def test_a_category_put_right_the_same_day_is_the_one_that_counts(
    accountant: User, parts: ShareClass
) -> None:
    who = make_holder(accountant, parts, category=Category.OUTSIDE)
    starts_on = who.categories.get().starts_on
    for category in (Category.EMPLOYEE, Category.VOLUNTEER, Category.EMPLOYEE):
        change_category(
            who, category=category, college=None, on=starts_on, reason="Saisie corrigée", actor=accountant
        )
    assert [one.category for one in holders_on(TODAY)] == [Category.EMPLOYEE]


def test_who_acts_for_an_organisation_does_not_keep_its_shares(accountant: User, parts: ShareClass) -> None:
    for _ in range(4):
        make_holder(accountant, parts)
    body = make_holder(
        accountant,
        parts,
        5,
        organisation=OrganisationFactory.create(name="Éts Lin"),
        category=Category.OUTSIDE,
    )
    Representative.objects.create(associate=body, person=accountant.person, starts_on=BEFORE)
    row = make_signed(accountant, body, parts, TODAY)
    client = client_of(accountant)
    assert client.get(reverse("governance:subscription_detail", args=[row.pk])).status_code == 200
    assert client.get(reverse("governance:subscription_pay", args=[row.pk])).status_code == 403


def test_who_stays_keeps_one_share_whatever_its_class(accountant: User, parts: ShareClass) -> None:
    other = make_share_class("B", "50.00")
    who, giver, other_one, _fourth = [make_holder(accountant, parts) for _ in range(4)]
    data = MoveData(other, 2, BEFORE, "Parts d’avant")
    enter_shares(who, data=data, actor=accountant, today=TODAY, accepted=True)
    now = timezone.now()
    # The two of the other class stay: all those of this one may be asked back.
    ask_refund(who, data=RefundData(parts, 50, now), actor=accountant, now=now)
    told = refusal_of(lambda: ask_refund(who, data=RefundData(other, 2, now), actor=accountant, now=now))
    assert (told.code, told.field) == (Code.ILLEGAL_MOVE, "quantity")
    everything = MoveData(parts, 50, TODAY, "Acte")
    told = refusal_of(
        lambda: transfer_shares(
            giver, other_one, data=everything, actor=accountant, today=TODAY, accepted=True
        )
    )
    assert (told.code, told.field) == (Code.ILLEGAL_MOVE, "quantity")


def test_shares_of_a_past_day_were_free_that_day(accountant: User, parts: ShareClass) -> None:
    _who, receiver, *_rest = [make_holder(accountant, parts) for _ in range(4)]
    late = make_associate()
    row = make_signed(accountant, late, parts, date(2026, 3, 2))
    paid = PaymentData(date(2026, 6, 1), D("200.00"))
    record_payment(row, data=paid, actor=accountant, today=TODAY)
    data = MoveData(parts, 4, date(2026, 4, 1), "Acte")
    move = {"actor": accountant, "today": TODAY, "accepted": True}
    assert (
        refusal_of(lambda: transfer_shares(late, receiver, data=data, **move)).code == Code.AMOUNT_ABOVE_DUE
    )
    assert transfer_shares(late, receiver, data=MoveData(parts, 4, date(2026, 6, 1), "Acte"), **move).pk


def test_an_account_of_a_past_day_says_what_was_due_that_day(accountant: User, parts: ShareClass) -> None:
    [make_holder(accountant, parts) for _ in range(4)]
    who = make_associate()
    row = make_signed(accountant, who, parts, date(2026, 3, 2))
    record_payment(row, data=PaymentData(date(2026, 4, 1), D("80.00")), actor=accountant, today=TODAY)
    cancel_subscription(
        row, reason="Renonce", on=date(2026, 5, 4), actor=accountant, today=TODAY, accepted=True
    )
    days = (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 4))
    assert [account_of(who, day).unpaid for day in days] == [D(0), D("200.00"), D("120.00"), D(0)]


def test_the_queue_of_a_past_day_does_not_know_later_losses(accountant: User, parts: ShareClass) -> None:
    leaver, *_rest = [make_holder(accountant, parts) for _ in range(4)]
    asked = datetime(2025, 6, 2, 10, tzinfo=timezone.get_current_timezone())
    ask_refund(leaver, data=RefundData(parts, 20, asked), actor=accountant, now=timezone.now())
    note_capital_loss(
        closed_on=date(2025, 12, 31), amount=D("400.00"), decision="AG", actor=accountant, today=TODAY
    )
    assert [refund_queue(day).rows[0].worth.net for day in (date(2025, 12, 30), TODAY)] == [
        D("400.00"),
        D("360.00"),
    ]


def test_a_loss_is_that_of_a_closed_year(accountant: User, parts: ShareClass) -> None:
    make_holder(accountant, parts)
    told = refusal_of(
        lambda: note_capital_loss(
            closed_on=date(2025, 6, 30), amount=D("10.00"), decision="AG", actor=accountant, today=TODAY
        )
    )
    assert (told.code, told.field) == (Code.DATE_INVALID, "closed_on")


def test_a_movement_of_before_keeps_the_limits_of_today_too(accountant: User, parts: ShareClass) -> None:
    giver, _second = make_holder(accountant, parts, 60), make_holder(accountant, parts, 60)
    outside = make_holder(accountant, parts, 20, category=Category.OUTSIDE)
    third = make_holder(accountant, parts, 70, on=date(2026, 1, 5), category=Category.VOLUNTEER)
    assert third.pk
    # In March all are there: the day of the deed, long before, hides nothing of today.
    data = MoveData(parts, 30, date(2025, 6, 2), "Acte")
    told = refusal_of(lambda: transfer_shares(giver, outside, data=data, actor=accountant, today=TODAY))
    assert told.code == Code.VERDICT_REFUSED
    assert "51" in str(told)


def test_unpaid_shares_given_up_tell_the_limits_they_break(accountant: User, parts: ShareClass) -> None:
    make_holder(accountant, parts, 30)
    make_holder(accountant, parts, 28, category=Category.VOLUNTEER)
    who = make_associate()
    row = make_signed(accountant, who, parts, TODAY)
    make_holder(accountant, parts, 5, category=Category.BENEFICIARY)
    typed: dict[str, Any] = {"reason": "Renonce", "on": TODAY, "actor": accountant, "today": TODAY}
    told = refusal_of(lambda: cancel_subscription(row, **typed))
    assert (told.code, told.field) == (Code.VERDICT_REFUSED, "accepted")
    page = reverse("governance:subscription_cancel", args=[row.pk])
    client = client_of(accountant)
    sent = {"reason": "Renonce", "on": TODAY.isoformat()}
    answer = client.post(page, sent)
    assert answer.status_code == 422
    assert 'type="checkbox" name="accepted"' in answer.content.decode()
    assert client.post(page, sent | {"accepted": "on"}).status_code == 302


def test_shares_kept_of_a_subscription_given_up_give_the_number(accountant: User, parts: ShareClass) -> None:
    [make_holder(accountant, parts) for _ in range(4)]
    who = make_associate()
    row = make_signed(accountant, who, parts, TODAY)
    record_payment(row, data=PaymentData(TODAY, D("80.00")), actor=accountant, today=TODAY)
    cancel_subscription(row, reason="Renonce", on=TODAY, actor=accountant, today=TODAY, accepted=True)
    who.refresh_from_db()
    assert who.number == 5


def test_one_gives_up_ones_own_bulletin_and_request(accountant: User, parts: ShareClass) -> None:
    [make_holder(accountant, parts) for _ in range(4)]
    user, mine = make_member()
    other, _theirs = make_member()
    enter_shares(mine, data=MoveData(parts, 5, BEFORE, "Parts"), actor=accountant, today=TODAY, accepted=True)
    row = prepare_subscription(
        mine, data=SubscriptionData(parts, 1, TODAY), actor=user, on=TODAY, by_associate=True
    )
    now = timezone.now()
    refund = ask_refund(mine, data=RefundData(parts, 2, now), actor=user, now=now)
    give_up = reverse("governance:subscription_cancel", args=[row.pk])
    act = reverse("governance:refund_act", args=[refund.pk])
    typed = {"reason": "Erreur de ma part", "on": TODAY.isoformat()}
    assert client_of(other).post(give_up, typed).status_code == 404
    assert client_of(other).post(act, {"do": "cancel", "reason": "x"}).status_code == 404
    client = client_of(user)
    assert "Abandonner" in text(client.get(row.get_absolute_url()))
    assert client.post(give_up, typed).status_code == 302
    assert client.post(act, {"do": "withdraw", "on": TODAY.isoformat()}).status_code == 403
    assert "Abandonner" in text(client.get(refund.get_absolute_url()))
    assert client.post(act, {"do": "cancel", "reason": "Je les garde"}).status_code == 302
    row.refresh_from_db()
    refund.refresh_from_db()
    assert (row.state, refund.state) == ("cancelled", "cancelled")
    # Once signed, the books are kept by the house.
    kept = make_signed(accountant, mine, parts, TODAY)
    assert client.post(reverse("governance:subscription_cancel", args=[kept.pk]), typed).status_code == 403


def test_a_second_click_writes_nothing(accountant: User, parts: ShareClass) -> None:
    giver, receiver, *_rest = [make_holder(accountant, parts) for _ in range(4)]
    who, now = make_associate(), timezone.now()
    row = make_signed(accountant, who, parts, TODAY)
    data = SubscriptionData(parts, 3, TODAY)
    move, paid = MoveData(parts, 4, TODAY, "Acte"), PaymentData(TODAY, D("20.00"))
    year = {"closed_on": date(2025, 12, 31), "amount": D("10.00"), "decision": "AG"}
    acts: list[Callable[[], Any]] = [
        lambda: transfer_shares(giver, receiver, data=move, actor=accountant, today=TODAY, accepted=True),
        lambda: enter_shares(giver, data=move, actor=accountant, today=TODAY, accepted=True),
        lambda: record_payment(row, data=paid, actor=accountant, today=TODAY),
        lambda: prepare_subscription(who, data=data, actor=accountant, on=TODAY, accepted=True),
        lambda: ask_refund(receiver, data=RefundData(parts, 4, now), actor=accountant, now=now),
        lambda: note_capital_loss(**year, actor=accountant, today=TODAY),
    ]
    for act in acts:
        act()
        assert refusal_of(act).code == Code.ALREADY_DONE
    # What a colleague notes, or oneself later, is another fact.
    other = make_user(RoleKind.ACCOUNTANT)
    assert record_payment(row, data=paid, actor=other, today=TODAY).pk
    with time_machine.travel("2026-11-25 10:02:00+01:00", tick=False):
        assert [act() for act in acts]


def test_a_month_of_pay_is_held_once(accountant: User, parts: ShareClass) -> None:
    [make_holder(accountant, parts) for _ in range(4)]
    on_pay = {"plan": PaymentPlan.ON_PAY, "part_amount": D("50.00")}
    row = make_signed(accountant, make_associate(), parts, date(2026, 9, 30), **on_pay)
    held = {"actor": accountant, "today": TODAY}
    assert record_held_on_pay([row], on=date(2026, 10, 30), **held).count == 1
    assert refusal_of(lambda: record_held_on_pay([row], on=date(2026, 10, 30), **held)).field is None
    assert refusal_of(lambda: record_held_on_pay([row], on=date(2026, 10, 31), **held)).field is None
    reverse_payment(row.payments.get(), on=TODAY, reason="Paie refaite", actor=accountant, today=TODAY)
    assert record_held_on_pay([row], on=date(2026, 10, 31), **held).count == 1


@pytest.mark.parametrize("name", ["share_movements", "subscription_list", "refund_list"])
def test_somebody_is_found_by_the_name_in_use(name: str, accountant: User, parts: ShareClass) -> None:
    who = make_holder(accountant, parts, last_name="Naissance", usual_name="Usagère")
    [make_holder(accountant, parts) for _ in range(3)]
    make_signed(accountant, who, parts, TODAY)
    now = timezone.now()
    ask_refund(who, data=RefundData(parts, 4, now), actor=accountant, now=now)
    answer = client_of(accountant).get(reverse(f"governance:{name}"), {"q": "Usagère"})
    assert who.name in text(answer)
