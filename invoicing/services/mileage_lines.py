"""Keeps the amounts of a vehicle's year right: open trips follow one another, a gap has its own line.

What was handed in never changes. So fixed lines, open lines and the gap always add up to the amount of the
year (docs/claims.md)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.letters import LANGUAGE
from cae.core.money import ZERO
from cae.core.periods import Month
from entrepreneurs.models import Activity
from invoicing.calculations.mileage import Gap, Step, Tariff, steps
from invoicing.models import (
    ExpenseClaim,
    ExpenseKind,
    ExpenseLine,
    MileageAdjustment,
    MileageTrip,
    Vehicle,
)
from invoicing.selectors.mileage import YearScale, handed_gap, scale_of, trips_of_year
from invoicing.states.expenses import MAX_LINE_LABEL, ClaimState, ExpenseWay, LineDecision


def lock_vehicles(vehicles: Iterable[Vehicle]) -> list[Vehicle]:
    """Gives the vehicles, locked in the order of their keys: always before any claim."""
    keys = {vehicle.pk for vehicle in vehicles}
    return list(Vehicle.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def mileage_kind() -> ExpenseKind:
    """The nature of expense of trips. Raises Refused when the cooperative has none."""
    kind = ExpenseKind.objects.filter(way=ExpenseWay.MILEAGE).order_by("position", "pk").first()
    if kind is None:
        raise Refused(Code.VALUE_MISSING, _("Aucune nature de dépense ne concerne les trajets."))
    return kind


def tariff_of(vehicle: Vehicle, year: int) -> tuple[YearScale, Tariff]:
    """The scale of a year and what it says of a vehicle. Raises Refused when nothing covers it."""
    try:
        scale = scale_of(year)
        return scale, scale.tariff(vehicle)
    except LookupError:
        raise Refused(
            Code.VALUE_MISSING,
            _("Aucun barème kilométrique ne couvre ce véhicule : demandez-le à la comptabilité."),
            field="vehicle",
        ) from None


def recompute(
    vehicle: Vehicle, year: int, *, activity: Activity, today: date, actor: Any, checked: Any = None
) -> None:
    """Does: gives each open trip of the year its amount, and keeps one line for what trips handed in lack;
    `checked` is a submitted claim whose trips follow one another anew. Refuses: a vehicle that no scale
    covers. Leaves behind: the lines, each with its working. Its caller holds the vehicle."""
    scale, tariff = tariff_of(vehicle, year)
    if checked is not None:
        _walk_checked(vehicle, year, checked, scale, tariff)
    missing = handed_gap(vehicle, year, tariff)
    drafts = trips_of_year(vehicle, year).filter(line__claim__state=ClaimState.DRAFT)
    _walk(vehicle, list(drafts.select_related("line")), missing.km, scale, tariff)
    _keep_gap(vehicle, year, missing, scale=scale, activity=activity, today=today, actor=actor)


def _walk_checked(vehicle: Vehicle, year: int, claim: ExpenseClaim, scale: YearScale, tariff: Tariff) -> None:
    """The trips of a claim that is being checked, from the kilometres the first of them was counted after."""
    of_claim = MileageTrip.objects.filter(vehicle=vehicle, on__year=year, line__claim=claim)
    starts = [Decimal(working["before"]) for working in of_claim.values_list("working", flat=True)]
    if starts:
        kept = trips_of_year(vehicle, year).filter(line__claim=claim).select_related("line")
        _walk(vehicle, list(kept), min(starts), scale, tariff, anew=False)


def _walk(
    vehicle: Vehicle,
    trips: list[MileageTrip],
    before: Decimal,
    scale: YearScale,
    tariff: Tariff,
    *,
    anew: bool = True,
) -> None:
    found = steps(tariff, [trip.total_km for trip in trips], before=before)
    for trip, step in zip(trips, found, strict=True):
        trip.working = _working(vehicle, scale, tariff, step)
        trip.save(update_fields=["working"])
        _price(trip.line, step.amount, anew=anew)


def _price(line: ExpenseLine, amount: Decimal, *, anew: bool = True) -> None:
    """`anew`: what a checker had decided of another amount is asked again."""
    if line.amount == amount:
        return
    line.gross = line.amount = amount
    if anew and line.decision == LineDecision.APPROVED:
        line.decision = LineDecision.PENDING
    line.save(update_fields=["gross", "amount", "decision"])


def _working(vehicle: Vehicle, scale: YearScale, tariff: Tariff, step: Step) -> dict[str, Any]:
    return {
        "scale_year": scale.scale.year,
        "version": scale.scale.version,
        "vehicle": vehicle.kept_facts,
        "factor": str(tariff.factor),
        "before": str(step.before),
        "after": str(step.after),
        "rate": str(step.band.rate),
        "plus": str(step.band.plus),
        "of_year": str(step.of_year),
    }


def _keep_gap(
    vehicle: Vehicle,
    year: int,
    missing: Gap,
    *,
    scale: YearScale,
    activity: Activity,
    today: date,
    actor: Any,
) -> None:
    """One open line says the gap; without gap there is none."""
    rows = MileageAdjustment.objects.open().filter(vehicle=vehicle, year=year)
    held = rows.select_related("line__claim").first()
    if not missing.amount:
        if held is not None:
            line = held.line
            held.delete()
            line.delete()
        return
    working = {
        "scale_year": scale.scale.year,
        "version": scale.scale.version,
        "vehicle": vehicle.kept_facts,
        "km": str(missing.km),
        "due": str(missing.due),
        "given": str(missing.given),
    }
    if held is None:
        line = _gap_line(vehicle, year, missing, activity=activity, today=today, actor=actor)
        MileageAdjustment.objects.create(vehicle=vehicle, line=line, year=year, working=working)
        audit.record(
            actor,
            "invoicing.regularise_mileage",
            line.claim,
            detail={"amount": str(missing.amount), "label": line.label},
        )
        return
    held.working = working
    held.save(update_fields=["working"])
    _price(held.line, missing.amount)


def _gap_line(
    vehicle: Vehicle, year: int, missing: Gap, *, activity: Activity, today: date, actor: Any
) -> ExpenseLine:
    with override(LANGUAGE):
        label = _("Régularisation kilométrique %(year)s, %(vehicle)s") % {"year": year, "vehicle": vehicle}
    return ExpenseLine.objects.create(
        claim=_draft_from(vehicle, activity, today, actor),
        kind=mileage_kind(),
        on=today,
        label=label[:MAX_LINE_LABEL],
        gross=missing.amount,
        amount=missing.amount,
        tax=ZERO,
        form_key=uuid.uuid4(),
        created_by=actor,
    )


def _draft_from(vehicle: Vehicle, activity: Activity, day: date, actor: Any) -> ExpenseClaim:
    """The first claim, from the month of a day on, that is still a draft: a gap never waits for a month."""
    month = Month.of(day)
    while True:
        claim, _made = ExpenseClaim.objects.select_for_update(of=("self",)).get_or_create(
            person_id=vehicle.person_id,
            activity=activity,
            month=month.first,
            defaults={"created_by": actor},
        )
        if claim.is_draft:
            return claim
        month = month.next()
