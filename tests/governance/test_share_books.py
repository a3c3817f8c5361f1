"""After any series of movements of shares the books say what the register says, at any date (GOV-02)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.db.models import F, Q, Sum
from django.utils import timezone

from accounting.models import Entry, EntryLine
from cae.core.errors import Refused
from governance.models import Associate, Refund, ShareClass, ShareMovement, SharePayment, Subscription
from governance.selectors.shares import account_of, capital_on, holdings_by_class, nominals
from governance.services import refunds, share_movements, share_payments, subscriptions
from governance.services.refunds import RefundData
from governance.services.share_movements import MoveData
from governance.services.share_payments import PaymentData
from governance.services.subscriptions import Paper, SubscriptionData
from governance.states.register import LossCause, PaymentPlan, PaymentWay
from people.models import User
from people.states import RoleKind
from tests.factories.governance import make_associate, make_rule_set, make_share_class
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

FIRST = date(2024, 1, 2)
D, ZERO = Decimal, Decimal(0)
STEPS = 90


class Series:
    """A cooperative that moves shares at random; what is refused leaves nothing behind."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)  # noqa: S311
        self.actor: User = make_user(RoleKind.ACCOUNTANT)
        self.classes: list[ShareClass] = [make_share_class("A", "20.00"), make_share_class("B", "15.50")]
        self.today = FIRST
        self.done: Counter[str] = Counter()
        for _ in range(6):
            who = make_associate(admitted_on=FIRST)
            data = MoveData(self.classes[0], 40, FIRST, "Parts d’avant")
            share_movements.enter_shares(who, data=data, actor=self.actor, today=FIRST, accepted=True)

    def run(self) -> None:
        acts: list[Callable[[], Any]] = [
            *(self.enter, self.subscribe, self.subscribe, self.pay, self.pay, self.pay, self.unpay),
            *(self.give_up, self.transfer, self.undo, self.ask, self.ask, self.withdraw, self.withdraw),
            *(self.give_back, self.early, self.refund, self.refund, self.lose, self.leave),
        ]
        for _ in range(STEPS):
            self.today += timedelta(days=self.draw.randint(0, 25))
            act = self.draw.choice(acts)
            with suppress(Refused, IndexError):
                act()
                self.done[act.__name__] += 1

    @property
    def said(self) -> dict[str, Any]:
        return {"actor": self.actor, "today": self.today}

    def one(self, rows: Any) -> Any:
        return self.draw.choice(list(rows.order_by("pk")))

    def day(self) -> date:
        """Today, or a day noted late."""
        return max(FIRST, self.today - timedelta(days=self.draw.choice([0, 0, 0, 0, 3, 40, 200])))

    def at(self, day: date) -> datetime:
        return datetime.combine(day, time(12), timezone.get_current_timezone())

    def moved(self) -> MoveData:
        return MoveData(self.draw.choice(self.classes), self.draw.randint(1, 20), self.day(), "Acte")

    def enter(self) -> None:
        who = self.one(Associate.objects.all())
        share_movements.enter_shares(who, data=self.moved(), accepted=True, **self.said)

    def subscribe(self) -> None:
        plan = self.draw.choice([PaymentPlan.AT_ONCE, PaymentPlan.IN_PARTS, PaymentPlan.ON_PAY])
        part = None if plan == PaymentPlan.AT_ONCE else D("7.77")
        data = SubscriptionData(
            self.draw.choice(self.classes), self.draw.randint(1, 12), self.today, plan, part
        )
        row = subscriptions.prepare_subscription(
            self.one(Associate.objects.all()), data=data, actor=self.actor, on=self.today, accepted=True
        )
        paper = Paper(self.day(), "Armoire")
        subscriptions.sign_subscription(row, actor=self.actor, at=self.at(self.today), paper=paper)

    def pay(self) -> None:
        row = self.one(Subscription.objects.filter(state="signed"))
        left = row.amount - (row.payments.aggregate(total=Sum("amount"))["total"] or ZERO)
        amount = self.draw.choice([left, D("7.77"), row.nominal])
        way = self.draw.choice(PaymentWay.values)
        data = PaymentData(self.day(), amount, way)
        share_payments.record_payment(row, data=data, **self.said)

    def unpay(self) -> None:
        row = self.one(SharePayment.objects.filter(reverses=None))
        share_payments.reverse_payment(row, on=self.day(), reason="Impayé", **self.said)

    def give_up(self) -> None:
        row = self.one(Subscription.objects.exclude(state="paid"))
        subscriptions.cancel_subscription(row, reason="x", on=self.day(), accepted=True, **self.said)

    def transfer(self) -> None:
        giver, to = self.one(Associate.objects.all()), self.one(Associate.objects.all())
        share_movements.transfer_shares(giver, to, data=self.moved(), accepted=True, **self.said)

    def undo(self) -> None:
        row = self.one(ShareMovement.objects.filter(subscription=None, refund=None))
        share_movements.reverse_movement(row, reason="Erreur", on=self.day(), **self.said)

    def ask(self) -> None:
        data = RefundData(self.draw.choice(self.classes), self.draw.randint(1, 30), self.at(self.day()))
        who = self.one(Associate.objects.order_by("-left_on")) if self.draw.random() < 0.5 else None
        who = who or self.one(Associate.objects.filter(left_on__isnull=False))
        refunds.ask_refund(who, data=data, actor=self.actor, now=self.at(self.today))

    def withdraw(self) -> None:
        row = Refund.objects.filter(state="asked").order_by("asked_at", "pk")[0]
        refunds.withdraw_shares(row, on=self.day(), accepted=True, **self.said)

    def give_back(self) -> None:
        row = self.one(Refund.objects.filter(state="withdrawn"))
        refunds.give_shares_back(row, reason="Trop tôt", on=self.day(), **self.said)

    def early(self) -> None:
        row = self.one(Refund.objects.filter(state="withdrawn"))
        refunds.decide_early_payment(row, decision="AG", payable_on=row.lost_on, actor=self.actor)

    def refund(self) -> None:
        row = Refund.objects.filter(state="withdrawn").order_by("asked_at", "pk")[0]
        refunds.pay_refund(row, on=self.day(), **self.said)

    def lose(self) -> None:
        closed = date(self.today.year - 1, 12, 31)
        amount = D(self.draw.randint(-5000, 20000)) / 100
        refunds.note_capital_loss(closed_on=closed, amount=amount, decision="AG", **self.said)

    def leave(self) -> None:
        who = self.one(Associate.objects.filter(left_on__isnull=True))
        if Associate.objects.filter(left_on__isnull=True).count() > 3:
            who.left_on, who.loss_cause = self.today, LossCause.RESIGNATION
            who.save()


def balance(number: str, day: date) -> Decimal:
    """The debit left of an account at the end of a day."""
    rows = EntryLine.objects.filter(account__number=number, entry__on__lte=day)
    left: Decimal | None = rows.aggregate(left=Sum(F("debit") - F("credit")))["left"]
    return left or ZERO


def before(day: date) -> Decimal:
    """The euros of the shares of before, which no entry of this house brought in."""
    rows = ShareMovement.objects.filter(kind="issue", subscription=None, on__lte=day)
    worth = F("quantity") * F("share_class__nominal")
    came = rows.filter(receiver__isnull=False).aggregate(total=Sum(worth))["total"] or ZERO
    gone = rows.filter(giver__isnull=False).aggregate(total=Sum(worth))["total"] or ZERO
    return D(came - gone)


@pytest.mark.parametrize("seed", range(4))
def test_the_books_say_what_the_register_says(seed: int) -> None:
    make_cooperative()
    make_rule_set(valid_from=date(2020, 1, 1), refund_years="1")
    series = Series(seed)
    series.run()
    assert sum(series.done.values()) > 20, series.done
    worth = nominals()
    days = set(ShareMovement.objects.values_list("on", flat=True)) | set(
        EntryLine.objects.values_list("entry__on", flat=True)
    )
    everybody = list(Associate.objects.order_by("pk"))
    for day in sorted(days):
        held = holdings_by_class(day)
        assert all(count > 0 for of_class in held.values() for count in of_class.values()), day
        total = sum(worth[one] * count for of_class in held.values() for one, count in of_class.items())
        assert capital_on(day) == total
        assert -balance("101200", day) - balance("101300", day) == total - before(day), day
        owed = sum((account_of(one, day).unpaid for one in everybody), ZERO)
        assert -balance("101200", day) == balance("456200", day) == owed, day
    _money_and_losses(max(days))
    for entry in Entry.objects.annotate(left=Sum(F("lines__debit") - F("lines__credit"))):
        assert entry.left == 0


def _money_and_losses(day: date) -> None:
    paid = SharePayment.objects.values_list("way").annotate(Sum("amount"))
    by_way = dict(paid.order_by())
    refunded = Refund.objects.aggregate(total=Sum("paid_amount"))["total"] or ZERO
    assert balance("512000", day) == by_way.get("bank", ZERO) - refunded
    assert balance("421000", day) == by_way.get("pay", ZERO)
    gone = Refund.objects.filter(Q(state="withdrawn") | Q(state="paid"))
    lost = sum((one.losses + one.later_losses for one in gone), ZERO)
    assert -balance("119000", day) == lost
    waiting = gone.filter(state="withdrawn").select_related("share_class")
    due = sum((one.quantity * one.share_class.nominal - one.losses for one in waiting), ZERO)
    assert -balance("456700", day) == due
