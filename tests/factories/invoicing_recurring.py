"""Plans of recurring documents made by their services, as far as a test asks."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.calculations.recurrence import after_months
from invoicing.models import Invoice, RecurringPlan
from invoicing.services.recurring import Model, PlanContent, create_plan
from invoicing.states.recurring import Period
from tests.factories import invoicing as sales
from tests.factories.invoicing_purchases import make_approved_order
from tests.factories.sendings import buyer, ready_quote


def content(**changed: Any) -> PlanContent:
    facts: dict[str, Any] = {"title": "Maintenance", "every": Period.MONTH, "first_on": timezone.localdate()}
    return PlanContent(**facts | changed)


def model_of(activity: Activity, *lines: Any) -> Invoice:
    """An issued invoice, for a customer with an address."""
    return sales.issued(activity, *lines, customer=activity.customers.first() or buyer(activity))


def make_plan(model: Model, *, actor: Any, key: uuid.UUID | None = None, **changed: Any) -> RecurringPlan:
    """A plan begun the day of its first date."""
    typed = content(**changed)
    return create_plan(model, content=typed, form_key=key or uuid.uuid4(), on=typed.first_on, actor=actor)


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(6, 15)))


def repeated_by(activity: Activity, seller: Any) -> dict[str, Any]:
    """What the walk visits: a plan that goes on and one that is paused; an invoice, a quote and an order to
    make again."""
    today = timezone.localdate()
    first = after_months(today + timedelta(days=1), -1)
    quote, order = ready_quote(activity), make_approved_order(activity)
    return {
        "plan": make_plan(
            quote,
            actor=seller,
            first_on=first,
            every=Period.QUARTER,
            index_rate=Decimal("0.021"),
            index_since=first,
        ),
        "repeated_quote": quote,
        "repeated_order": order,
    }
