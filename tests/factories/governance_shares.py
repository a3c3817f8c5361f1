"""Shares held and bulletins signed, made through their services."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from governance.models import Associate, ShareClass, Subscription
from governance.services.share_movements import MoveData, enter_shares
from governance.services.subscriptions import (
    Paper,
    SubscriptionData,
    prepare_subscription,
    sign_subscription,
)
from people.models import User
from tests.factories.governance import make_associate

BEFORE = date(2025, 1, 2)


def make_holder(
    actor: User,
    parts: ShareClass,
    count: int = 50,
    *,
    on: date = BEFORE,
    associate: Associate | None = None,
    **fields: Any,
) -> Associate:
    """An associate who holds so many shares of before."""
    found = associate or make_associate(**fields)
    data = MoveData(parts, count, on, "Parts d’avant")
    enter_shares(found, data=data, actor=actor, today=timezone.localdate(), accepted=True)
    return found


def make_holders(actor: User, parts: ShareClass, count: int = 4) -> list[Associate]:
    """Employed associates who hold fifty shares each: with four of them, any limit is far."""
    return [make_holder(actor, parts) for _ in range(count)]


def make_signed(
    actor: User, who: Associate, parts: ShareClass, on: date, *, count: int = 10, **plan: Any
) -> Subscription:
    """A bulletin signed on paper on a day; nothing is paid."""
    data = SubscriptionData(parts, count, on, **plan)
    row = prepare_subscription(who, data=data, actor=actor, on=on, accepted=True)
    at = datetime.combine(on, time(10), timezone.get_current_timezone())
    return sign_subscription(row, actor=actor, at=at, paper=Paper(on, "Armoire"))
