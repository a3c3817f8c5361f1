"""What a booking costs its holder: what plans include, then passes, then a price, counted by the server at
each step (COW-11, COW-12, COW-16). The same purse answers the page and the service."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cae.core.money import ZERO
from cae.core.periods import Month, after_months
from cae.core.templatetags.formats import day as said_day
from cae.core.templatetags.formats import money, quantity
from coworking.calculations.covers import Source, Taken, cover, price_beyond
from coworking.calculations.prices import Prices, minutes_by_day, price_of_days
from coworking.calculations.rhythms import clock_of
from coworking.calculations.stretches import Stretch
from coworking.models import Allowance, Booking, Cover, Member, Pass, Resource, Subscription, Tariff
from coworking.selectors.opening import ZONE
from coworking.states.members import PlanKind, SubscriptionState, TimeUnit
from coworking.states.places import ResourceKind
from people.models import Person, Role
from people.states import RoleKind

# At the prices for members though they are members of no place.
INSIDE_KINDS = (RoleKind.ENTREPRENEUR, RoleKind.PROJECT_HOLDER, RoleKind.ASSOCIATE)
# Which part of a key a source is.
_INCLUDED, _PASS = 0, 1


@dataclass(frozen=True)
class Quote:
    """What one booking takes and costs (euros excl. tax; None: nothing), how it was counted; `refusal`: why
    it is not sold so."""

    price: Decimal | None = None
    working: str = ""
    vat_code: str = "normal"
    taken: tuple[Taken, ...] = ()
    note: str = ""
    refusal: str = ""

    @property
    def amount(self) -> Decimal:
        return self.price or ZERO


def is_inside(person: Person | None, on: date) -> bool:
    """Of the cooperative: at the prices for members."""
    if person is None:
        return False
    return Role.objects.in_force(on).filter(person=person, kind__in=INSIDE_KINDS).exists()


def subscriptions_for(member: Member) -> QuerySet[Subscription]:
    """What a member holds, and what one’s organisation holds for several."""
    whose = Q(member=member)
    if member.organisation_id is not None:
        whose |= Q(
            member__organisation=member.organisation_id, member__place=member.place_id, plan__users__gt=1
        )
    rows = Subscription.objects.filter(whose, state=SubscriptionState.ACTIVE)
    return rows.select_related("plan", "unit").prefetch_related("plan__allowances", "pauses").order_by("pk")


def passes_for(member: Member) -> QuerySet[Pass]:
    """Those with units left, those that lapse first before."""
    rows = Pass.objects.filter(member=member, left__gt=0).select_related("plan")
    return rows.prefetch_related("plan__allowances").order_by("until", "pk")


def pass_serves(one: Pass, resource: Resource) -> bool:
    """A pass is for the kinds of resource that its plan names; where it names none, for desks."""
    kinds = {allowance.resource_kind for allowance in one.plan.allowances.all()}
    return resource.kind in (kinds or {ResourceKind.DESK})


class Purse:
    """What somebody holds in a place, from which bookings are taken one after the other. `besides`: what a
    booking being moved took is there again."""

    def __init__(
        self, *, member: Member | None = None, person: Person | None = None, besides: Booking | None = None
    ) -> None:
        self.member = member
        self.person = member.person if member else person
        self.subscriptions = list(subscriptions_for(member)) if member else []
        self.passes = list(passes_for(member)) if member else []
        self.spent: dict[tuple[int, ...], Decimal] = {}
        self._inside: bool | None = None
        rows = Cover.objects.filter(subscription__in=self.subscriptions, given_back_at__isnull=True)
        if besides is not None:
            rows = rows.exclude(booking=besides)
            for one in besides.covers.filter(given_back_at__isnull=True):
                if one.used_pass_id is not None:
                    self.spent[(_PASS, one.used_pass_id)] = -one.units
        for subscription, allowance, month, units in (
            rows.order_by().values_list("subscription", "allowance", "month").annotate(units=Sum("units"))
        ):
            self.spent[(_INCLUDED, subscription, allowance, _rank(month))] = units
        if besides is not None and self.spent:
            keys = [key[1] for key in self.spent if key[0] == _PASS]
            held = {one.pk for one in self.passes}
            self.passes += Pass.objects.filter(pk__in=set(keys) - held).select_related("plan")

    def asked(self, resource: Resource, wanted: Stretch) -> Quote:
        """What this booking would take and cost; nothing is taken."""
        before = dict(self.spent)
        found = self.quote(resource, wanted)
        self.spent = before
        return found

    def quote(self, resource: Resource, wanted: Stretch) -> Quote:
        """What this booking takes and costs; what it takes is taken."""
        on, _hour = clock_of(wanted.starts, ZONE)
        minutes = self._off_plan_days(resource, minutes_by_day(wanted, ZONE), on)
        sources = [*self._included(resource, on), *self._passes(resource, on)] if any(minutes) else []
        found = cover(minutes, sources, on=on)
        price, vat, refusal = self._price(resource, list(found.rest), on)
        for one in found.taken:
            self.spent[one.source.key] = self.spent.get(one.source.key, Decimal(0)) + one.units
        words = [_said(one) for one in found.taken]
        if not any(minutes):
            words.append(_("compris dans la formule"))
        if price:
            words.append(money(price))
        working = _(", puis ").join(words)
        return Quote(price or None, working, vat, found.taken, self._note(resource, on), refusal)

    def _off_plan_days(self, resource: Resource, minutes: list[int], on: date) -> list[int]:
        """The days of a plan by weekdays, and the place of a resident, are used without counting."""
        if resource.kind not in (ResourceKind.DESK, ResourceKind.OFFICE):
            return minutes
        left = list(minutes)
        for held in self.subscriptions:
            for rank in range(len(left)):
                day = date.fromordinal(on.toordinal() + rank)
                if not _runs(held, day):
                    continue
                resident = held.plan.kind == PlanKind.RESIDENT and resource.kind == ResourceKind.DESK
                own = held.unit is not None and held.unit.resource_id == resource.pk
                chosen = (
                    held.plan.kind == PlanKind.WEEK
                    and resource.kind == ResourceKind.DESK
                    and day.weekday() in held.weekdays
                )
                if resident or own or chosen:
                    left[rank] = 0
        return left

    def _included(self, resource: Resource, on: date) -> Iterable[Source]:
        for held in self.subscriptions:
            if not _runs(held, on):
                continue
            for one in held.plan.allowances.all():
                if one.resource_kind == resource.kind:
                    yield from self._lots(held, one, on)

    def _lots(self, held: Subscription, one: Allowance, on: date) -> Iterable[Source]:
        """What is left of this month, and of those before that are carried over."""
        for back in range(one.carried_months + 1):
            first = after_months(Month.of(on).first, -back)
            if first < Month.of(held.starts_on).first:
                break
            key = (_INCLUDED, held.pk, one.pk, _rank(first))
            left = None if one.units is None else max(Decimal(0), one.units - self.spent.get(key, Decimal(0)))
            until = Month.of(after_months(first, one.carried_months)).last
            yield Source(key, one.unit, left, until)

    def _passes(self, resource: Resource, on: date) -> Iterable[Source]:
        for one in self.passes:
            if one.bought_on <= on and pass_serves(one, resource):
                key = (_PASS, one.pk)
                left = one.left - self.spent.get(key, Decimal(0))
                yield Source(key, one.plan.unit, left, one.until, is_included=False)

    def _price(self, resource: Resource, rest: list[int], on: date) -> tuple[Decimal | None, str, str]:
        """Of what nothing covers: the price beyond of a plan, else the tariff of the day."""
        tariff = tariff_on(resource, on)
        if not any(rest) or resource.place.activity_id is None:
            return None, "normal", ""
        vat = tariff.vat_code if tariff else "normal"
        for held in self.subscriptions:
            for one in held.plan.allowances.all():
                if one.resource_kind == resource.kind and one.beyond is not None and _runs(held, on):
                    return price_beyond(rest, one.unit, one.beyond), vat, ""
        if tariff is None:
            return None, vat, ""
        prices = prices_of(tariff, inside=self._is_inside(on))
        if not prices.is_sold:
            return None, vat, _("%(name)s ne se réserve qu’au tarif des membres.") % {"name": resource}
        price = price_of_days(rest, prices)
        if price is None:
            return None, vat, _("%(name)s ne se loue pas pour une durée aussi courte.") % {"name": resource}
        return price, vat, ""

    def _is_inside(self, on: date) -> bool:
        if self._inside is None:
            self._inside = self.member is not None or is_inside(self.person, on)
        return self._inside

    def _note(self, resource: Resource, on: date) -> str:
        """A pass that would have served, had it not lapsed by then."""
        for one in self.passes:
            if (
                one.until < on
                and pass_serves(one, resource)
                and one.left > self.spent.get((_PASS, one.pk), Decimal(0))
            ):
                return _("Votre carnet « %(name)s » expire le %(day)s : il ne couvre pas cette date.") % {
                    "name": one.plan,
                    "day": said_day(one.until),
                }
        return ""


def tariff_on(resource: Resource, on: date) -> Tariff | None:
    return resource.tariffs.filter(starts_on__lte=on).order_by("-starts_on").first()


def prices_of(tariff: Tariff, *, inside: bool) -> Prices:
    lead = "" if inside else "other_"
    return Prices(
        **{name: getattr(tariff, lead + name) for name in ("hour", "half_day", "day", "week", "month")}
    )


def _runs(held: Subscription, on: date) -> bool:
    return held.is_in_force(on) and not any(one.is_in_force(on) for one in held.pauses.all())


def _rank(month: date) -> int:
    return month.year * 12 + month.month - 1


def month_of_rank(rank: int) -> date:
    year, month = divmod(rank, 12)
    return date(year, month + 1, 1)


def cover_of(one: Taken) -> dict[str, object]:
    """The fields of the row that keeps what was taken."""
    key = one.source.key
    of = (
        {"used_pass_id": key[1]}
        if key[0] == _PASS
        else {"subscription_id": key[1], "allowance_id": key[2], "month": month_of_rank(key[3])}
    )
    return of | {"unit": one.source.unit, "units": one.units}


def _said(one: Taken) -> str:
    """« 2 h comprises », « 1 jour du carnet »."""
    count, units = int(one.units), quantity(one.units)
    if one.source.is_included:
        said = {
            TimeUnit.HOUR: ngettext("%(n)s h comprise", "%(n)s h comprises", max(count, 1)),
            TimeUnit.HALF_DAY: ngettext(
                "%(n)s demi-journée comprise", "%(n)s demi-journées comprises", max(count, 1)
            ),
            TimeUnit.DAY: ngettext("%(n)s jour compris", "%(n)s jours compris", max(count, 1)),
        }
    else:
        said = {
            TimeUnit.HOUR: _("%(n)s h du carnet"),
            TimeUnit.HALF_DAY: ngettext(
                "%(n)s demi-journée du carnet", "%(n)s demi-journées du carnet", max(count, 1)
            ),
            TimeUnit.DAY: ngettext("%(n)s jour du carnet", "%(n)s jours du carnet", max(count, 1)),
        }
    return said[TimeUnit(one.source.unit)] % {"n": units}
