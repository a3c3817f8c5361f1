"""One subscription as its page tells it: what was agreed, what came, what is late, what was notified
(GOV-05)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cae.core.money import ZERO
from governance.calculations.shares import Instalment, late_since
from governance.models import SharePayment, Subscription, VotingRightEvent
from governance.selectors.shares import paid_on, plan_of
from governance.states.register import RightsEventKind, SubscriptionState


@dataclass(frozen=True)
class Step:
    """A payment of the plan, what of it came, and whether it is late."""

    due_on: date
    amount: Decimal
    paid: Decimal
    is_late: bool

    @property
    def status(self) -> tuple[str, str]:
        if self.paid == self.amount:
            return ("success", "✔")
        return ("warning", "▲") if self.is_late else ("neutral", "◇")


@dataclass(frozen=True)
class SubscriptionFacts:
    """What the page of a subscription says on a day."""

    paid: Decimal
    left: Decimal
    steps: list[Step]
    payments: list[SharePayment]
    late_since: date | None
    notices: list[VotingRightEvent]


def facts_of(row: Subscription, on: date) -> SubscriptionFacts:
    """Gives the facts of a subscription on a day, in three queries."""
    paid, plan = paid_on(row), plan_of(row)
    signed = row.state == SubscriptionState.SIGNED
    since = late_since(plan, paid, on) if signed else None
    return SubscriptionFacts(
        paid=paid,
        left=row.amount - paid,
        steps=_steps(plan, paid, on if signed else None),
        payments=list(payments_of(row)),
        late_since=since,
        notices=[one for one in notices_of([row.associate_id]) if is_for(one, since)],
    )


def _steps(plan: Iterable[Instalment], paid: Decimal, on: date | None) -> list[Step]:
    """The plan, its oldest payments filled first."""
    found, left = [], paid
    for one in plan:
        part = min(left, one.amount)
        left -= part
        is_late = on is not None and one.due_on < on and part < one.amount
        found.append(Step(one.due_on, one.amount, max(part, ZERO), is_late))
    return found


def payments_of(row: Subscription) -> QuerySet[Any]:
    """Gives the payments with their entries, and `.is_undone` for those taken back."""
    undone = SharePayment.objects.filter(reverses=OuterRef("pk"))
    return (
        row.payments.select_related("entry__journal", "created_by__person", "reverses")
        .annotate(is_undone=Exists(undone))
        .order_by("on", "pk")
    )


def notices_of(associates: Iterable[int]) -> QuerySet[VotingRightEvent]:
    """Gives the formal notices sent to these associates, the latest first."""
    return VotingRightEvent.objects.filter(
        associate__in=list(associates), kind=RightsEventKind.NOTICE
    ).order_by("-at", "-pk")


def is_for(notice: VotingRightEvent, late: date | None) -> bool:
    """Tells whether a notice speaks of what is late since a day: an older one was about something else."""
    return late is not None and timezone.localdate(notice.at) >= late
