"""Who holds how many shares on a day, the capital, one's own account, the payments that are late (GOV-02)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from cae.core.money import ZERO
from cae.core.questions import Given, Question
from governance.calculations.shares import (
    Instalment,
    Moved,
    due_by,
    instalments,
    late_since,
    next_due,
    unfreed_shares,
)
from governance.models import Associate, ShareClass, ShareMovement, SharePayment, Subscription
from governance.states.register import MovementKind, SubscriptionState


def movements_until(on: date) -> QuerySet[ShareMovement]:
    """Gives the movements of a day and those before it."""
    return ShareMovement.objects.filter(on__lte=on)


def holdings_by_class(on: date) -> dict[int, dict[int, int]]:
    """Gives {associate: {class: shares}} at the end of a day, in two queries; nobody who holds nothing."""
    found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for side, sign in (("receiver", 1), ("giver", -1)):
        rows = movements_until(on).filter(**{f"{side}__isnull": False}).order_by()
        for key, share_class, count in rows.values_list(side, "share_class").annotate(Sum("quantity")):
            found[key][share_class] += sign * count
    kept = {key: {one: count for one, count in held.items() if count} for key, held in found.items()}
    return {key: held for key, held in kept.items() if held}


def holdings_on(on: date) -> dict[int, int]:
    """Gives {associate: shares of every class} at the end of a day; nobody who holds nothing."""
    return {key: sum(held.values()) for key, held in holdings_by_class(on).items()}


def nominals() -> dict[int, Decimal]:
    """Gives {class: euros of one share}."""
    return dict(ShareClass.objects.values_list("pk", "nominal"))


def capital_by_associate(on: date) -> dict[int, Decimal]:
    """Gives {associate: euros of capital} at the end of a day."""
    worth = nominals()
    return {
        key: sum((worth[one] * count for one, count in held.items()), ZERO)
        for key, held in holdings_by_class(on).items()
    }


def moved_until(on: date) -> list[Moved]:
    """Gives what came into the capital and left it, a row a day and a class; transfers do neither."""
    rows = (
        movements_until(on)
        .filter(Q(giver__isnull=True) | Q(receiver__isnull=True))
        .order_by()
        .annotate(comes_in=ExpressionWrapper(Q(giver__isnull=True), output_field=BooleanField()))
        .values_list("on", "share_class", "share_class__nominal", "comes_in")
        .annotate(Sum("quantity"))
    )
    return [
        Moved(day, count, one, nominal, giver=None if comes_in else 0, receiver=0 if comes_in else None)
        for day, one, nominal, comes_in, count in rows
    ]


def moved_of(associate: Associate, share_class: ShareClass) -> list[Moved]:
    """Gives every movement of a class that concerns an associate, whatever its day."""
    rows = ShareMovement.objects.filter(Q(giver=associate) | Q(receiver=associate), share_class=share_class)
    return [
        Moved(one.on, one.quantity, share_class.pk, share_class.nominal, one.giver_id, one.receiver_id)
        for one in rows
    ]


def given_after(associate: Associate, share_class: ShareClass, day: date) -> list[date]:
    """Gives the later days on which shares of a class leave an associate."""
    rows = ShareMovement.objects.filter(giver=associate, share_class=share_class, on__gt=day)
    return sorted(set(rows.values_list("on", flat=True)))


def capital_on(on: date) -> Decimal:
    """Gives the capital in euros at the end of a day, in one query."""
    return sum((one.capital for one in moved_until(on)), ZERO)


def count_held(associate: Associate, share_class: ShareClass, on: date) -> int:
    """Gives how many shares of a class an associate holds at the end of a day."""
    return holdings_of(associate, on).get(share_class.pk, 0)


def holdings_of(associate: Associate, on: date) -> dict[int, int]:
    """Gives {class: shares} of one associate at the end of a day."""
    found: defaultdict[int, int] = defaultdict(int)
    rows = movements_until(on).filter(Q(giver=associate) | Q(receiver=associate))
    for share_class, quantity, receiver in rows.values_list("share_class", "quantity", "receiver"):
        found[share_class] += quantity if receiver == associate.pk else -quantity
    return {one: count for one, count in found.items() if count}


def with_paid(rows: QuerySet[Any, Any], on: date | Given | None = None) -> QuerySet[Any, Any]:
    """The same subscriptions with `.paid`, the euros paid in all, or by the end of a day."""
    payments = SharePayment.objects.filter(subscription=OuterRef("pk"))
    if on is not None:
        payments = payments.filter(on__lte=on)
    total = payments.order_by().values("subscription").annotate(total=Sum("amount")).values("total")
    found: QuerySet[Any, Any] = rows.annotate(paid=Coalesce(Subquery(total), ZERO))
    return found


def paid_on(subscription: Subscription, on: date | None = None) -> Decimal:
    """Gives the euros paid on a subscription, in all or by the end of a day."""
    rows = subscription.payments.all()
    if on is not None:
        rows = rows.filter(on__lte=on)
    total: Decimal | None = rows.aggregate(total=Sum("amount"))["total"]
    return total or ZERO


def plan_of(subscription: Subscription) -> list[Instalment]:
    """Gives the payments that were agreed, in their order."""
    return instalments(subscription.amount, subscription.part_amount, subscription.first_due_on)


def unfreed_of(associate: Associate, share_class: ShareClass, on: date) -> int:
    """Gives how many shares of a class an associate held at the end of a day that were not wholly paid: what
    was paid since makes nothing free before."""
    rows = Subscription.objects.filter(associate=associate, share_class=share_class, signed_on__lte=on)
    return sum(
        max(unfreed_shares(one.quantity, one.nominal, one.paid) - one.dropped, 0)
        for one in with_dropped(with_paid(rows, on), on)
    )


def with_dropped(rows: QuerySet[Any, Any], on: date) -> QuerySet[Any, Any]:
    """The same subscriptions with `.dropped`, the shares cancelled unpaid by the end of a day."""
    gone = ShareMovement.objects.filter(
        kind=MovementKind.CANCELLATION, subscription=OuterRef("pk"), on__lte=on
    )
    total = gone.order_by().values("subscription").annotate(total=Sum("quantity")).values("total")
    found: QuerySet[Any, Any] = rows.annotate(dropped=Coalesce(Subquery(total), 0))
    return found


@dataclass(frozen=True)
class Late:
    """A subscription that is late on a day: since when, how much was due by then, how much is missing."""

    subscription: Subscription
    since: date
    due: Decimal
    missing: Decimal
    days: int


def late_payments(on: date, rows: QuerySet[Any, Any] | None = None) -> list[Late]:
    """Gives the subscriptions that are late on a day, those late since longest first, in one query."""
    asked = _SIGNED(on=on) if rows is None else _signed(rows, on)
    return sorted(_late(asked, on), key=lambda one: (one.since, one.subscription.pk))


def _signed(rows: QuerySet[Any, Any], on: date | Given) -> QuerySet[Any, Any]:
    signed = rows.filter(state=SubscriptionState.SIGNED).select_related(
        "associate__person", "associate__organisation", "share_class"
    )
    return with_paid(signed, on)


# Asked at each first page of those who keep the shares.
_SIGNED: Question[Any] = Question(lambda: _signed(Subscription.objects.all(), Given("on")))


def _late(rows: Iterable[Any], on: date) -> Iterator[Late]:
    for one in rows:
        plan = plan_of(one)
        since = late_since(plan, one.paid, on)
        if since is not None:
            due = due_by(plan, on)
            yield Late(one, since, due, due - one.paid, (on - since).days)


def next_payment(subscription: Subscription, paid: Decimal) -> Instalment | None:
    """Gives the next payment of a signed subscription, or None when all is paid."""
    return next_due(plan_of(subscription), paid)


@dataclass(frozen=True)
class AccountLine:
    """A movement as one's own account reads it: what it adds or takes, what one then holds of this class."""

    movement: ShareMovement
    change: int
    balance: int

    @property
    def amount(self) -> Decimal:
        nominal: Decimal = self.movement.share_class.nominal
        return self.change * nominal


@dataclass(frozen=True)
class ClassHeld:
    """The shares of one class that an associate holds."""

    share_class: ShareClass
    count: int

    @property
    def amount(self) -> Decimal:
        nominal: Decimal = self.share_class.nominal
        return self.count * nominal


@dataclass(frozen=True)
class YearHeld:
    """What an associate held at the end of a year, and what the year changed."""

    year: int
    came: int
    left: int
    count: int
    amount: Decimal


@dataclass(frozen=True)
class ShareAccount:
    """The account of shares of an associate as of a day."""

    associate: Associate
    on: date
    lines: list[AccountLine]
    held: list[ClassHeld]
    years: list[YearHeld]
    subscriptions: list[Any]
    # Euros of signed subscriptions that are still to be paid.
    unpaid: Decimal

    @property
    def count(self) -> int:
        return sum(one.count for one in self.held)

    @property
    def capital(self) -> Decimal:
        return sum((one.amount for one in self.held), ZERO)


def account_of(associate: Associate, on: date) -> ShareAccount:
    """Gives the account of an associate as of a day: movements with balances, shares by class, each year,
    subscriptions with what is paid. Two queries."""
    moved = (
        movements_until(on)
        .filter(Q(giver=associate) | Q(receiver=associate))
        .select_related("share_class", "giver__person", "giver__organisation")
        .select_related("receiver__person", "receiver__organisation", "reverses")
        .order_by("on", "pk")
    )
    lines: list[AccountLine] = []
    balance: defaultdict[ShareClass, int] = defaultdict(int)
    for one in moved:
        change = one.quantity if one.receiver_id == associate.pk else -one.quantity
        balance[one.share_class] += change
        lines.append(AccountLine(one, change, balance[one.share_class]))
    held = [ClassHeld(one, count) for one, count in balance.items() if count]
    known = Q(created_at__date__lte=on) | Q(signed_on__lte=on)
    signed = Subscription.objects.filter(known, associate=associate)
    subscriptions = list(with_dropped(with_paid(signed.select_related("share_class"), on), on))
    unpaid = sum((_due(one) for one in subscriptions if one.signed_on and one.signed_on <= on), ZERO)
    held.sort(key=lambda one: one.share_class.code)
    return ShareAccount(associate, on, lines, held, _years(lines, on), subscriptions, unpaid)


def _due(one: Any) -> Decimal:
    """Euros still to be paid of a signed subscription, without the shares given up."""
    due: Decimal = one.amount - one.dropped * one.nominal - one.paid
    return due


def _years(lines: list[AccountLine], on: date) -> list[YearHeld]:
    """The years since the first movement, the latest first; the current one stands as of the day."""
    if not lines:
        return []
    found, count, amount = [], 0, ZERO
    for year in range(lines[0].movement.on.year, on.year + 1):
        of_year = [line for line in lines if line.movement.on.year == year]
        count += sum(line.change for line in of_year)
        amount += sum((line.amount for line in of_year), ZERO)
        came = sum(line.change for line in of_year if line.change > 0)
        left = -sum(line.change for line in of_year if line.change < 0)
        found.append(YearHeld(year, came, left, count, amount))
    return found[::-1]


def movements_listed(user: Any) -> QuerySet[ShareMovement]:
    """Gives the movements that a person sees, with everything a row says, in one query; `.is_own` those of
    whom this person acts for."""
    seen = Associate.objects.visible_to(user).order_by().values("pk")
    today = timezone.localdate()
    own = Associate.objects.acted_by(getattr(user, "person_id", None), today).order_by().values("pk")
    return (
        ShareMovement.objects.filter(Q(giver__in=seen) | Q(receiver__in=seen))
        .select_related("share_class", "entry__journal", "reversed_by", "reverses")
        .select_related("giver__person", "giver__organisation", "receiver__person", "receiver__organisation")
        .annotate(
            amount=F("quantity") * F("share_class__nominal"),
            is_own=Case(When(Q(giver__in=own) | Q(receiver__in=own), then=True), default=False),
        )
        .order_by("-on", "-pk")
    )


def subscriptions_listed(user: Any) -> QuerySet[Any]:
    """Gives the subscriptions that a person sees with what is paid, in one query."""
    rows = Subscription.objects.visible_to(user).select_related(
        "associate__person", "associate__organisation", "share_class"
    )
    return with_paid(rows).order_by("-created_at", "-pk")
