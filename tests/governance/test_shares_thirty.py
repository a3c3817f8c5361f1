"""Thirty share movements give the balances, limits, floor and queue of the hand-made table (GOV-02)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F, Sum
from django.utils import timezone

from accounting.models import EntryLine
from cae.core.errors import Code, Refused
from governance.models import Associate, Refund, ShareClass, ShareMovement, Subscription
from governance.selectors.refunds import refund_queue
from governance.selectors.share_rules import floor_on, limits_on
from governance.selectors.shares import account_of, capital_on, holdings_by_class, holdings_on
from governance.services.refunds import (
    RefundData,
    ask_refund,
    give_shares_back,
    note_capital_loss,
    pay_refund,
    withdraw_shares,
)
from governance.services.share_movements import MoveData, enter_shares, reverse_movement, transfer_shares
from governance.services.share_payments import PaymentData, record_payment
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    cancel_subscription,
    prepare_subscription,
    sign_subscription,
)
from governance.states.register import LossCause, PaymentPlan
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_associate, make_rule_set, make_share_class
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_person, make_user

pytestmark = pytest.mark.django_db

CASE: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "data" / "share_movements.json").read_text()
)


class Register:
    """The cooperative of the case, its steps done by the services."""

    def __init__(self) -> None:
        self.actor: User = make_user(RoleKind.ACCOUNTANT)
        self.classes: dict[str, ShareClass] = {
            code: make_share_class(code, nominal) for code, nominal in CASE["classes"].items()
        }
        self.associates = {one["key"]: self._enter(one) for one in CASE["associates"]}
        self.rows: dict[str, Any] = {}
        self.names = {one.pk: key for key, one in self.associates.items()}

    def _enter(self, one: dict[str, Any]) -> Associate:
        firm = OrganisationFactory.create() if one["category"] == "cooperative" else None
        person = None if firm else make_person(first_name=one["key"])
        return make_associate(
            person,
            organisation=firm,
            category=one["category"],
            admitted_on=date.fromisoformat(one["admitted_on"]),
        )

    def do(self, step: dict[str, Any]) -> None:
        act: Callable[..., Any] = getattr(self, step["do"])
        found = act(step, date.fromisoformat(step["on"]))
        if "key" in step:
            self.rows[step["key"]] = found

    def data(self, step: dict[str, Any], on: date) -> MoveData:
        return MoveData(self.classes[step["share_class"]], step["shares"], on, "Acte du jour")

    def enter(self, step: dict[str, Any], on: date) -> ShareMovement:
        to, accepted = self.associates[step["to"]], step.get("accepted", False)
        data = self.data(step, on)
        return enter_shares(to, data=data, actor=self.actor, today=on, accepted=accepted)

    def transfer(self, step: dict[str, Any], on: date) -> ShareMovement:
        giver, to = self.associates[step["giver"]], self.associates[step["to"]]
        return transfer_shares(giver, to, data=self.data(step, on), actor=self.actor, today=on)

    def reverse(self, step: dict[str, Any], on: date) -> ShareMovement:
        return reverse_movement(self.rows[step["of"]], reason="Erreur", on=on, actor=self.actor, today=on)

    def subscribe(self, step: dict[str, Any], on: date) -> Subscription:
        part = Decimal(step["part"]) if "part" in step else None
        plan = PaymentPlan.IN_PARTS if part else PaymentPlan.AT_ONCE
        data = SubscriptionData(self.classes[step["share_class"]], step["shares"], on, plan, part)
        row = prepare_subscription(self.associates[step["to"]], data=data, actor=self.actor, on=on)
        return sign_subscription(row, actor=self.actor, at=_at(on), paper=Paper(on, "Armoire"))

    def pay(self, step: dict[str, Any], on: date) -> None:
        data = PaymentData(on, Decimal(step["amount"]))
        record_payment(self.rows[step["of"]], data=data, actor=self.actor, today=on)

    def abandon(self, step: dict[str, Any], on: date) -> None:
        cancel_subscription(self.rows[step["of"]], reason="Renonce", on=on, actor=self.actor, today=on)

    def leave(self, step: dict[str, Any], on: date) -> None:
        who = self.associates[step["who"]]
        who.left_on, who.loss_cause = on, LossCause.RESIGNATION
        who.save(update_fields=["left_on", "loss_cause"])

    def ask(self, step: dict[str, Any], on: date) -> Refund:
        data = RefundData(self.classes[step["share_class"]], step["shares"], _at(on))
        return ask_refund(self.associates[step["who"]], data=data, actor=self.actor, now=_at(on))

    def withdraw(self, step: dict[str, Any], on: date) -> None:
        row = self.rows[step["of"]]
        if "refused_first" in step:
            with pytest.raises(Refused) as refusal:
                withdraw_shares(row, on=on, actor=self.actor, today=on)
            assert refusal.value.code == Code.VERDICT_REFUSED
        accepted = step.get("accepted", False)
        withdraw_shares(row, on=on, actor=self.actor, today=on, accepted=accepted)

    def give_back(self, step: dict[str, Any], on: date) -> None:
        give_shares_back(self.rows[step["of"]], reason="Trop tôt", on=on, actor=self.actor, today=on)

    def loss(self, step: dict[str, Any], on: date) -> None:
        found = note_capital_loss(
            closed_on=date.fromisoformat(step["closed_on"]),
            amount=Decimal(step["amount"]),
            decision="AG du jour",
            actor=self.actor,
            today=on,
        )
        assert found.whole == Decimal(step["whole"])


def _at(on: date) -> datetime:
    return datetime.combine(on, time(12), timezone.get_current_timezone())


@pytest.fixture
def register() -> Register:
    make_cooperative()
    make_rule_set(valid_from=date(2020, 1, 1))
    found = Register()
    for step in CASE["steps"]:
        found.do(step)
    return found


def test_thirty_movements_give_the_figures_worked_out_by_hand(register: Register) -> None:
    assert ShareMovement.objects.count() == 30
    codes = {one.pk: code for code, one in register.classes.items()}
    for expected in CASE["dates"]:
        on = date.fromisoformat(expected["on"])
        held = {
            register.names[key]: {codes[one]: count for one, count in shares.items()}
            for key, shares in holdings_by_class(on).items()
        }
        assert held == expected["balances"], on
        assert capital_on(on) == Decimal(expected["capital"])
        floor = floor_on(on)
        assert (floor.highest, floor.least) == (Decimal(expected["highest"]), Decimal(expected["floor"]))
        limits = limits_on(on)
        assert {one.code: one.value for one in limits} == {
            code: Fraction(value) for code, value in expected["limits"].items()
        }
        assert [one.code for one in limits if not one.met] == expected["broken"]


def test_the_queue_stands_at_each_date_as_worked_out_by_hand(register: Register) -> None:
    keys = {row.pk: key for key, row in register.rows.items() if isinstance(row, Refund)}
    for expected in CASE["dates"]:
        found = refund_queue(date.fromisoformat(expected["on"])).rows
        assert [(keys[one.refund.pk], str(one.place), str(one.payable_from)) for one in found] == [
            (one["request"], one["place"], one["payable_from"]) for one in expected["queue"]
        ]
        nets = {one["request"]: Decimal(one["net"]) for one in expected["queue"] if "net" in one}
        assert {keys[one.refund.pk]: one.worth.net for one in found if keys[one.refund.pk] in nets} == nets


def test_the_books_hold_what_was_subscribed_paid_and_withdrawn(register: Register) -> None:
    sums = EntryLine.objects.values("account__number").annotate(left=Sum(F("debit") - F("credit")))
    found = {one["account__number"]: one["left"] for one in sums}
    expected = {number: Decimal(left) for number, left in CASE["books"].items() if number != "why"}
    assert {number: found[number] for number in expected} == expected


def test_the_oldest_request_is_paid_first_less_every_loss(register: Register) -> None:
    case = CASE["payment"]
    on = date.fromisoformat(case["on"])
    register.loss(case["loss"] | {"on": case["on"]}, on)
    queue = refund_queue(on)
    assert {key: queue.place_of(register.rows[key]) for key in case["queue"]} == case["queue"]
    with pytest.raises(Refused, match="plus ancienne"):
        pay_refund(register.rows["R3"], on=on, actor=register.actor, today=on)
    paid = pay_refund(register.rows[case["pays"]], on=on, actor=register.actor, today=on)
    assert paid.paid_amount == Decimal(case["amount"])
    assert (paid.losses, paid.later_losses) == (Decimal(case["losses"]), Decimal(case["later_losses"]))
    lines = {line.account.number: line.debit - line.credit for line in paid.entry.lines.all()}
    assert lines == {
        "456700": Decimal("540.00"),
        "512000": -Decimal(case["amount"]),
        "119000": -Decimal(case["later_losses"]),
    }
    # The queue of before is what it was: R1 was there, unpaid.
    assert refund_queue(date(2025, 1, 31)).rows[0].refund.pk == paid.pk
    assert refund_queue(on).place_of(register.rows["R3"]) == "payable"


def test_nothing_is_owed_before_the_shares_are_withdrawn(register: Register) -> None:
    """R2 and R3 wait on that day, R1 alone is gone; they went since."""
    queue = refund_queue(date(2022, 10, 31))
    assert [row.refund.withdrawn_on is not None for row in queue.rows] == [True, True, True]
    assert queue.owed == queue.rows[0].worth.net


def test_numbers_go_with_the_first_shares_wholly_paid(register: Register) -> None:
    numbers = {key: Associate.objects.get(pk=one.pk).number for key, one in register.associates.items()}
    # In the order of the first shares wholly paid: those of before are.
    order = ("ALB", "BEA", "CAR", "EVE", "FAB", "GAR", "DAN", "HUG", "IVO", "JAD")
    assert {key: number for key, number in numbers.items() if number} == dict(
        zip(order, range(1, 11), strict=True)
    )


def test_ones_own_account_tells_each_year(register: Register) -> None:
    account = account_of(register.associates["DAN"], date(2025, 1, 31))
    assert [(one.change, one.balance) for one in account.lines] == [
        (25, 25),
        (5, 30),
        (12, 42),
        (-6, 36),
        (-36, 0),
        (36, 36),
        (-36, 0),
    ]
    assert [(one.year, one.came, one.left, one.count, one.amount) for one in account.years] == [
        (2025, 0, 0, 0, Decimal(0)),
        (2024, 36, 72, 0, Decimal(0)),
        (2023, 0, 0, 36, Decimal(720)),
        (2022, 0, 6, 36, Decimal(720)),
        (2021, 12, 0, 42, Decimal(840)),
        (2020, 30, 0, 30, Decimal(600)),
    ]
    assert account.count == 0
    assert holdings_on(date(2021, 12, 31))[register.associates["GAR"].pk] == 26
