"""What each person still lets be held on their pay for their shares: asked by the books, below (GOV-05)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cae.core.money import ZERO
from governance.models import SharePayment, Subscription
from governance.selectors.shares import next_payment, with_paid
from governance.states.register import PaymentPlan, PaymentWay, SubscriptionState


def subscriptions_on_pay(persons: Iterable[int], on: date) -> QuerySet[Any, Any]:
    """Signed subscriptions of these people that are freed on pay, with `.paid`; without those for which the
    pay of that month was held already."""
    month = SharePayment.objects.filter(
        subscription=OuterRef("pk"), way=PaymentWay.PAY, on__year=on.year, on__month=on.month
    )
    held = Exists(month.filter(reverses__isnull=True, reversed_by__isnull=True))
    rows = Subscription.objects.filter(
        ~held,
        plan=PaymentPlan.ON_PAY,
        state=SubscriptionState.SIGNED,
        first_due_on__lte=on,
        associate__person__in=list(persons),
    )
    return with_paid(rows.select_related("associate", "share_class")).order_by("pk")


def shares_on_pay(persons: Iterable[Any], on: date) -> dict[int, Decimal]:
    """The next amount to hold on the pay of each of these people, by key; those who owe nothing are left
    out."""
    found: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for row in subscriptions_on_pay((getattr(one, "pk", one) for one in persons), on):
        due = next_payment(row, row.paid)
        if due is not None:
            found[row.associate.person_id] += due.amount
    return dict(found)
