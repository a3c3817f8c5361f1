"""The month of a place as its page and its run read it: what is due by payer, what is missing (COW-15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from cae.core.money import ZERO
from cae.core.periods import Month
from coworking.models import (
    BillingRun,
    Charge,
    Payer,
    Place,
    PlanPrice,
    Presence,
    RunDocument,
    Subscription,
)
from coworking.states.members import ChargeState, SubscriptionState
from entrepreneurs.models import Activity
from invoicing.models import Invoice
from invoicing.states.sales import InvoiceState


@dataclass
class PayerMonth:
    """What a payer is due, held back, billed in a month."""

    payer: Payer
    charges: list[Charge] = field(default_factory=list)

    def _sum(self, *states: str) -> Decimal:
        return sum((one.amount for one in self.charges if one.state in states), ZERO)

    @property
    def due(self) -> Decimal:
        return self._sum(ChargeState.DUE)

    @property
    def held(self) -> Decimal:
        return self._sum(ChargeState.HELD)

    @property
    def billed(self) -> Decimal:
        return self._sum(ChargeState.BILLED)

    @property
    def documents(self) -> list[object]:
        """The invoices and internal sales made of it, each once."""
        found = [one.invoice or one.internal_sale for one in self.charges]
        return list(dict.fromkeys(one for one in found if one is not None))

    @property
    def letters(self) -> list[RunDocument]:
        """How each invoice left: sent that day, or why it could not and nobody sent it since."""
        rows = dict.fromkeys(one.invoice for one in self.charges if one.invoice is not None)
        made = [row.place_document for row in rows if hasattr(row, "place_document")]
        return [one for one in made if one.sent_at or (one.unsent_because and not one.invoice.sendings.all())]


def charges_listed() -> QuerySet[Charge]:
    return Charge.objects.select_related(
        "payer__place",
        "payer__activity",
        "payer__customer",
        "subscription__plan",
        "invoice__place_document",
        "internal_sale",
        "credit",
        "internal_credit__sale",
    )


def to_credit() -> QuerySet[Charge]:
    """What is billed, to be given back, and under no credit note; the oldest first."""
    under_way = Q(internal_credit__isnull=False) | Q(
        credit__state__in=[InvoiceState.DRAFT, InvoiceState.SUBMITTED, InvoiceState.ISSUED]
    )
    rows = Charge.objects.exclude(under_way).filter(state=ChargeState.BILLED, to_credit_since__isnull=False)
    return rows.order_by("to_credit_since", "pk")


def to_credit_in(place: Place) -> QuerySet[Charge]:
    rows = charges_listed().filter(payer__place=place, pk__in=to_credit().values("pk"))
    return rows.order_by("to_credit_since", "pk")


def to_bill(place: Place, month: Month, today: date) -> QuerySet[Charge]:
    """What a run of this month takes: due until its last day, and not for a day to come unless it is a month
    of a subscription."""
    last = min(month.last, today)
    return Charge.objects.filter(
        Q(day__lte=last) | Q(subscription__isnull=False, day__lte=month.last),
        payer__place=place,
        state=ChargeState.DUE,
    )


def month_of(place: Place, month: Month, today: date) -> list[PayerMonth]:
    """By payer: what the run takes or took, what is held back until then, what was given up in the month."""
    run = Q(run__place=place, run__month=month.first)
    waiting = Q(pk__in=to_bill(place, month, today).values("pk"))
    held = Q(state=ChargeState.HELD, day__lte=month.last)
    waived = Q(state=ChargeState.WAIVED, day__gte=month.first, day__lte=month.last)
    rows = charges_listed().filter(run | waiting | held | waived, payer__place=place).order_by("day", "pk")
    rows = rows.prefetch_related("invoice__sendings")
    found: dict[int, PayerMonth] = {}
    for row in rows:
        found.setdefault(row.payer_id, PayerMonth(row.payer)).charges.append(row)
    return sorted(found.values(), key=lambda one: str(one.payer).casefold())


def subscriptions_of(place: Place, month: Month) -> QuerySet[Subscription]:
    """Those that run on some day of the month, and somebody pays."""
    return (
        Subscription.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=month.first),
            member__place=place,
            payer__isnull=False,
            state__in=[SubscriptionState.ACTIVE, SubscriptionState.ENDED],
            starts_on__lte=month.last,
        )
        .select_related("plan", "member__person", "payer__activity", "payer__customer")
        .prefetch_related("pauses")
        .order_by("pk")
    )


class PriceList:
    """The prices of the plans of a place, by plan and day."""

    def __init__(self, place: Place) -> None:
        self._rows: dict[int, list[PlanPrice]] = defaultdict(list)
        for row in PlanPrice.objects.filter(plan__place=place).order_by("plan", "starts_on"):
            self._rows[row.plan_id].append(row)

    def of(self, subscription: Subscription, on: date) -> tuple[Decimal, str] | None:
        """What a month is due excl. tax, with its VAT code; None: no price in force that day."""
        price = next((row for row in reversed(self._rows[subscription.plan_id]) if row.starts_on <= on), None)
        if subscription.agreed_price is not None:
            return subscription.agreed_price, price.vat_code if price else "normal"
        if price is None:
            return None
        inside = subscription.payer is not None and subscription.payer.is_inside
        return (price.own if inside else price.other), price.vat_code


def unpriced(place: Place, month: Month) -> list[Subscription]:
    """Those that run in the month and have no price: nothing can be due for them."""
    prices = PriceList(place)
    return [
        row
        for row in subscriptions_of(place, month)
        if prices.of(row, max(row.starts_on, month.first)) is None
    ]


def billed_before(place: Place, month: Month) -> dict[int, list[Decimal]]:
    """What each payer was billed by month before this one, but for what is given back, the oldest first."""
    rows = (
        Charge.objects.filter(
            payer__place=place,
            state=ChargeState.BILLED,
            run__month__lt=month.first,
            to_credit_since__isnull=True,
        )
        .values("payer", "run__month")
        .annotate(total=Sum("amount"))
        .order_by("run__month")
    )
    found: dict[int, list[Decimal]] = defaultdict(list)
    for row in rows:
        found[row["payer"]].append(row["total"])
    return found


def who_came(place: Place, month: Month) -> set[int]:
    """The people noted present on some day of the month."""
    starts = timezone.make_aware(datetime.combine(month.first, time.min))
    ends = timezone.make_aware(datetime.combine(month.last + timedelta(days=1), time.min))
    came = Presence.objects.filter(place=place, arrived_at__gte=starts, arrived_at__lt=ends)
    return set(came.values_list("person", flat=True))


def cannot_be_billed(payers: Iterable[Payer], on: date) -> set[int]:
    """The payers whose customer record is out of use, or whose activity is closed that day."""
    rows = list(payers)
    wanted = [row.activity_id for row in rows if row.activity_id is not None]
    still_open = set(Activity.objects.open_on(on).filter(pk__in=wanted).values_list("pk", flat=True))
    return {
        row.pk
        for row in rows
        if (row.activity_id is not None and row.activity_id not in still_open)
        or (row.customer is not None and row.customer.is_archived)
    }


def unfinished(run: BillingRun, payer: Payer) -> QuerySet[Invoice]:
    """The drafts that a run made for a payer and that nobody sent on."""
    made = Charge.objects.filter(run=run, payer=payer, invoice__isnull=False).values("invoice")
    return Invoice.objects.filter(pk__in=made, state=InvoiceState.DRAFT).order_by("pk")


def payers_to_bill(run: BillingRun, today: date) -> QuerySet[Payer]:
    """Those to whom something is due, or whose draft still waits to be sent on."""
    month = Month.of(run.month)
    due = to_bill(run.place, month, today).values("payer")
    drafts = Charge.objects.filter(run=run, invoice__state=InvoiceState.DRAFT).values("payer")
    return (
        Payer.objects.filter(Q(pk__in=due) | Q(pk__in=drafts))
        .select_related("place__activity", "activity", "customer")
        .order_by("pk")
    )


def runs_of(place: Place) -> QuerySet[BillingRun]:
    billed = Sum("charges__amount", filter=Q(charges__state=ChargeState.BILLED))
    return BillingRun.objects.filter(place=place).annotate(total=billed).order_by("-month")
