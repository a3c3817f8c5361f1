"""Shares moved, paid and given back at the same instant: one after the other, never twice, never stuck."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from governance.models import Associate, Refund, ShareClass, ShareMovement, SharePayment
from governance.selectors.shares import capital_on, count_held
from governance.services.refunds import RefundData, ask_refund, withdraw_shares
from governance.services.share_movements import MoveData, transfer_shares
from governance.services.share_payments import PaymentData, record_payment
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    prepare_subscription,
    sign_subscription,
)
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_associate, make_rule_set, make_share_class
from tests.factories.governance_shares import make_holders, make_signed
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF: what is at stake is the shares."""
    for module in ("subscriptions", "share_payments"):
        monkeypatch.setattr(f"governance.services.{module}.run_later", lambda *args, **details: None)


@pytest.fixture
def actor() -> User:
    make_cooperative()
    make_rule_set()
    return make_user(RoleKind.ACCOUNTANT)


@pytest.fixture
def parts(actor: User) -> ShareClass:
    """Four associates hold fifty shares each."""
    found = make_share_class("A", "20.00")
    make_holders(actor, found)
    return found


def test_the_same_shares_are_transferred_once(race: Race, actor: User, parts: ShareClass) -> None:
    giver, *others = Associate.objects.order_by("pk")
    data = MoveData(parts, 40, TODAY(), "Acte")
    results = race(
        [partial(transfer_shares, giver, one, data=data, actor=actor, today=TODAY()) for one in others]
    )
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.AMOUNT_ABOVE_DUE] * 2
    assert count_held(giver, parts, TODAY()) == 10


def test_the_last_payment_comes_once_and_gives_one_number(race: Race, actor: User, parts: ShareClass) -> None:
    row = make_signed(actor, make_associate(), parts, TODAY())
    data = PaymentData(TODAY(), Decimal("200.00"))
    results = race([partial(record_payment, row, data=data, actor=actor, today=TODAY()) for _ in range(4)])
    assert len([one for one in results if isinstance(one, Refused)]) == 3
    assert SharePayment.objects.get().amount == Decimal("200.00")
    numbers = Associate.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_a_bulletin_is_signed_once_while_others_move_shares(
    race: Race, actor: User, parts: ShareClass
) -> None:
    first, second, third, _fourth = Associate.objects.order_by("pk")
    row = prepare_subscription(first, data=SubscriptionData(parts, 10, TODAY()), actor=actor, on=TODAY())
    paper = Paper(TODAY(), "Armoire")
    sign = partial(sign_subscription, row, actor=actor, at=timezone.now(), paper=paper)
    data = MoveData(parts, 5, TODAY(), "Acte")
    move = partial(transfer_shares, second, third, data=data, actor=actor, today=TODAY())
    other = MoveData(parts, 5, TODAY(), "Autre acte")
    again = partial(transfer_shares, second, third, data=other, actor=actor, today=TODAY())
    results = race([sign, move, sign, again])
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.ILLEGAL_MOVE]
    assert ShareMovement.objects.filter(subscription=row).count() == 1
    assert count_held(third, parts, TODAY()) == 60


def test_two_withdrawals_never_go_under_the_floor_together(
    race: Race, actor: User, parts: ShareClass
) -> None:
    """4000 € of capital, 1000 at least: of four requests for 1000, three go, whoever clicks first."""
    rows: list[Refund] = []
    Associate.objects.update(left_on=TODAY(), loss_cause="resignation")
    for one in Associate.objects.order_by("pk"):
        now = timezone.now()
        rows.append(ask_refund(one, data=RefundData(parts, 50, now), actor=actor, now=now))
    for row in rows[:2]:
        withdraw_shares(row, on=TODAY(), actor=actor, today=TODAY(), accepted=True)
    go = [
        partial(withdraw_shares, row, on=TODAY(), actor=actor, today=TODAY(), accepted=True)
        for row in (rows[2], rows[3], rows[2], rows[3])
    ]
    results = race(go)
    assert len([one for one in results if isinstance(one, Refused)]) == 3
    assert capital_on(TODAY()) == Decimal("1000.00")
