"""Movements that would stop the queue, spend what is not paid, or leave an associate without a number
(GOV-02, GOV-05, GOV-06)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cae.core.errors import Code
from governance.models import Associate, Refund, ShareClass
from governance.selectors.associates import own_associates
from governance.selectors.shares import count_held
from governance.services.refunds import (
    RefundData,
    ask_refund,
    cancel_refund,
    decide_early_payment,
    note_capital_loss,
    pay_refund,
    withdraw_shares,
)
from governance.services.share_movements import MoveData, enter_shares, reverse_movement, transfer_shares
from governance.services.share_payments import PaymentData, record_payment
from governance.states.register import LossCause
from people.models import User
from tests.factories.governance import make_associate, make_member
from tests.factories.governance_shares import make_holder, make_holders, make_signed
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
D = Decimal


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def parts(accountant: User, parts: ShareClass) -> ShareClass:
    """Four associates hold fifty shares each: any limit is far."""
    make_holders(accountant, parts)
    return parts


def moved(giver: Associate, receiver: Associate, count: int, actor: User, on: date = TODAY) -> Any:
    data = MoveData(ShareClass.objects.get(), count, on, "Acte")
    return transfer_shares(giver, receiver, data=data, actor=actor, today=TODAY, accepted=True)


def asked(who: Associate, parts: ShareClass, count: int, actor: User) -> Refund:
    now = timezone.now()
    return ask_refund(who, data=RefundData(parts, count, now), actor=actor, now=now)


def leaves(who: Associate, on: date) -> Associate:
    who.left_on, who.loss_cause = on, LossCause.DEATH
    who.save()
    return who


def test_shares_of_before_give_the_number_and_so_do_shares_received(
    accountant: User, parts: ShareClass
) -> None:
    numbers = Associate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4]
    giver, newcomer = Associate.objects.order_by("number")[0], make_associate()
    moved(giver, newcomer, 3, accountant)
    newcomer.refresh_from_db()
    assert newcomer.number == 5
    # Once and for ever: more shares, or fewer, change nothing.
    more = MoveData(parts, 7, TODAY, "Parts retrouvées")
    entered = enter_shares(newcomer, data=more, actor=accountant, today=TODAY, accepted=True)
    reverse_movement(entered, reason="Erreur", on=TODAY, actor=accountant, today=TODAY)
    newcomer.refresh_from_db()
    assert newcomer.number == 5


def test_shares_asked_back_go_nowhere_else(accountant: User, parts: ShareClass) -> None:
    giver, receiver, *_rest = Associate.objects.order_by("number")
    request = asked(giver, parts, 30, accountant)
    stopped = refusal_of(lambda: moved(giver, receiver, 21, accountant))
    assert (stopped.code, stopped.field) == (Code.ILLEGAL_MOVE, "quantity")
    assert "20 au plus" in str(stopped)
    # Those that are not asked back still may; and all of them once the request is given up.
    wrong = moved(giver, receiver, 19, accountant)
    assert refusal_of(lambda: moved(giver, receiver, 2, accountant)).code == Code.ILLEGAL_MOVE
    asked(receiver, parts, 60, accountant)
    back = {"reason": "Erreur", "on": TODAY, "actor": accountant, "today": TODAY}
    assert refusal_of(lambda: reverse_movement(wrong, **back)).code == Code.ILLEGAL_MOVE
    cancel_refund(request, reason="Préfère céder", actor=accountant)
    moved(giver, receiver, 2, accountant)
    assert count_held(giver, parts, TODAY) == 29


def test_shares_that_are_not_paid_are_not_asked_back(accountant: User, parts: ShareClass) -> None:
    who = make_holder(accountant, parts, 5)
    row = make_signed(accountant, who, parts, TODAY)
    leaves(who, TODAY)
    stopped = refusal_of(lambda: asked(who, parts, 6, accountant))
    assert (stopped.code, stopped.field) == (Code.AMOUNT_ABOVE_DUE, "quantity")
    assert "5 parts au plus ; celles qui ne sont pas payées" in str(stopped)
    record_payment(row, data=PaymentData(TODAY, D("40.00")), actor=accountant, today=TODAY)
    assert (
        withdraw_shares(
            asked(who, parts, 7, accountant), on=TODAY, actor=accountant, today=TODAY
        ).withdrawn_on
        == TODAY
    )


def test_a_transfer_of_a_past_day_spends_no_share_that_is_still_to_be_paid(
    accountant: User, parts: ShareClass
) -> None:
    """Ten shares free, ten to be paid from May on; the free ones went in June: they can't go in April too."""
    _first, receiver, *_rest = Associate.objects.order_by("number")
    who = make_holder(accountant, parts, 10)
    make_signed(accountant, who, parts, date(2026, 5, 4))
    moved(who, receiver, 10, accountant, date(2026, 6, 1))
    stopped = refusal_of(lambda: moved(who, receiver, 10, accountant, date(2026, 4, 1)))
    assert (stopped.code, stopped.field) == (Code.DATE_INVALID, "on")
    assert "01/06/2026" in str(stopped)
    assert count_held(who, parts, TODAY) == 10


def test_a_year_that_closes_after_the_payment_takes_nothing(accountant: User, parts: ShareClass) -> None:
    """Asked and withdrawn in 2025, paid in November 2026 by a decision, noted once 2026 closed on a loss."""
    who = make_holder(accountant, parts, 50)
    leaves(who, date(2025, 6, 1))
    row = asked(who, parts, 50, accountant)
    row = withdraw_shares(row, on=TODAY, actor=accountant, today=TODAY, accepted=True)
    row = decide_early_payment(row, decision="AG", payable_on=TODAY, actor=accountant)
    later = date(2027, 2, 1)
    with time_machine.travel("2027-02-01 10:00:00+01:00", tick=False):
        closed = {"closed_on": date(2026, 12, 31), "amount": D("1000.00"), "decision": "AG"}
        note_capital_loss(**closed, actor=accountant, today=later)
        paid = pay_refund(row, on=TODAY + timedelta(days=1), actor=accountant, today=later)
    assert (paid.paid_amount, paid.later_losses) == (D("1000.00"), D(0))


def test_who_came_back_opens_the_account_of_today_first(accountant: User, parts: ShareClass) -> None:
    user, before = make_member()
    leaves(before, date(2026, 3, 1))
    again = make_associate(user.person, admitted_on=date(2026, 6, 1))
    assert [one.pk for one in own_associates(user, TODAY)] == [again.pk, before.pk]


def test_who_came_back_is_one_holder_before_the_bound_of_half(accountant: User, parts: ShareClass) -> None:
    """Fifty shares of two hundred wait on the line of before: fifty more are half, one more is above."""
    one, two = Associate.objects.order_by("number")[:2]
    again = make_associate(leaves(two, date(2026, 3, 1)).person, admitted_on=date(2026, 6, 1))
    moved(one, again, 49, accountant)
    other = Associate.objects.order_by("number")[2]
    stopped = refusal_of(lambda: moved(other, again, 2, accountant))
    assert stopped.code == Code.VERDICT_REFUSED
    assert count_held(again, parts, TODAY) == 49
    # Somebody else of the same register takes it.
    assert moved(other, one, 2, accountant)
