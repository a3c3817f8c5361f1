"""Requests for refund: the queue as of a day, what each is worth, the losses that shares bear (GOV-06)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from cae.core.money import ZERO
from governance.calculations.refunds import Place, Request, YearLoss, losses_of, payable_from, queue
from governance.models import Associate, CapitalLoss, Refund, ShareClass
from governance.selectors.register import evening_of
from governance.selectors.share_rules import Floor, ShareRules, floor_on, share_rules
from governance.selectors.shares import capital_on
from governance.states.register import RefundState

PLACES: dict[str, tuple[str, str, Any]] = {
    Place.TO_WITHDRAW: ("info", "●", _("Parts à annuler")),
    Place.AT_FLOOR: ("warning", "▲", _("Capital au minimum")),
    Place.BEHIND: ("neutral", "◇", _("Attend son rang")),
    Place.WAITING_YEARS: ("neutral", "◇", _("Attend le délai")),
    Place.PAYABLE: ("warning", "▲", _("À payer")),
}


def refunds_listed(user: Any) -> QuerySet[Any]:
    """Gives the requests that a person sees, in the order of requests."""
    rows = Refund.objects.visible_to(user).select_related(
        "associate__person", "associate__organisation", "share_class"
    )
    found: QuerySet[Any] = rows.annotate(nominal_value=F("quantity") * F("share_class__nominal"))
    return found.order_by("asked_at", "pk")


def asked_back(associate: Associate, share_class: ShareClass | None = None) -> int:
    """Gives how many shares of a class, or of every class, an associate asked back that have not gone yet."""
    rows = Refund.objects.filter(associate=associate, state=RefundState.ASKED)
    if share_class is not None:
        rows = rows.filter(share_class=share_class)
    return rows.aggregate(total=Sum("quantity"))["total"] or 0


def nominal_of(refund: Refund) -> Decimal:
    """Gives the nominal value of the shares of a request, in euros."""
    nominal: Decimal = refund.share_class.nominal
    return refund.quantity * nominal


def year_losses(until: date | None = None) -> list[YearLoss]:
    """Gives what the shares bear of each closed year, corrections included; of the years closed by a day."""
    found: defaultdict[date, Decimal] = defaultdict(lambda: ZERO)
    wholes: dict[date, Decimal] = {}
    rows = CapitalLoss.objects.order_by("closed_on", "pk")
    for one in rows if until is None else rows.filter(closed_on__lte=until):
        found[one.closed_on] += one.amount
        wholes[one.closed_on] = one.whole
    return [YearLoss(day, amount, wholes[day]) for day, amount in found.items() if amount]


@dataclass(frozen=True)
class Worth:
    """What a request is worth: the nominal, what each closed year takes away, what is left."""

    nominal: Decimal
    losses: dict[date, Decimal]

    @property
    def lost(self) -> Decimal:
        return sum(self.losses.values(), ZERO)

    @property
    def net(self) -> Decimal:
        return self.nominal - self.lost


def worth_of(refund: Refund, years: Iterable[YearLoss], delay: int) -> Worth:
    """Gives the worth of a request by the losses known today; `delay` is the years of the rules."""
    nominal = nominal_of(refund)
    return Worth(nominal, losses_of(nominal, years, refund.lost_on, delay))


def bearing_on(closed_on: date) -> Decimal:
    """Gives the nominal value of the shares that bear the loss of a year: the capital of its last day, and
    the shares withdrawn by then that nobody had paid."""
    waiting = Refund.objects.filter(withdrawn_on__lte=closed_on).exclude(paid_on__lte=closed_on)
    gone = waiting.aggregate(total=Sum(F("quantity") * F("share_class__nominal")))["total"] or ZERO
    return capital_on(closed_on) + gone


@dataclass(frozen=True)
class Queued:
    """A request in the queue: its rank, where it stands, what it is worth, from when it may be paid."""

    rank: int
    refund: Refund
    place: str
    worth: Worth
    payable_from: date | None

    @property
    def status(self) -> tuple[str, str, Any]:
        return PLACES[self.place]


@dataclass(frozen=True)
class Queue:
    """The queue as of a day, under the floor of that day."""

    on: date
    floor: Floor
    rows: list[Queued]

    @property
    def owed(self) -> Decimal:
        """Euros owed for shares withdrawn by that day."""
        gone = (one for one in self.rows if _is_withdrawn(one.refund, self.on))
        return sum((one.worth.net for one in gone), ZERO)

    def place_of(self, refund: Refund) -> str:
        """Gives where a request stands, or nothing when it is not in the queue that day."""
        return next((one.place for one in self.rows if one.refund.pk == refund.pk), "")


def refund_queue(on: date, rules: ShareRules | None = None) -> Queue:
    """Gives the queue as it stood, or stands, at the end of a day: a constant number of queries."""
    rules = rules or share_rules(on)
    delay, years = rules.refund_years(), year_losses(on)
    rows = list(_waiting_on(on))
    floor = floor_on(on, rules)
    asked = [_request(one, on, delay) for one in rows]
    places = queue(asked, on=on, capital=floor.capital, floor=floor.least)
    return Queue(
        on,
        floor,
        [
            Queued(rank, one, places[one.pk], worth_of(one, years, delay), due.payable_from)
            for rank, (one, due) in enumerate(zip(rows, asked, strict=True), start=1)
        ],
    )


def _waiting_on(on: date) -> QuerySet[Refund]:
    """Asked by the end of that day, neither paid nor given up by then."""
    end = evening_of(on)
    return (
        Refund.objects.filter(asked_at__lte=end)
        .exclude(paid_on__lte=on)
        .exclude(Q(state=RefundState.CANCELLED, state_since__lte=end))
        .select_related("associate__person", "associate__organisation", "share_class")
        .order_by("asked_at", "pk")
    )


def _request(one: Refund, on: date, delay: int) -> Request:
    over = payable_from(one.lost_on, delay)
    is_early = bool(one.early_decision) and on < over
    return Request(one.pk, nominal_of(one), _is_withdrawn(one, on), one.payable_from or over, is_early)


def _is_withdrawn(refund: Refund, on: date) -> bool:
    return refund.withdrawn_on is not None and refund.withdrawn_on <= on


def losses_listed() -> QuerySet[CapitalLoss]:
    return CapitalLoss.objects.select_related("created_by__person").order_by("-closed_on", "pk")
