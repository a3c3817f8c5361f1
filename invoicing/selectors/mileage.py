"""What the mileage pages and services read: scales, papers, the year of a vehicle, trips (INV-52)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum

from cae.core.money import ZERO
from invoicing.calculations.mileage import NO_KM, Band, Gap, Step, Tariff, gap, steps
from invoicing.models import (
    ExpenseClaim,
    ExpenseLine,
    FavouriteTrip,
    MileageAdjustment,
    MileageScale,
    MileageTrip,
    Vehicle,
    VehiclePaper,
)
from invoicing.states.claims import VehiclePaperKind
from people.models import Person


@dataclass(frozen=True)
class YearScale:
    """The scale that a year uses; another year's when its own is not known yet."""

    scale: MileageScale
    year: int

    @property
    def is_provisional(self) -> bool:
        return self.scale.year != self.year

    def tariff(self, vehicle: Vehicle) -> Tariff:
        """What it says of a vehicle. Raises LookupError when it says nothing of its power."""
        bands = [
            Band(None if row.up_to_km is None else Decimal(row.up_to_km), row.rate, row.plus)
            for row in self.scale.bands.all()
            if row.kind == vehicle.kind and row.is_of_power(vehicle.power)
        ]
        if not bands:
            raise LookupError(f"no band for {vehicle}")
        return Tariff(bands, self.scale.electric_factor if vehicle.electric else Decimal(1))


def scale_of(year: int) -> YearScale:
    """The last version of the scale of a year; while it is unknown, of the nearest year before, else after.
    Raises LookupError when the cooperative has none."""
    rows = MileageScale.objects.prefetch_related("bands")
    found = rows.filter(year__lte=year).order_by("-year", "-version").first()
    found = found or rows.order_by("year", "-version").first()
    if found is None:
        raise LookupError("no mileage scale")
    return YearScale(found, year)


def scales() -> QuerySet[MileageScale]:
    """All of them, the last first, with their bands."""
    return MileageScale.objects.prefetch_related("bands").select_related("created_by__person")


def vehicles_of(person: Person) -> QuerySet[Vehicle]:
    """Those that a person still drives."""
    return Vehicle.objects.in_use().filter(person=person)


def papers_missing(vehicle: Vehicle, day: date) -> list[VehiclePaperKind]:
    """What no paper proves on a day."""
    held = set(vehicle.papers.holding(day).values_list("kind", flat=True))
    return [kind for kind in VehiclePaperKind if kind not in held]


@dataclass(frozen=True)
class ShownPaper:
    """A paper of a vehicle, and whether it proves something on a day."""

    paper: VehiclePaper
    holds: bool


def papers_of(vehicle: Vehicle, day: date) -> list[ShownPaper]:
    """Every paper, the last first; those that hold that day say so."""
    rows = vehicle.papers.select_related("document").order_by("kind", "-brought_at", "-pk")
    return [ShownPaper(paper, paper.holds_on(day)) for paper in rows]


def favourites_of(person: Person) -> QuerySet[FavouriteTrip]:
    return FavouriteTrip.objects.filter(person=person)


def trips_of_claim(claim: ExpenseClaim) -> QuerySet[MileageTrip]:
    """The trips of a claim, refused ones too, in the order of days."""
    return MileageTrip.objects.filter(line__claim=claim).select_related("vehicle", "line")


def trips_seen(user: Any) -> QuerySet[MileageTrip]:
    """Every trip of the claims that somebody reads, the last first."""
    rows = MileageTrip.objects.visible_to(user).select_related(
        "vehicle__person", "line__claim__activity", "line__claim__person"
    )
    return rows.order_by("-on", "-pk")


def trips_of_year(vehicle: Vehicle, year: int) -> QuerySet[MileageTrip]:
    """What counts, in the order of days."""
    found: QuerySet[MileageTrip] = MileageTrip.objects.counted().filter(vehicle=vehicle, on__year=year)
    return found.order_by("on", "pk")


def years_of(vehicle: Vehicle) -> list[int]:
    """The years in which a vehicle drove."""
    return sorted(
        {day.year for day in MileageTrip.objects.filter(vehicle=vehicle).values_list("on", flat=True)}
    )


def years_driven_by(person: Person) -> list[int]:
    """The years in which a person drove, the last first."""
    days = MileageTrip.objects.filter(vehicle__person=person).dates("on", "year", order="DESC")
    return [day.year for day in days]


@dataclass(frozen=True)
class Year:
    """Where the year of a vehicle stands: kilometres, what they are worth, what lines give."""

    vehicle: Vehicle
    scale: YearScale
    km: Decimal
    due: Decimal
    given: Decimal


def year_of(vehicle: Vehicle, year: int) -> Year:
    """The year of a vehicle with every trip that counts, drafts too."""
    scale = scale_of(year)
    km = _km(trips_of_year(vehicle, year))
    given = given_by(trips_of_year(vehicle, year), adjustments_of(vehicle, year))
    return Year(vehicle, scale, km, scale.tariff(vehicle).of_year(km), given)


def handed_gap(vehicle: Vehicle, year: int, tariff: Tariff) -> Gap:
    """What the trips already handed in should have given, and gave."""
    trips = trips_of_year(vehicle, year).exclude(line__claim__state="draft")
    settled = adjustments_of(vehicle, year).exclude(line__claim__state="draft")
    return gap(tariff, km=_km(trips), given=given_by(trips, settled))


def adjustments_of(vehicle: Vehicle, year: int) -> QuerySet[MileageAdjustment]:
    found: QuerySet[MileageAdjustment] = MileageAdjustment.objects.counted()
    return found.filter(vehicle=vehicle, year=year)


def given_by(*rows: QuerySet[Any]) -> Decimal:
    """The amounts of the lines of these trips and adjustments."""
    return sum(
        (row.aggregate(sum=Sum("line__amount"))["sum"] or ZERO for row in rows),
        ZERO,
    )


def step_of(vehicle: Vehicle, *, on: date, km: Decimal, but: MileageTrip | None = None) -> Step:
    """What a trip would be worth now, after the others of its year that come before it."""
    trips = trips_of_year(vehicle, on.year)
    if but is not None:
        trips = trips.exclude(pk=but.pk)
    handed = _km(trips.exclude(line__claim__state="draft"))
    earlier = _km(trips.filter(line__claim__state="draft", on__lte=on))
    return steps(scale_of(on.year).tariff(vehicle), [km], before=handed + earlier)[0]


def log_of(person: Person, year: int, vehicle: Vehicle | None = None) -> list[LogLine]:
    """The yearly log: each trip that counts, with the kilometres cumulated for its vehicle."""
    rows = MileageTrip.objects.counted().filter(vehicle__person=person, on__year=year)
    if vehicle is not None:
        rows = rows.filter(vehicle=vehicle)
    return _cumulated(
        rows.select_related("vehicle", "line__claim__activity").order_by(
            "vehicle__label", "vehicle", "on", "pk"
        )
    )


@dataclass(frozen=True)
class LogLine:
    """A line of the yearly log."""

    trip: MileageTrip
    cumulated: Decimal

    @property
    def amount(self) -> Decimal:
        found: Decimal = self.trip.line.amount
        return found


def _cumulated(trips: Iterable[MileageTrip]) -> list[LogLine]:
    found: list[LogLine] = []
    so_far: dict[int, Decimal] = {}
    for trip in trips:
        so_far[trip.vehicle_id] = so_far.get(trip.vehicle_id, NO_KM) + trip.total_km
        found.append(LogLine(trip, so_far[trip.vehicle_id]))
    return found


def adjustments_in_log(person: Person, year: int) -> QuerySet[ExpenseLine]:
    """What put the year right, beside its trips."""
    rows = ExpenseLine.objects.filter(adjustment__vehicle__person=person, adjustment__year=year)
    return rows.exclude(decision="refused").select_related("adjustment__vehicle").order_by(F("on"), "pk")


def _km(trips: QuerySet[MileageTrip]) -> Decimal:
    return trips.aggregate(sum=Sum("total_km"))["sum"] or NO_KM
