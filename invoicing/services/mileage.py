"""Writes the trips of a person: each is a line of the month's claim (INV-52)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.letters import LANGUAGE
from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.calculations.mileage import NO_KM, travelled
from invoicing.models import ExpenseClaim, ExpenseLine, FavouriteTrip, MileageTrip, Vehicle
from invoicing.selectors.mileage import papers_missing
from invoicing.services.expenses import open_claim, require_agreement, tell_entered
from invoicing.services.mileage_lines import lock_vehicles, mileage_kind, recompute
from invoicing.states.claims import MAX_PLACE, MAX_PURPOSE, MAX_TRIP_KM, VehiclePaperKind
from invoicing.states.expenses import MAX_CLAIM_LINES, MAX_LINE_LABEL, ClaimState, LineDecision
from people.models import Person
from people.services.changes import one_line, refuse_spent

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class TripContent:
    """One drive as it is typed; `km` is one way, there and back counts twice."""

    vehicle: Vehicle
    on: date
    start: str
    arrival: str
    purpose: str
    km: Decimal
    returns: bool = False
    back_on: date | None = None


@transaction.atomic
def record_trip(
    person: Person, activity: Activity, *, content: TripContent, form_key: UUID, today: date, actor: Any
) -> MileageTrip:
    """Does: writes a trip into the claim of its month, else of today's month; the same form sent twice gives
    the same trip. Refuses: somebody else's trip without their consent, a vehicle that is not theirs or has no
    paper that day, a day to come, a trip over two years, kilometres out of bounds, claims handed over.
    Leaves behind: the line and its amount, those of the other open trips of the year, audit;
    the person told when somebody else writes."""
    require_agreement(person, actor, today)
    (vehicle,) = lock_vehicles([content.vehicle])
    made = MileageTrip.objects.filter(line__form_key=form_key, line__claim__person=person).first()
    if made is not None:
        return made
    content = _checked(content, vehicle, person, today)
    claim = open_claim(person, activity, on=content.on, today=today, actor=actor)
    if claim.lines.count() >= MAX_CLAIM_LINES:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une note compte %(most)d lignes au plus : continuez sur celle d’un autre mois.")
            % {"most": MAX_CLAIM_LINES},
        )
    line = ExpenseLine(
        claim=claim, kind=mileage_kind(), gross=ZERO, amount=ZERO, form_key=form_key, created_by=actor
    )
    refuse_spent(line)
    trip = MileageTrip(line=line)
    _fill(trip, content, vehicle)
    line.save()
    trip.line = line
    trip.save()
    recompute(vehicle, trip.on.year, activity=activity, today=today, actor=actor)
    audit.record(actor, "invoicing.record_trip", claim, detail=_facts(trip))
    tell_entered(line, actor)
    trip.refresh_from_db()
    return trip


@transaction.atomic
def save_trip(
    trip: MileageTrip, *, content: TripContent, version: int, today: date, actor: Any
) -> MileageTrip:
    """Does: changes a trip of a draft. Refuses: what `record_trip` refuses, a claim handed over, a form older
    than the row (stale_form). Leaves behind: its amount and those of the other open trips of the years and
    vehicles concerned, to be decided anew, audit."""
    former, former_year = trip.vehicle, trip.on.year
    vehicles = {vehicle.pk: vehicle for vehicle in lock_vehicles([former, content.vehicle])}
    row = _locked(trip, actor, today)
    if row.line.version != version:
        raise Refused(
            Code.STALE_FORM,
            _("Ce trajet a été modifié entre-temps : rouvrez-le, votre saisie reste affichée ici."),
        )
    vehicle = vehicles[content.vehicle.pk]
    content = _checked(content, vehicle, row.line.claim.person, today)
    _fill(row, content, vehicle)
    row.line.version += 1
    row.line.decision, row.line.reason, row.line.claimed = LineDecision.PENDING, "", None
    row.line.save()
    row.save()
    activity = row.line.claim.activity
    for pk, year in sorted({(former.pk, former_year), (vehicle.pk, row.on.year)}):
        recompute(vehicles[pk], year, activity=activity, today=today, actor=actor)
    audit.record(actor, "invoicing.save_trip", row.line.claim, detail=_facts(row))
    row.refresh_from_db()
    return row


@transaction.atomic
def remove_trip(trip: MileageTrip, *, today: date, actor: Any) -> None:
    """Does: takes a trip out of a draft. Refuses: a claim handed over, a trip already gone. Leaves behind:
    the amounts of the other open trips of its year, audit."""
    (vehicle,) = lock_vehicles([trip.vehicle])
    row = _locked(trip, actor, today)
    line, claim, year, facts = row.line, row.line.claim, row.on.year, _facts(row)
    row.delete()
    line.delete()
    recompute(vehicle, year, activity=claim.activity, today=today, actor=actor)
    audit.record(actor, "invoicing.remove_trip", claim, detail=facts)


@transaction.atomic
def keep_favourite(trip: MileageTrip, *, actor: Any) -> FavouriteTrip:
    """Does: keeps a trip to be written again; the same places and purpose are kept once, with the last
    kilometres. Refuses: nothing. Leaves behind: the favourite, audit."""
    person = trip.line.claim.person
    favourite, _made = FavouriteTrip.objects.update_or_create(
        person=person,
        start=trip.start,
        arrival=trip.arrival,
        purpose=trip.purpose,
        defaults={"km": trip.km, "returns": trip.returns},
    )
    audit.record(actor, "invoicing.keep_favourite_trip", person, detail={"label": str(favourite)})
    return favourite


@transaction.atomic
def drop_favourite(favourite: FavouriteTrip, *, actor: Any) -> None:
    """Does: forgets a favourite; trips made with it stay. Refuses: nothing. Leaves behind: audit."""
    audit.record(actor, "invoicing.drop_favourite_trip", favourite.person, detail={"label": str(favourite)})
    favourite.delete()


def forget_favourite_trips(person: Person, _on: date) -> int:
    """Does: takes the favourite trips of a person away, when their file is erased. Refuses: nothing. Leaves
    behind: how many there were; trips stay, as pieces of the books."""
    return FavouriteTrip.objects.filter(person=person).delete()[0]


def _locked(trip: MileageTrip, actor: Any, today: date) -> MileageTrip:
    """The trip with its claim locked and still a draft."""
    claim = ExpenseClaim.objects.select_for_update(of=("self",)).filter(lines=trip.line_id).first()
    if claim is None:
        raise Refused(Code.ALREADY_DONE, _("Ce trajet a déjà été retiré."))
    require_agreement(claim.person, actor, today)
    row = MileageTrip.objects.select_for_update(of=("self",)).select_related("line").get(pk=trip.pk)
    if claim.state != ClaimState.DRAFT:
        raise Refused(
            Code.ILLEGAL_MOVE, _("La note de ce trajet est déjà soumise : reprenez-la pour la modifier.")
        )
    row.line.claim = claim
    return row


def _checked(content: TripContent, vehicle: Vehicle, person: Person, today: date) -> TripContent:
    """What was typed, on one line each. Raises Refused at the field."""
    if vehicle.person_id != person.pk:
        raise Refused(Code.NOT_ALLOWED, _("Ce véhicule est celui de quelqu’un d’autre."), field="vehicle")
    if vehicle.archived_at is not None:
        raise Refused(Code.VALUE_INVALID, _("Ce véhicule n’est plus utilisé."), field="vehicle")
    _check_days(content, today)
    if not (NO_KM < content.km <= MAX_TRIP_KM and content.km == content.km.quantize(_TENTH)):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Écrivez les kilomètres d’un aller, à 100 mètres près, jusqu’à %(most)d km.")
            % {"most": MAX_TRIP_KM},
            field="km",
        )
    _check_papers(vehicle, content.on)
    return TripContent(
        vehicle=vehicle,
        on=content.on,
        start=one_line(content.start, "start", _("Dites d’où vous partez."), most=MAX_PLACE),
        arrival=one_line(content.arrival, "arrival", _("Dites où vous allez."), most=MAX_PLACE),
        purpose=one_line(
            content.purpose, "purpose", _("Dites pourquoi : client, chantier, rendez-vous."), most=MAX_PURPOSE
        ),
        km=content.km,
        returns=content.returns,
        back_on=content.back_on if content.returns else None,
    )


def _check_days(content: TripContent, today: date) -> None:
    if content.on > today:
        raise Refused(Code.DATE_INVALID, _("Ce trajet n’a pas encore eu lieu."), field="on")
    if content.back_on is None or not content.returns:
        return
    if content.back_on < content.on:
        raise Refused(Code.DATE_INVALID, _("Le retour ne précède pas l’aller."), field="back_on")
    if content.back_on > today:
        raise Refused(
            Code.DATE_INVALID,
            _("Le retour n’a pas encore eu lieu : saisissez l’aller seul."),
            field="back_on",
        )
    if content.back_on.year != content.on.year:
        raise Refused(
            Code.PERIOD_INVALID,
            _("Aller et retour tombent sur deux années : saisissez deux trajets, un par année."),
            field="back_on",
        )


def _check_papers(vehicle: Vehicle, day: date) -> None:
    missing = papers_missing(vehicle, day)
    if not missing:
        return
    sentences = {
        VehiclePaperKind.REGISTRATION: _("La carte grise de ce véhicule manque : déposez-la d’abord."),
        VehiclePaperKind.INSURANCE: _(
            "Aucune attestation d’assurance ne couvre ce véhicule le %(day)s : déposez-la d’abord."
        )
        % {"day": day.strftime("%d/%m/%Y")},
    }
    sentence = (
        sentences[missing[0]]
        if len(missing) == 1
        else _("La carte grise et l’attestation d’assurance de ce véhicule manquent : déposez-les d’abord.")
    )
    raise Refused(Code.COVER_MISSING, sentence, field="vehicle")


def _fill(trip: MileageTrip, content: TripContent, vehicle: Vehicle) -> None:
    trip.vehicle, trip.on, trip.back_on = vehicle, content.on, content.back_on
    trip.start, trip.arrival, trip.purpose = content.start, content.arrival, content.purpose
    trip.km, trip.returns = content.km, content.returns
    trip.total_km = travelled(content.km, returns=content.returns)
    with override(LANGUAGE):
        label = f"{trip.said} ({content.purpose})"
    trip.line.on, trip.line.label = content.on, label[:MAX_LINE_LABEL]


def _facts(trip: MileageTrip) -> dict[str, str]:
    return {"on": trip.on.isoformat(), "label": trip.said, "km": str(trip.total_km)}
