"""Subscriptions, payments, transfers and refunds: what each refuses, and that nothing is written then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from cae.core.errors import Code, IllegalMove
from cae.core.signing import Hand, Origin
from governance.calculations.refunds import Place
from governance.models import (
    Associate,
    CapitalLoss,
    Refund,
    ShareClass,
    ShareMovement,
    SharePayment,
    Subscription,
)
from governance.selectors.refunds import refund_queue
from governance.selectors.shares import capital_on, count_held, late_payments
from governance.services.refunds import (
    RefundData,
    ask_refund,
    cancel_refund,
    decide_early_payment,
    give_shares_back,
    note_capital_loss,
    pay_refund,
    withdraw_shares,
)
from governance.services.share_classes import ClassData, change_class, open_class
from governance.services.share_files import archive_bulletin, archive_certificate, archive_waiting_shares
from governance.services.share_movements import MoveData, enter_shares, reverse_movement, transfer_shares
from governance.services.share_payments import (
    PaymentData,
    record_held_on_pay,
    record_payment,
    reverse_payment,
)
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    cancel_subscription,
    content_hash,
    prepare_subscription,
    sign_subscription,
)
from governance.states.register import LossCause, PaymentPlan, RefundState, SubscriptionState
from people.models import User
from people.states import RoleKind
from tests.factories.accounting_lettering import left
from tests.factories.governance import make_associate, make_rule_set
from tests.factories.governance_shares import make_holders
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
LATER = date(2026, 6, 1)
D = Decimal


def _data(parts: ShareClass, quantity: int = 10, **fields: Any) -> SubscriptionData:
    return SubscriptionData(parts, quantity, DAY, **fields)


def subscribed(actor: User, associate: Associate, data: SubscriptionData) -> Subscription:
    row = prepare_subscription(associate, data=data, actor=actor, on=DAY, accepted=True)
    return sign_subscription(row, actor=actor, at=AT, paper=Paper(DAY, "Armoire"))


def _pay(row: Subscription, amount: str, actor: User, on: date = DAY) -> SharePayment:
    return record_payment(row, data=PaymentData(on, D(amount)), actor=actor, today=LATER)


# Classes.


def test_a_class_keeps_its_nominal_for_ever(accountant: User, parts: ShareClass) -> None:
    row = open_class(code="b", nominal=D("50.00"), data=ClassData("Parts B"), actor=accountant)
    assert (row.code, row.nominal) == ("B", D("50.00"))
    change_class(row, data=ClassData("Parts de soutien", is_active=False), actor=accountant)
    row.refresh_from_db()
    assert (row.name, row.is_active) == ("Parts de soutien", False)
    with refused(Code.DUPLICATE, "code"):
        open_class(code="B", nominal=D("1.00"), data=ClassData("Autre"), actor=accountant)
    with refused(Code.AMOUNT_INVALID, "nominal"):
        open_class(code="C", nominal=D("0.00"), data=ClassData("Autre"), actor=accountant)
    with refused(Code.VALUE_MISSING, "name"):
        change_class(row, data=ClassData(" "), actor=accountant)
    with pytest.raises(ProgrammingError), transaction.atomic():
        ShareClass.objects.filter(pk=row.pk).update(nominal=D("51.00"))


# Subscriptions.


def test_a_bulletin_signed_on_a_screen_issues_the_shares_and_posts_them(
    accountant: User, parts: ShareClass
) -> None:
    who = make_holders(accountant, parts)[0]
    row = prepare_subscription(who, data=_data(parts), actor=accountant, on=DAY)
    assert count_held(who, parts, DAY) == 50
    hand, origin = Hand(who.name, typed=who.name), Origin("192.0.2.1", "Navigateur")
    row = sign_subscription(
        row, actor=accountant, at=AT, hand=hand, origin=origin, shown_sha256=content_hash(row)
    )
    assert (row.state, row.signed_on) == (SubscriptionState.SIGNED, DAY)
    assert count_held(who, parts, DAY) == 60
    assert row.signature is not None
    assert row.signature.content_sha256 == row.content_sha256
    entry = ShareMovement.objects.get(subscription=row).entry
    assert entry is not None
    assert {line.account.number: line.debit - line.credit for line in entry.lines.all()} == {
        "456200": D("200.00"),
        "101200": D("-200.00"),
    }


def test_a_bulletin_is_refused_as_a_whole(accountant: User, parts: ShareClass) -> None:
    who = make_holders(accountant, parts)[0]

    def prepare(data: SubscriptionData, of: Associate = who, **more: Any) -> Subscription:
        return prepare_subscription(of, data=data, actor=accountant, on=DAY, **more)

    with refused(Code.VALUE_INVALID, "quantity"):
        prepare(_data(parts, 0))
    with refused(Code.VALUE_INVALID, "quantity"):
        prepare(_data(parts, 2_000_000))
    with refused(Code.VALUE_INVALID, "plan"):
        prepare(_data(parts, plan="barter"))
    with refused(Code.VALUE_MISSING, "part_amount"):
        prepare(_data(parts, plan=PaymentPlan.IN_PARTS))
    coming = make_associate(admitted_on=LATER)
    with refused(Code.VALUE_INVALID, "associate"):
        prepare(_data(parts), coming)
    change_class(parts, data=ClassData("Parts A", is_active=False), actor=accountant)
    parts.refresh_from_db()
    with refused(Code.VALUE_INVALID, "share_class"):
        prepare(_data(parts))


def test_a_subscription_that_breaks_a_limit_is_told_then_accepted(
    accountant: User, parts: ShareClass
) -> None:
    who = make_holders(accountant, parts)[0]
    data = _data(parts, 200)
    with refused(Code.VERDICT_REFUSED, "accepted"):
        prepare_subscription(who, data=data, actor=accountant, on=DAY)
    row = prepare_subscription(who, data=data, actor=accountant, on=DAY, accepted=True)
    assert row.accepted_limits == ["holder_half"]
    # Accepted when it was prepared, so the associate may sign.
    assert sign_subscription(row, actor=accountant, at=AT, paper=Paper(DAY, "Armoire")).state == "signed"


def test_a_limit_broken_since_the_bulletin_was_prepared_stops_the_signature(
    accountant: User, parts: ShareClass
) -> None:
    everybody = make_holders(accountant, parts)
    row = prepare_subscription(everybody[0], data=_data(parts, 90), actor=accountant, on=DAY)
    outsider = make_associate(category="outside")
    data = MoveData(parts, 40, DAY, "Acte")
    transfer_shares(everybody[1], everybody[0], data=data, actor=accountant, today=DAY)
    assert outsider.pk
    with refused(Code.VERDICT_REFUSED):
        sign_subscription(row, actor=accountant, at=AT, paper=Paper(DAY, "Armoire"))


def test_a_signature_is_refused_for_another_text_a_day_to_come_or_no_mark(
    accountant: User, parts: ShareClass
) -> None:
    who = make_holders(accountant, parts)[0]
    row = prepare_subscription(who, data=_data(parts), actor=accountant, on=DAY)
    with refused(Code.STALE_FORM):
        sign_subscription(row, actor=accountant, at=AT, hand=Hand("A", typed="A"), shown_sha256="0" * 64)
    with refused(Code.VALUE_MISSING, "name"):
        sign_subscription(row, actor=accountant, at=AT)
    with refused(Code.DATE_INVALID, "signed_on"):
        sign_subscription(row, actor=accountant, at=AT, paper=Paper(LATER, "Armoire"))
    with refused(Code.VALUE_MISSING, "kept_at"):
        sign_subscription(row, actor=accountant, at=AT, paper=Paper(DAY, " "))
    sign_subscription(row, actor=accountant, at=AT, paper=Paper(DAY, "Armoire"))
    with refused(Code.ILLEGAL_MOVE):
        sign_subscription(row, actor=accountant, at=AT, paper=Paper(DAY, "Armoire"))


# Payments.


def test_the_last_payment_frees_the_shares_and_gives_the_number(accountant: User, parts: ShareClass) -> None:
    who = make_holders(accountant, parts)[0]
    row = subscribed(accountant, who, _data(parts, plan=PaymentPlan.IN_PARTS, part_amount=D("150.00")))
    _pay(row, "150.00", accountant)
    row.refresh_from_db()
    assert (row.state, row.paid_on) == (SubscriptionState.SIGNED, None)
    assert left("shares_called") == ["50.00"]
    payment = _pay(row, "50.00", accountant, LATER)
    row.refresh_from_db()
    assert (row.state, row.paid_on) == (SubscriptionState.PAID, LATER)
    who.refresh_from_db()
    assert who.number == 1
    assert payment.entry is not None
    assert payment.entry.journal.code == "BQ"
    # What was called is answered, in the books too.
    assert left("shares_called") == []
    assert {line.account.number: line.debit - line.credit for line in payment.entry.lines.all()} == {
        "512000": D("50.00"),
        "456200": D("-50.00"),
        "101200": D("50.00"),
        "101300": D("-50.00"),
    }


def test_a_payment_is_refused_beyond_what_is_left_or_outside_its_days(
    accountant: User, parts: ShareClass
) -> None:
    who = make_holders(accountant, parts)[0]
    draft = prepare_subscription(who, data=_data(parts, 9), actor=accountant, on=DAY)
    with refused(Code.ILLEGAL_MOVE):
        _pay(draft, "200.00", accountant)
    row = subscribed(accountant, who, _data(parts))
    for amount, code in (("200.01", Code.AMOUNT_ABOVE_DUE), ("0.00", Code.AMOUNT_INVALID)):
        with refused(code, "amount"):
            _pay(row, amount, accountant)
    with refused(Code.DATE_INVALID, "on"):
        _pay(row, "20.00", accountant, DAY - timedelta(days=1))
    with refused(Code.DATE_INVALID, "on"):
        _pay(row, "20.00", accountant, LATER + timedelta(days=1))
    with refused(Code.VALUE_INVALID, "way"):
        data = PaymentData(DAY, D("20.00"), "barter")
        record_payment(row, data=data, actor=accountant, today=LATER)
    _pay(row, "200.00", accountant)
    with refused(Code.ILLEGAL_MOVE):
        _pay(row, "20.00", accountant)


def test_a_payment_taken_back_opens_the_subscription_again(accountant: User, parts: ShareClass) -> None:
    who = make_holders(accountant, parts)[0]
    row = subscribed(accountant, who, _data(parts))
    payment = _pay(row, "200.00", accountant)

    def undo(reason: str = "Chèque impayé", on: date = DAY) -> SharePayment:
        return reverse_payment(payment, on=on, reason=reason, actor=accountant, today=LATER)

    with refused(Code.VALUE_MISSING, "reason"):
        undo("")
    with refused(Code.DATE_INVALID, "on"):
        undo(on=DAY - timedelta(days=1))
    undone = undo()
    assert (undone.amount, undone.reverses_id) == (D("-200.00"), payment.pk)
    assert undone.entry is not None
    assert undone.entry.reverses_id == payment.entry_id
    row.refresh_from_db()
    assert (row.state, row.paid_on) == (SubscriptionState.SIGNED, None)
    with refused(Code.ALREADY_DONE):
        undo()
    assert [one.subscription.pk for one in late_payments(LATER)] == [row.pk]


def test_a_payment_stays_once_its_shares_went(accountant: User, parts: ShareClass) -> None:
    everybody = make_holders(accountant, parts)
    row = subscribed(accountant, everybody[0], _data(parts))
    payment = _pay(row, "200.00", accountant)
    data = MoveData(parts, 55, DAY, "Acte")
    transfer_shares(everybody[0], everybody[1], data=data, actor=accountant, today=DAY, accepted=True)
    with refused(Code.ILLEGAL_MOVE):
        reverse_payment(payment, on=DAY, reason="Impayé", actor=accountant, today=LATER)


def test_what_is_held_on_pay_is_noted_for_all_or_none(accountant: User, parts: ShareClass) -> None:
    everybody = make_holders(accountant, parts)
    plan = {"plan": PaymentPlan.ON_PAY, "part_amount": D("60.00")}
    rows = [subscribed(accountant, one, _data(parts, **plan)) for one in everybody[:2]]
    other = subscribed(accountant, everybody[2], _data(parts))
    done = record_held_on_pay([*rows, other], on=LATER, actor=accountant, today=LATER)
    assert (done.count, done.total) == (2, D("120.00"))
    entries = [one.entry for one in SharePayment.objects.all()]
    assert {entry.journal.code for entry in entries if entry} == {"OD"}
    with refused(Code.VALUE_MISSING):
        record_held_on_pay([other], on=LATER, actor=accountant, today=LATER)
    with refused(Code.DATE_INVALID, "on"):
        record_held_on_pay(rows, on=LATER + timedelta(days=1), actor=accountant, today=LATER)


def test_a_subscription_given_up_keeps_the_shares_that_are_paid(accountant: User, parts: ShareClass) -> None:
    who = make_holders(accountant, parts)[0]
    row = subscribed(accountant, who, _data(parts))
    _pay(row, "70.00", accountant)

    def cancel(reason: str = "Renonce", on: date = LATER) -> Subscription:
        return cancel_subscription(row, reason=reason, on=on, actor=accountant, today=LATER)

    with refused(Code.VALUE_MISSING, "reason"):
        cancel(" ")
    with refused(Code.DATE_INVALID, "on"):
        cancel(on=DAY - timedelta(days=1))
    with refused(Code.AMOUNT_INVALID):
        cancel()
    _pay(row, "10.00", accountant)
    assert cancel().state == SubscriptionState.CANCELLED
    assert count_held(who, parts, LATER) == 54
    payment = SharePayment.objects.filter(subscription=row).first()
    assert payment is not None
    with refused(Code.ILLEGAL_MOVE):
        reverse_payment(payment, on=LATER, reason="Impayé", actor=accountant, today=LATER)
    draft = prepare_subscription(who, data=_data(parts), actor=accountant, on=DAY)
    cancel_subscription(draft, reason="Renonce", on=DAY, actor=accountant, today=DAY)
    assert not draft.movements.exists()


# Movements.


def test_a_transfer_is_refused_outside_what_is_freed_and_between_whom_it_may_be(
    accountant: User, parts: ShareClass
) -> None:
    giver, receiver, *_rest = make_holders(accountant, parts)
    subscribed(accountant, giver, _data(parts))

    def transfer(quantity: int = 5, to: Associate = receiver, on: date = DAY, by: str = "Acte") -> Any:
        data = MoveData(parts, quantity, on, by)
        return transfer_shares(giver, to, data=data, actor=accountant, today=DAY)

    with refused(Code.VALUE_INVALID, "receiver"):
        transfer(to=giver)
    with refused(Code.AMOUNT_ABOVE_DUE, "quantity"):
        transfer(51)
    with refused(Code.VALUE_INVALID, "quantity"):
        transfer(0)
    with refused(Code.DATE_INVALID, "on"):
        transfer(on=LATER)
    with refused(Code.VALUE_MISSING, "decision"):
        transfer(by="")
    coming = make_associate(admitted_on=LATER)
    with refused(Code.VALUE_INVALID, "receiver"):
        transfer(to=coming)
    before = capital_on(DAY)
    transfer(50)
    assert (count_held(giver, parts, DAY), count_held(receiver, parts, DAY)) == (10, 100)
    assert capital_on(DAY) == before


def test_nobody_is_brought_above_half_by_a_transfer_even_accepted(
    accountant: User, parts: ShareClass
) -> None:
    first, second, third, _fourth = make_holders(accountant, parts)
    data = MoveData(parts, 49, DAY, "Acte")
    transfer_shares(second, first, data=data, actor=accountant, today=DAY)
    with refused(Code.VERDICT_REFUSED, "quantity"):
        two = MoveData(parts, 2, DAY, "Acte")
        transfer_shares(third, first, data=two, actor=accountant, today=DAY, accepted=True)


def test_a_movement_of_before_does_not_spend_what_a_later_one_took(
    accountant: User, parts: ShareClass
) -> None:
    giver, receiver, other, _last = make_holders(accountant, parts)
    spent = MoveData(parts, 45, DAY, "Acte")
    transfer_shares(giver, receiver, data=spent, actor=accountant, today=DAY)
    with refused(Code.DATE_INVALID, "on"):
        earlier = MoveData(parts, 6, date(2025, 6, 1), "Acte")
        transfer_shares(giver, other, data=earlier, actor=accountant, today=DAY)


def test_a_wrong_movement_is_undone_once_by_its_opposite(accountant: User, parts: ShareClass) -> None:
    giver, receiver, other, _last = make_holders(accountant, parts)
    data = MoveData(parts, 5, DAY, "Acte")
    row = transfer_shares(giver, receiver, data=data, actor=accountant, today=DAY)

    def undo(movement: ShareMovement = row, reason: str = "Erreur", on: date = DAY) -> ShareMovement:
        return reverse_movement(movement, reason=reason, on=on, actor=accountant, today=DAY)

    with refused(Code.VALUE_MISSING, "reason"):
        undo(reason="")
    with refused(Code.DATE_INVALID, "on"):
        undo(on=DAY - timedelta(days=1))
    undone = undo()
    assert (undone.giver, undone.receiver, undone.kind) == (receiver, giver, row.kind)
    for again in (row, undone):
        with refused(Code.ALREADY_DONE):
            undo(again)
    signed = subscribed(accountant, giver, _data(parts))
    with refused(Code.ILLEGAL_MOVE):
        undo(ShareMovement.objects.get(subscription=signed))
    entered = ShareMovement.objects.get(receiver=other, kind="issue")
    given = MoveData(parts, 10, DAY, "Acte")
    transfer_shares(other, giver, data=given, actor=accountant, today=DAY)
    with refused(Code.AMOUNT_ABOVE_DUE, "quantity"):
        undo(entered)
    with pytest.raises(ProgrammingError), transaction.atomic():
        ShareMovement.objects.filter(pk=row.pk).update(quantity=1)


# Refunds.


def leaver(actor: User, parts: ShareClass) -> Associate:
    """One of four leaves on a day."""
    who = make_holders(actor, parts)[0]
    who.left_on, who.loss_cause = DAY, LossCause.RESIGNATION
    who.save()
    return who


def ask(who: Associate, parts: ShareClass, actor: User, quantity: int = 50, at: datetime = AT) -> Refund:
    data = RefundData(parts, quantity, at)
    return ask_refund(who, data=data, actor=actor, now=at)


def test_a_request_is_refused_beyond_what_is_held_and_for_the_last_share_of_who_stays(
    accountant: User, parts: ShareClass
) -> None:
    who = leaver(accountant, parts)
    stays = Associate.objects.filter(left_on=None).first()
    assert stays is not None
    with refused(Code.AMOUNT_ABOVE_DUE, "quantity"):
        ask(who, parts, accountant, 51)
    with refused(Code.VALUE_INVALID, "quantity"):
        ask(who, parts, accountant, 0)
    with refused(Code.ILLEGAL_MOVE, "quantity"):
        ask(stays, parts, accountant, 50)
    with refused(Code.DATE_INVALID, "asked_on"):
        data = RefundData(parts, 1, AT + timedelta(days=1))
        ask_refund(who, data=data, actor=accountant, now=AT)
    row = ask(who, parts, accountant, 30)
    assert (row.cause, row.lost_on) == (LossCause.RESIGNATION, DAY)
    with refused(Code.AMOUNT_ABOVE_DUE, "quantity"):
        ask(who, parts, accountant, 21)
    part = ask(stays, parts, accountant, 49)
    assert (part.cause, part.lost_on) == ("", DAY)


def test_shares_go_in_order_above_the_floor_and_come_back_after_a_mistake(
    accountant: User, parts: ShareClass
) -> None:
    who = leaver(accountant, parts)
    row = ask(who, parts, accountant, 30)
    after = ask(who, parts, accountant, 20, AT + timedelta(minutes=1))

    def go(refund: Refund, on: date = DAY) -> Refund:
        return withdraw_shares(refund, on=on, actor=accountant, today=LATER)

    with refused(Code.ILLEGAL_MOVE):
        go(after)
    for on in (DAY - timedelta(days=1), LATER + timedelta(days=1)):
        with refused(Code.DATE_INVALID, "on"):
            go(row, on)
    gone = go(row)
    assert (gone.withdrawn_on, gone.payable_from) == (DAY, date(2031, 3, 2))
    assert gone.valued_on == date(2026, 12, 31)
    assert capital_on(DAY) == D("3400.00")
    with refused(Code.VALUE_MISSING, "reason"):
        give_shares_back(gone, reason="", on=DAY, actor=accountant, today=LATER)
    with refused(Code.DATE_INVALID, "on"):
        give_shares_back(gone, reason="Erreur", on=DAY - timedelta(days=1), actor=accountant, today=LATER)
    back = give_shares_back(gone, reason="Erreur", on=DAY, actor=accountant, today=LATER)
    assert (back.state, back.withdrawn_on, back.payable_from) == (RefundState.ASKED, None, None)
    assert capital_on(DAY) == D("4000.00")
    assert go(row).state == RefundState.WITHDRAWN
    assert back.movements.count() == 3


def test_no_share_goes_under_the_floor(accountant: User, parts: ShareClass) -> None:
    everybody = make_holders(accountant, parts)
    for one in everybody:
        one.left_on, one.loss_cause = DAY, LossCause.RESIGNATION
        one.save()
    rows = [
        ask(one, parts, accountant, at=AT + timedelta(minutes=rank)) for rank, one in enumerate(everybody)
    ]
    for row in rows[:3]:
        withdraw_shares(row, on=DAY, actor=accountant, today=LATER, accepted=True)
    assert capital_on(LATER) == D("1000.00")
    with refused(Code.VERDICT_REFUSED):
        withdraw_shares(rows[3], on=DAY, actor=accountant, today=LATER, accepted=True)


def test_without_a_decided_floor_or_delay_nothing_is_given_back(parts: ShareClass) -> None:
    make_cooperative()
    actor = make_user(RoleKind.ACCOUNTANT)
    make_rule_set(without=("capital_floor",))
    row = ask(leaver(actor, parts), parts, actor)
    with refused(Code.VALUE_MISSING):
        withdraw_shares(row, on=DAY, actor=actor, today=LATER)
    make_rule_set(without=("refund_years",), valid_from=date(2026, 1, 1))
    with refused(Code.VALUE_MISSING):
        withdraw_shares(row, on=DAY, actor=actor, today=LATER)


def test_money_goes_after_the_delay_or_by_a_decision_less_the_losses(
    accountant: User, parts: ShareClass
) -> None:
    who = leaver(accountant, parts)
    row = withdraw_shares(ask(who, parts, accountant), on=DAY, actor=accountant, today=LATER)
    with refused(Code.DATE_INVALID, "on"):
        pay_refund(row, on=LATER, actor=accountant, today=LATER)

    def decide(decision: str = "AG du jour", on: date = date(2027, 4, 1)) -> Refund:
        return decide_early_payment(row, decision=decision, payable_on=on, actor=accountant)

    with refused(Code.VALUE_MISSING, "decision"):
        decide("")
    for on in (date(2031, 3, 2), DAY - timedelta(days=1)):
        with refused(Code.DATE_INVALID, "payable_on"):
            decide(on=on)
    assert decide().payable_from == date(2027, 4, 1)
    today = date(2027, 4, 2)
    loss = {"decision": "AG", "actor": accountant, "today": today}
    note_capital_loss(closed_on=date(2026, 12, 31), amount=D("400.00"), **loss)
    note_capital_loss(closed_on=date(2026, 12, 31), amount=D("-200.00"), **loss)
    paid = pay_refund(row, on=today, actor=accountant, today=today)
    # 4000 bear it: 3000 of capital and 1000 withdrawn; a twentieth of 1000 is lost.
    assert (paid.paid_amount, paid.later_losses) == (D("950.00"), D("50.00"))
    with refused(Code.ILLEGAL_MOVE):
        pay_refund(row, on=today, actor=accountant, today=today)
    with refused(Code.ILLEGAL_MOVE):
        decide()


def test_a_decision_to_pay_early_passes_nobody(accountant: User, parts: ShareClass) -> None:
    one, other = leaver(accountant, parts), leaver(accountant, parts)
    older, later = (ask(who, parts, accountant) for who in (one, other))
    for row in (older, later):
        withdraw_shares(row, on=DAY, actor=accountant, today=LATER, accepted=True)
    early = {"decision": "AG du jour", "payable_on": LATER, "actor": accountant}
    later = decide_early_payment(later, **early)
    assert refund_queue(LATER).place_of(later) == Place.BEHIND
    with refused(Code.ILLEGAL_MOVE, None, "ne fait passer devant personne"):
        pay_refund(later, on=LATER, actor=accountant, today=LATER)
    later.refresh_from_db()
    assert later.state == RefundState.WITHDRAWN
    # The assembly pays the older one early too: each in turn.
    older = decide_early_payment(older, **early)
    for row in (older, later):
        assert refund_queue(LATER).place_of(row) == Place.PAYABLE
        assert pay_refund(row, on=LATER, actor=accountant, today=LATER).state == RefundState.PAID


def test_the_database_keeps_the_rank_of_a_request_and_what_was_paid(
    accountant: User, parts: ShareClass
) -> None:
    row = ask(leaver(accountant, parts), parts, accountant)
    rows = Refund.objects.filter(pk=row.pk)
    frozen: list[dict[str, Any]] = [{"asked_at": AT - timedelta(days=9)}, {"quantity": 1}, {"lost_on": LATER}]
    withdraw_shares(row, on=DAY, actor=accountant, today=LATER)
    decide_early_payment(row, decision="AG du jour", payable_on=LATER, actor=accountant)
    pay_refund(row, on=LATER, actor=accountant, today=LATER)
    for change in (*frozen, {"paid_amount": D("1.00")}, {"later_losses": D("1.00")}, {"state": "cancelled"}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            rows.update(**change)
    rows.update(cancel_reason="[effacé]")


def test_losses_known_when_the_shares_go_are_written_off_then(accountant: User, parts: ShareClass) -> None:
    who = leaver(accountant, parts)
    row = ask(who, parts, accountant)
    today = date(2027, 4, 2)
    note_capital_loss(
        closed_on=date(2026, 12, 31), amount=D("400.00"), decision="AG", actor=accountant, today=today
    )
    gone = withdraw_shares(row, on=today, actor=accountant, today=today)
    assert gone.losses == D("100.00")
    entry = gone.movements.get().entry
    assert entry is not None
    assert {line.account.number: line.debit - line.credit for line in entry.lines.all()} == {
        "101300": D("1000.00"),
        "456700": D("-900.00"),
        "119000": D("-100.00"),
    }


def test_a_loss_is_refused_for_a_year_not_over_or_beyond_what_the_shares_are_worth(
    accountant: User, parts: ShareClass
) -> None:
    make_holders(accountant, parts)

    def note(amount: str, closed_on: date = date(2025, 12, 31), decision: str = "AG") -> CapitalLoss:
        return note_capital_loss(
            closed_on=closed_on, amount=D(amount), decision=decision, actor=accountant, today=DAY
        )

    for amount in ("0.00", "-1.00", "4000.01"):
        with refused(Code.AMOUNT_INVALID, "amount"):
            note(amount)
    with refused(Code.DATE_INVALID, "closed_on"):
        note("1.00", date(2026, 12, 31))
    with refused(Code.VALUE_MISSING, "decision"):
        note("1.00", decision="")
    assert note("4000.00").whole == D("4000.00")


def test_words_too_long_to_be_kept_are_refused_and_never_cut(accountant: User, parts: ShareClass) -> None:
    who, leaving = make_holders(accountant, parts)[0], leaver(accountant, parts)
    row, request = subscribed(accountant, who, _data(parts)), ask(leaving, parts, accountant)
    paid, entered = _pay(row, "20.00", accountant), ShareMovement.objects.get(receiver=leaving)
    by: dict[str, Any] = {"actor": accountant, "today": LATER}
    long = "x" * 301
    acts: list[tuple[str, Callable[[], Any]]] = [
        ("reason", lambda: cancel_subscription(row, reason=long, on=LATER, **by)),
        ("reason", lambda: reverse_payment(paid, reason=long, on=LATER, **by)),
        ("note", lambda: record_payment(row, data=PaymentData(LATER, D("20.00"), note=long), **by)),
        ("reason", lambda: reverse_movement(entered, reason=long, on=LATER, **by)),
        ("decision", lambda: enter_shares(who, data=MoveData(parts, 1, LATER, long), **by)),
        ("reason", lambda: cancel_refund(request, reason=long, actor=accountant)),
    ]
    for field, act in acts:
        with refused(Code.TEXT_TOO_LONG, field):
            act()


def test_a_request_is_given_up_with_its_reason_while_the_shares_are_there(
    accountant: User, parts: ShareClass
) -> None:
    who = leaver(accountant, parts)
    row = ask(who, parts, accountant)
    with refused(Code.VALUE_MISSING, "reason"):
        cancel_refund(row, reason="", actor=accountant)
    assert cancel_refund(row, reason="Cède ses parts", actor=accountant).state == RefundState.CANCELLED
    with pytest.raises(IllegalMove):
        withdraw_shares(row, on=DAY, actor=accountant, today=LATER)


# Papers.


@pytest.mark.parametrize("make", [archive_bulletin, archive_certificate])
def test_a_paper_is_made_once_and_not_before_its_time(
    make: Callable[[int], Any], accountant: User, parts: ShareClass
) -> None:
    who = make_holders(accountant, parts)[0]
    draft = prepare_subscription(who, data=_data(parts, 9), actor=accountant, on=DAY)
    assert make(draft.pk) is None
    row = subscribed(accountant, who, _data(parts))
    _pay(row, "200.00", accountant)
    document = make(row.pk)
    assert make(row.pk) == document
    assert document.mime == "application/pdf"


def test_papers_left_behind_by_a_worker_are_swept(accountant: User, parts: ShareClass) -> None:
    who = make_holders(accountant, parts)[0]
    row = prepare_subscription(who, data=_data(parts), actor=accountant, on=timezone.localdate())
    now = timezone.now()
    hand = Hand(who.name, typed=who.name)
    sign_subscription(row, actor=accountant, at=now, hand=hand, origin=Origin("192.0.2.1", "Navigateur"))
    assert archive_waiting_shares() == 1
    assert archive_waiting_shares() == 0
    row.refresh_from_db()
    assert row.bulletin is not None
