"""What shares live in the demonstration: refunds, a transfer, shares held on pay, a right suspended."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from cae.demonstration.loading.associates import NOMINAL, Hands, newcomer, noon, subscribe
from cae.demonstration.loading.days import assembly_before, days_ago
from cae.demonstration.loading.people import Population
from cae.demonstration.loading.voting_rules import lay_voting_rules
from governance.models import Associate, Refund, ShareClass, Subscription
from governance.services.associates import Entry, enter_associate, lose_status
from governance.services.refunds import (
    RefundData,
    ask_refund,
    decide_early_payment,
    pay_refund,
    withdraw_shares,
)
from governance.services.share_movements import MoveData, transfer_shares
from governance.services.share_payments import record_held_on_pay
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    prepare_subscription,
    sign_subscription,
)
from governance.services.voting_rights import notify_late, suspend
from governance.states.register import Category, LossCause, PaymentPlan

# Whoever came first gives a proxy at the assemblies.
ON_PAY, SUSPENDED = "lartigau", "mesplede"
MONTHS_HELD = 4


def move_shares(
    population: Population, associates: dict[str, Associate], *, today: date, now: datetime
) -> None:
    """Does: gives shares back to who retired, in part; asks those of who resigned; notes a transfer, shares
    held on pay, a suspension; prepares a bulletin to sign. Refuses: nothing. Leaves behind: the movements,
    their entries, the queue."""
    hands = Hands(population.accounts["manager"], population.accounts["accountant"], today)
    # What is given back follows the rules in force.
    lay_voting_rules(today=today, now=now, actor=hands.manager)
    shares = ShareClass.objects.get()
    _give_back_in_part(_retired(shares, hands), shares, hands, now)
    _ask(associates["labat"], 12, days_ago(today, 50), hands, now)
    transfer_shares(
        associates["larrouy"],
        associates["dupeyron"],
        data=MoveData(shares, 4, days_ago(today, 45), "Agrément du conseil"),
        actor=hands.accountant,
        today=today,
        accepted=True,
    )
    _hold_on_pay(associates[ON_PAY], shares, hands)
    _suspend(associates[SUSPENDED], shares, hands, now)
    data = SubscriptionData(shares, 6, today)
    prepare_subscription(associates["associate"], data=data, actor=hands.manager, on=today, accepted=True)


def _retired(shares: ShareClass, hands: Hands) -> Associate:
    """Entered, paid whole, retired since."""
    on = assembly_before(hands.today, years=3)
    person = newcomer("bordenave", "Yvonne", "Bordenave", hands)
    entry = Entry(Category.EMPLOYEE, on, f"AG du {on:%d/%m/%Y}", person=person)
    associate = enter_associate(entry, actor=hands.manager, on=hands.today)
    subscribe(associate, shares, 20, hands, paid_until=None)
    left = days_ago(hands.today, 420)
    return lose_status(associate, cause=LossCause.RETIREMENT, on=left, decision="", actor=hands.manager)


def _give_back_in_part(who: Associate, shares: ShareClass, hands: Hands, now: datetime) -> None:
    """Eight shares of twenty are paid before the delay, by a decision; the others wait for it."""
    today, ago = hands.today, {8: (410, 400), 12: (390, 380)}
    for count, (asked, withdrawn) in ago.items():
        row = _ask(who, count, days_ago(today, asked), hands, now)
        row = withdraw_shares(
            row, on=days_ago(today, withdrawn), actor=hands.accountant, today=today, accepted=True
        )
        if count == 8:
            early: dict[str, Any] = {
                "decision": "Assemblée, 5e résolution",
                "payable_on": days_ago(today, 150),
            }
            row = decide_early_payment(row, **early, actor=hands.manager)
            pay_refund(row, on=days_ago(today, 140), actor=hands.accountant, today=today)


def _ask(who: Associate, count: int, on: date, hands: Hands, now: datetime) -> Refund:
    data = RefundData(ShareClass.objects.get(), count, noon(on))
    return ask_refund(who, data=data, actor=hands.manager, now=now)


def _signed(who: Associate, data: SubscriptionData, on: date, hands: Hands) -> Subscription:
    row = prepare_subscription(who, data=data, actor=hands.manager, on=on, accepted=True)
    paper = Paper(on, f"Classeur des parts, bulletin n° {row.pk}")
    return sign_subscription(row, actor=hands.manager, at=noon(on), paper=paper)


def _hold_on_pay(who: Associate, shares: ShareClass, hands: Hands) -> None:
    """Two shares a month, on the last day of the months before this one."""
    days, first = [], hands.today.replace(day=1)
    for _month in range(MONTHS_HELD):
        days.append(first - timedelta(days=1))
        first = days[-1].replace(day=1)
    data = SubscriptionData(shares, 20, days[-1] + timedelta(days=3), PaymentPlan.ON_PAY, 2 * NOMINAL)
    row = _signed(who, data, days_ago(first, 5), hands)
    for day in reversed(days):
        record_held_on_pay([row], on=day, actor=hands.accountant, today=hands.today)


def _suspend(who: Associate, shares: ShareClass, hands: Hands, now: datetime) -> None:
    """Nothing of a second bulletin came: notice, then suspension after the delay of the rules."""
    signed = days_ago(hands.today, 130)
    data = SubscriptionData(shares, 6, days_ago(hands.today, 100), PaymentPlan.IN_PARTS, Decimal("24.00"))
    row = _signed(who, data, signed, hands)
    late: dict[str, Any] = {"subscription": row, "actor": hands.manager}
    notify_late(who, at=now - timedelta(days=45), reason="Trois versements ne sont pas arrivés.", **late)
    suspend(who, at=now - timedelta(days=10), reason="La mise en demeure est restée sans réponse.", **late)
