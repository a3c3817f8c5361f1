"""Plans of recurring documents made by their services, as far as a test asks."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Invoice, RecurringPlan
from invoicing.services.making import make_documents
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
    """What the walk visits: a plan with a date behind it, and what may be made again."""
    today = timezone.localdate()
    quote = ready_quote(activity, customer=buyer(activity, siren=sales.SIRENS[5]), on=today)
    plan = make_plan(
        quote, actor=seller, every=Period.QUARTER, index_rate=Decimal("0.021"), index_since=today
    )
    make_documents(plan.pk, at=morning(today))
    return {
        "plan": plan,
        "repeated_invoice": sales.issued(activity, customer=quote.customer, on=today),
        "repeated_quote": quote,
        "repeated_order": make_approved_order(activity),
    }
