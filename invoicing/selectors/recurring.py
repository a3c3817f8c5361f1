"""Plans of recurring documents in sight, what comes next and at what price, what each date gave (INV-25)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from cae.core.facts import Awaited, Todo
from cae.core.money import ZERO, cents
from cae.core.permissions import can
from cae.core.plain import with_words
from cae.core.questions import Pile, Tally
from cae.core.search import Hit
from cae.core.templatetags.formats import day
from entrepreneurs.models import Activity
from invoicing.calculations.discounts import sale_totals
from invoicing.calculations.recurrence import PriceIndex
from invoicing.models import Invoice, PurchaseOrder, Quote, RecurringMade, RecurringPlan
from invoicing.models.recurring import RecurringPlanQuerySet
from invoicing.models.sight import reach, within
from invoicing.states.recurring import SHOWN_NEXT, PlanState
from people.selectors import scopes_with_part
from people.states import SELLING_PARTS

PLANS = gettext_lazy("Documents récurrents")


def plans_visible(user: Any) -> RecurringPlanQuerySet:
    """Those of the activities in sight, with their model, its net amount and in whose name they go."""
    net = Coalesce("invoice__total_excl_tax", "quote__total_excl_tax", "order__total_net")
    return (
        RecurringPlan.objects.visible_to(user)
        .select_related("activity", "customer", "order__supplier", "invoice", "quote", "owner__person")
        .defer("invoice__facts", "quote__facts")
        .annotate(net=net, party=Coalesce("customer__name", "order__supplier__name"))
    )


@dataclass(frozen=True)
class Coming:
    """A date that comes, and what its document will ask before tax."""

    on: date
    net: Decimal


def coming_of(plan: RecurringPlan) -> list[Coming]:
    """The next dates of a plan, with their amounts; none once it has ended."""
    if plan.next_on is None:
        return []
    dates = [plan.next_on, *plan.rhythm.following(plan.next_on, many=SHOWN_NEXT - 1)]
    nets = nets_on(plan.model, plan.price_index, dates)
    return [Coming(on, net) for on, net in zip(dates, nets, strict=True)]


def nets_on(
    model: Invoice | Quote | PurchaseOrder, index: PriceIndex | None, dates: Sequence[date]
) -> list[Decimal]:
    """What the model makes before tax on each of these dates, at the prices of that day."""
    if isinstance(model, PurchaseOrder):
        lines = list(model.lines.all())
        return [sum((cents(line.quantity * _price(line, index, on)) for line in lines), ZERO) for on in dates]
    rows = list(model.lines.select_related("vat_rate"))
    return [
        sale_totals(
            [replace(row.priced, unit_price=_price(row, index, on)) for row in rows],
            rate=model.discount_rate,
            amount=model.discount_amount,
        ).net
        for on in dates
    ]


def _price(line: Any, index: PriceIndex | None, on: date) -> Decimal:
    price: Decimal = line.unit_price
    return index.price(price, on) if index else price


def made_of(plan: RecurringPlan) -> QuerySet[RecurringMade]:
    """What each date gave, the latest first, with the document."""
    return plan.made.select_related("invoice", "quote", "order").defer("invoice__facts", "quote__facts")


def activity_is_open(activity: Activity, *, on: date) -> bool:
    return Activity.objects.open_on(on).filter(pk=activity.pk).exists()


def find_plans(user: Any, terms: str, limit: int) -> Iterator[Hit]:
    """By any part of the title, or of the name of the customer or supplier."""
    if not can(user, "invoicing.view_recurrings"):
        return
    rows: QuerySet[Any] = with_words(plans_visible(user), terms, "title", "party")
    for row in rows.order_by("title", "pk")[:limit]:
        detail = row.get_state_display() if row.next_on is None else day(row.next_on)
        yield Hit(PLANS, row.title, f"{row.party} · {detail}", row.get_absolute_url(), "repeat")


def _of_seller(user: Any, _today: date) -> dict[str, Any] | None:
    own = scopes_with_part(user, SELLING_PARTS)
    return reach(own) if own else None


def _failed() -> QuerySet[RecurringPlan]:
    return RecurringPlan.objects.filter(within(), state=PlanState.ACTIVE).exclude(failure="")


def _to_unblock(user: Any, today: date, waiting: Tally) -> Iterator[Todo]:
    label = ngettext(
        "Débloquer %(count)d document récurrent", "Débloquer %(count)d documents récurrents", waiting.count
    )
    url = f"{reverse('invoicing:recurring_list')}?step=failed"
    yield Todo(label % {"count": waiting.count}, url, since=waiting.since, count=waiting.count)


AWAITED = (
    Awaited(Pile("invoicing.recurring_failed", lambda: (_failed(), "failed_at")), _of_seller, _to_unblock),
)
