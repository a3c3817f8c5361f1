"""Adds the mileage scale of a year, and puts right what was given with another one (INV-52)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from invoicing.models import MileageBand, MileageScale, MileageTrip, Vehicle
from invoicing.selectors.mileage import scale_of
from invoicing.services.mileage_lines import lock_vehicles, recompute
from people.services.changes import one_line

_MOST_FACTOR = Decimal(2)


@dataclass(frozen=True)
class BandContent:
    """One band of the scale to come; `up_to_km` None: beyond the others."""

    kind: str
    power_from: int
    power_to: int | None
    up_to_km: int | None
    rate: Decimal
    plus: Decimal


@dataclass(frozen=True)
class ScaleContent:
    year: int
    electric_factor: Decimal
    source: str
    bands: Sequence[BandContent]


@transaction.atomic
def add_scale(*, content: ScaleContent, today: date, actor: Any) -> MileageScale:
    """Does: adds the scale of a year; when the year has one, a version that replaces it from the first trip
    on. Refuses: a year that has not begun, no source, a factor or a rate out of bounds, the scale in force
    unchanged. Leaves behind: the scale, open trips at their amount, lines that put right what was handed in;
    audit."""
    take_turn("invoicing.mileage_scales")
    source = _checked(content, today)
    last = MileageScale.objects.filter(year=content.year).aggregate(last=Max("version"))["last"] or 0
    if last:
        _refuse_same(content)
    scale = MileageScale.objects.create(
        year=content.year,
        version=last + 1,
        electric_factor=content.electric_factor,
        source=source,
        created_by=actor,
    )
    MileageBand.objects.bulk_create(
        MileageBand(
            scale=scale,
            kind=band.kind,
            power_from=band.power_from,
            power_to=band.power_to,
            up_to_km=band.up_to_km,
            rate=band.rate,
            plus=band.plus,
        )
        for band in content.bands
    )
    audit.record(actor, "invoicing.add_mileage_scale", scale, detail={"source": source})
    _put_right(content.year, today=today, actor=actor)
    return scale


def _put_right(year: int, *, today: date, actor: Any) -> None:
    """Every year that uses this scale: its own, and those that have none yet."""
    last_trips: dict[int, dict[int, MileageTrip]] = defaultdict(dict)
    trips = MileageTrip.objects.filter(on__year__gte=year).select_related("line__claim__activity")
    for trip in trips.order_by("on", "pk"):
        last_trips[trip.vehicle_id][trip.on.year] = trip
    concerned = {
        found for years in last_trips.values() for found in years if scale_of(found).scale.year == year
    }
    for vehicle in lock_vehicles(Vehicle.objects.filter(pk__in=last_trips)):
        for found, trip in sorted(last_trips[vehicle.pk].items()):
            if found in concerned:
                recompute(vehicle, found, activity=trip.line.claim.activity, today=today, actor=actor)


def _checked(content: ScaleContent, today: date) -> str:
    if not 2000 <= content.year <= today.year:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Un barème se saisit pour une année commencée, %(year)d au plus tard.") % {"year": today.year},
            field="year",
        )
    if not 1 <= content.electric_factor <= _MOST_FACTOR:
        raise Refused(
            Code.AMOUNT_INVALID, _("Le coefficient électrique va de 1 à 2."), field="electric_factor"
        )
    if not content.bands or any(band.rate <= 0 or band.plus < 0 for band in content.bands):
        raise Refused(Code.AMOUNT_INVALID, _("Chaque tranche a un taux positif."))
    return one_line(content.source, "source", _("Dites d’où vient ce barème."), most=250)


def _refuse_same(content: ScaleContent) -> None:
    held = scale_of(content.year).scale
    before = {
        (row.kind, row.power_from, row.power_to, row.up_to_km, row.rate, row.plus) for row in held.bands.all()
    }
    after = {
        (row.kind, row.power_from, row.power_to, row.up_to_km, row.rate, row.plus) for row in content.bands
    }
    if before == after and held.electric_factor == content.electric_factor:
        raise Refused(
            Code.ALREADY_DONE,
            _("Le barème %(year)d dit déjà cela : changez une valeur.") % {"year": content.year},
        )
