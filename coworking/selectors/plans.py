"""Plans as pages and services read them: prices of a day, what they include (COW-11, COW-12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Prefetch, Q, QuerySet

from coworking.calculations.mixes import Mix, Offer, cheapest_mix
from coworking.models import Allowance, Place, Plan, PlanPrice, Subscription
from coworking.selectors.resources import rates_on, taxed
from coworking.states.members import PlanKind, SubscriptionState


@dataclass(frozen=True)
class Shown:
    """A plan with its prices of a day, excl. tax: none where it has none yet; `taxed`: for others, with
    tax."""

    plan: Plan
    own: Decimal | None
    other: Decimal | None
    taxed: Decimal | None


def plans_of(place: Place, *, archived: bool = False) -> QuerySet[Plan]:
    """The plans of a place with what they include and how many hold them."""
    held = Count("subscriptions", filter=Q(subscriptions__state=SubscriptionState.ACTIVE), distinct=True)
    rows = Plan.objects.filter(place=place)
    if not archived:
        rows = rows.filter(archived_at__isnull=True)
    return rows.annotate(held=held).prefetch_related(
        Prefetch("allowances", Allowance.objects.order_by("resource_kind"))
    )


def shown_plans(place: Place, on: date, *, public: bool = False) -> list[Shown]:
    """Plans on sale with the prices of that day, for members and for others side by side."""
    prices = {row.plan_id: row for row in PlanPrice.objects.filter(plan__place=place).in_force(on)}
    rates = rates_on(on)
    found = []
    for plan in plans_of(place):
        if public and not plan.is_public:
            continue
        price = prices.get(plan.pk)
        if price is None:
            found.append(Shown(plan, None, None, None))
        else:
            found.append(Shown(plan, price.own, price.other, taxed(price.other, rates.get(price.vat_code))))
    return found


def price_on(plan: Plan, on: date) -> PlanPrice | None:
    """The price in force that day."""
    return PlanPrice.objects.filter(plan=plan).in_force(on).first()


def mix_for(place: Place, unit: str, wanted: int, on: date, *, inside: bool) -> Mix | None:
    """The passes on sale that cover so many units for the least."""
    offers = [
        Offer(shown.plan.name, shown.plan.units or 0, price, shown.plan.valid_days or 0)
        for shown in shown_plans(place, on)
        if shown.plan.kind == PlanKind.PASS and shown.plan.unit == unit
        if (price := shown.own if inside else shown.other) is not None
    ]
    return cheapest_mix(offers, wanted)


def monthly_price(subscription: Subscription, on: date) -> tuple[Decimal, str] | None:
    """What a month of a subscription is due excl. tax, with its VAT code; None: no price in force."""
    price = price_on(subscription.plan, on)
    if subscription.agreed_price is not None:
        return subscription.agreed_price, price.vat_code if price else "normal"
    if price is None:
        return None
    inside = subscription.payer is not None and subscription.payer.is_inside
    return (price.own if inside else price.other), price.vat_code
