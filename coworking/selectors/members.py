"""Members as lists and pages read them, and what each holds (COW-09, COW-12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth
from django.utils import timezone

from cae.core.money import ZERO
from cae.core.periods import Month
from coworking.models import (
    Allowance,
    Booking,
    Charge,
    Cover,
    Member,
    Pass,
    Place,
    Presence,
    SignUp,
    Subscription,
)
from coworking.states.bookings import COMING, HOLDING
from coworking.states.members import MINUTES, ChargeState, SignUpState, SubscriptionState, TimeUnit
from coworking.states.places import ResourceKind
from people.models import User


@dataclass(frozen=True)
class Included:
    """What is included of a kind of resource in a month: all of it, used, left; None: without limit."""

    allowance: Allowance
    units: Decimal | None
    used: Decimal

    @property
    def counted(self) -> str:
        """What it includes this month, what was carried over too, in words."""
        return TimeUnit(self.allowance.unit).counted(self.units or ZERO)

    @property
    def left(self) -> Decimal | None:
        return None if self.units is None else max(ZERO, self.units - self.used)


def members_of(place: Place, on: date) -> QuerySet[Member]:
    """Those who work, worked or will work there, with who pays and what they hold that day."""
    held = Q(subscriptions__state=SubscriptionState.ACTIVE, subscriptions__starts_on__lte=on) & (
        Q(subscriptions__ends_on__isnull=True) | Q(subscriptions__ends_on__gte=on)
    )
    asked = Subscription.objects.filter(member=OuterRef("pk"), state=SubscriptionState.ASKED)
    return (
        Member.objects.filter(place=place)
        .select_related("person", "organisation", "payer__activity", "payer__customer")
        .annotate(
            plans=StringAgg(
                "subscriptions__plan__name", Value(", "), filter=held, distinct=True, default=Value("")
            ),
            is_waiting=Exists(asked),
        )
    )


def subscriptions_held(member: Member) -> QuerySet[Subscription]:
    return member.subscriptions.select_related("plan", "payer", "unit__resource", "deposit").prefetch_related(
        "pauses", "absences"
    )


def passes_left(members: Sequence[Member], on: date) -> QuerySet[Pass]:
    """Passes that still hold something that day, those that lapse first first."""
    return (
        Pass.objects.filter(member__in=members, left__gt=0, until__gte=on)
        .select_related("plan", "member__place")
        .order_by("until", "pk")
    )


def included_of(subscription: Subscription, month: Month) -> list[Included]:
    """What a subscription includes in a month, and what bookings took of it; what is carried over from the
    months before adds up."""
    taken = (
        Cover.objects.filter(subscription=subscription, given_back_at__isnull=True)
        .values("allowance", "month")
        .annotate(sum=Sum("units"))
    )
    used: dict[Any, Decimal] = {(row["allowance"], row["month"]): row["sum"] for row in taken}
    found = []
    for allowance in subscription.plan.allowances.all():
        mine = used.get((allowance.pk, month.first), ZERO)
        found.append(Included(allowance, _with_carried(allowance, subscription, month, used), mine))
    return found


def _with_carried(
    allowance: Allowance, subscription: Subscription, month: Month, used: dict[Any, Decimal]
) -> Decimal | None:
    if allowance.units is None:
        return None
    total, past = allowance.units, month
    for _month in range(allowance.carried_months):
        past = past.previous()
        if past.last < subscription.starts_on:
            break
        total += max(ZERO, allowance.units - used.get((allowance.pk, past.first), ZERO))
    return total


def own_members(user: User, on: date | None = None) -> list[Member]:
    """What somebody is a member of: places now, and those of the last year."""
    rows = Member.objects.filter(person=user.person_id).select_related(
        "place", "person", "organisation", "payer__activity", "payer__customer"
    )
    if on is not None:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on - timedelta(days=365)))
    return list(rows.order_by("place__sort_name", "-starts_on"))


def led_by(member: Member) -> QuerySet[Member]:
    """The others of the organisation, for whoever leads them there today."""
    if not member.leads or member.organisation_id is None or not member.is_in_force(timezone.localdate()):
        return Member.objects.none()
    return (
        Member.objects.filter(place=member.place_id, organisation=member.organisation_id)
        .exclude(pk=member.pk)
        .select_related("person")
        .order_by("person__sort_name")
    )


def charges_of(members: Sequence[Member]) -> QuerySet[Charge]:
    """What is due or was billed for these members, the latest first."""
    return (
        Charge.objects.filter(
            Q(subscription__member__in=members)
            | Q(sold_pass__member__in=members)
            | Q(booking__member__in=members)
        )
        .exclude(state=ChargeState.WAIVED)
        .select_related("invoice", "internal_sale", "payer__place")
        .order_by("-day", "-pk")
    )


def bookings_to_come(members: Sequence[Member]) -> QuerySet[Booking]:
    return (
        Booking.objects.filter(member__in=members, state__in=COMING)
        .select_related("resource", "place")
        .order_by("during")
    )


def days_used(member: Member, month: Month) -> int:
    """The days of a month on which somebody was noted present or booked a desk."""
    days = {at.astimezone().date() for at in _arrivals(member, month).values_list("arrived_at", flat=True)}
    desks = Booking.objects.filter(
        member=member,
        resource__kind=ResourceKind.DESK,
        state__in=HOLDING,
        during__startswith__date__range=_range(month),
    ).values_list("during__startswith__date", flat=True)
    return len(days | set(desks))


def _range(month: Month) -> tuple[date, date]:
    return month.first, month.last


def _arrivals(member: Member, month: Month) -> QuerySet[Presence]:
    return Presence.objects.filter(
        place=member.place_id, person=member.person_id, arrived_at__date__range=_range(month)
    )


def presences_of(member: Member, month: Month) -> list[Presence]:
    """The times a member came in a month, in order."""
    return list(_arrivals(member, month).order_by("arrived_at"))


def units_for(days: int, unit: str) -> int:
    """So many days in the units of a pass."""
    return days * MINUTES["day"] // MINUTES[unit]


def signups_of(place: Place) -> QuerySet[SignUp]:
    """The requests to join a place: those that wait first, then the latest answered."""
    rank = Case(When(state=SignUpState.ASKED, then=Value(0)), default=Value(1))
    rows = SignUp.objects.filter(place=place).select_related("plan", "member")
    return rows.order_by(rank, "-created_at", "-pk")


def months_present(member: Member, most: int = 3) -> list[date]:
    """The first days of the last months in which a member came, the latest first."""
    rows = Presence.objects.filter(place=member.place_id, person=member.person_id)
    months = rows.annotate(first=TruncMonth("arrived_at")).values_list("first", flat=True)
    return [at.date() for at in months.order_by("-first").distinct()[:most]]
