"""What is booked in a place, with its units, its prices of the day, what does not work (COW-03)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cae.core.money import cents
from coworking.models import Clearance, Place, Resource, Tariff, Unit
from coworking.selectors.publics import publics_words
from coworking.states.places import FaultState
from invoicing.selectors.vat_rates import vat_rates_in_force

# The lengths that a tariff sells, in the order of pages.
LENGTHS: tuple[tuple[str, Any], ...] = (
    ("hour", _("heure")),
    ("half_day", _("demi-journée")),
    ("day", _("jour")),
    ("week", _("semaine")),
    ("month", _("mois")),
)


@dataclass(frozen=True)
class Price:
    """One length: for members, for others, excl. tax; None: not sold so. `taxed`: for others, incl. tax."""

    length: Any
    member: Decimal | None
    other: Decimal | None
    taxed: Decimal | None = None


@dataclass(frozen=True)
class Offer:
    """A resource as a page shows it, with its prices of the day."""

    resource: Resource
    prices: list[Price]

    @property
    def publics(self) -> str:
        """Those to whom it is reserved, if any."""
        return publics_words(self.resource)

    @property
    def for_others(self) -> bool:
        """Somebody without plan may pay for it."""
        return any(price.other is not None for price in self.prices)


def resources_of(place: Place, *, withdrawn: bool = False) -> QuerySet[Resource]:
    """The resources of a place with how many units and waiting faults each has."""
    rows = place.resources.annotate(
        unit_count=Count("units", filter=Q(units__archived_at__isnull=True), distinct=True),
        fault_count=Count("faults", filter=~Q(faults__state=FaultState.REPAIRED), distinct=True),
    )
    return rows if withdrawn else rows.filter(archived_at__isnull=True)


def rates_on(on: date) -> dict[str, Decimal]:
    """The VAT rates of a day by their code, as fractions."""
    return dict(vat_rates_in_force(on).values_list("code", "rate"))


def taxed(amount: Decimal | None, rate: Decimal | None) -> Decimal | None:
    """An amount incl. tax, as whoever is no company reads prices (arrêté du 3 décembre 1987, article 1); None
    where one of the two is not known."""
    return None if amount is None or rate is None else cents(amount * (1 + rate))


def prices_of(tariff: Tariff | None, rates: Mapping[str, Decimal] = MappingProxyType({})) -> list[Price]:
    """The lengths that a tariff sells to somebody."""
    if tariff is None:
        return []
    rate = rates.get(tariff.vat_code)
    found = [
        Price(word, getattr(tariff, name), other, taxed(other, rate))
        for name, word in LENGTHS
        for other in [getattr(tariff, f"other_{name}")]
    ]
    return [price for price in found if price.member is not None or price.other is not None]


def offers_of(resources: Iterable[Resource], on: date) -> list[Offer]:
    """Each resource with its prices of that day."""
    rows = list(resources)
    tariffs = {one.resource_id: one for one in Tariff.objects.in_force(on).filter(resource__in=rows)}
    rates = rates_on(on)
    return [Offer(row, prices_of(tariffs.get(row.pk), rates)) for row in rows]


def resource_shown(pk: int) -> QuerySet[Resource]:
    """One resource with what its page shows."""
    return (
        Resource.objects.filter(pk=pk)
        .select_related("place__scope")
        .prefetch_related(
            Prefetch("units", Unit.objects.order_by("position", "pk")),
            Prefetch("tariffs", Tariff.objects.order_by("-starts_on")),
            Prefetch("clearances", Clearance.objects.select_related("person").order_by("-starts_on")),
        )
    )
