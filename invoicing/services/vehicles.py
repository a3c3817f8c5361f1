"""Keeps the vehicles of a person and their papers (INV-52)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from cae.core.uploads import plain_name, proof_mime
from invoicing.models import MileageTrip, Vehicle, VehiclePaper
from invoicing.selectors.mileage import years_of
from invoicing.services.expenses import require_agreement
from invoicing.services.mileage_lines import lock_vehicles, recompute
from invoicing.services.vouchers import kept_until
from invoicing.states.claims import MAX_POWER, VehicleKind, VehiclePaperKind
from people.models import Person
from people.services.changes import one_line, write

VEHICLE_PAPER = "invoicing.vehicle_paper"
MAX_PAPER_MB = 10


@dataclass(frozen=True)
class VehicleContent:
    """What the scale and the receipts of fuel ask of a vehicle."""

    label: str
    kind: str
    plate: str
    power: int | None = None
    electric: bool = False
    utility: bool = False


@transaction.atomic
def add_vehicle(person: Person, *, content: VehicleContent, today: date, actor: Any) -> Vehicle:
    """Does: adds a vehicle. Refuses: somebody else's without their consent, no name, no plate, a plate that
    the person has already, a power that does not go with the kind. Leaves behind: the vehicle, audit."""
    require_agreement(person, actor, today)
    vehicle = Vehicle(person=person)
    write(vehicle, _checked(content))
    _save(vehicle)
    audit.record(actor, "invoicing.add_vehicle", vehicle, detail={"label": str(vehicle)})
    return vehicle


@transaction.atomic
def save_vehicle(vehicle: Vehicle, *, content: VehicleContent, today: date, actor: Any) -> Vehicle:
    """Does: corrects a vehicle; what the scale asks of it was wrong from the first trip on. Refuses: what
    `add_vehicle` refuses, a vehicle that no scale covers. Leaves behind: open trips at their amount, a line
    that puts right what was handed in, in each year of trips; audit."""
    require_agreement(vehicle.person, actor, today)
    (row,) = lock_vehicles([vehicle])
    changed = write(row, _checked(content))
    _save(row)
    if changed.keys() & {"kind", "power", "electric"}:
        recompute_vehicle(row, today=today, actor=actor)
    audit.record(actor, "invoicing.save_vehicle", row, detail={"changed": changed})
    return row


@transaction.atomic
def archive_vehicle(vehicle: Vehicle, *, at: datetime, actor: Any) -> Vehicle:
    """Does: offers a vehicle no more. Refuses: one already put away. Leaves behind: its trips, audit."""
    return _put_away(vehicle, at, actor, "invoicing.archive_vehicle", _("Ce véhicule est déjà rangé."))


@transaction.atomic
def restore_vehicle(vehicle: Vehicle, *, actor: Any) -> Vehicle:
    """Does: offers a vehicle again. Refuses: one that is offered already. Leaves behind: audit."""
    return _put_away(vehicle, None, actor, "invoicing.restore_vehicle", _("Ce véhicule est déjà proposé."))


@dataclass(frozen=True)
class PaperContent:
    """A paper as it is brought: what it is, and for an insurance from which day to which."""

    kind: str
    content: bytes
    name: str
    valid_from: date | None = None
    valid_until: date | None = None
    covers_business: bool = False


@transaction.atomic
def bring_paper(vehicle: Vehicle, *, paper: PaperContent, at: datetime, actor: Any) -> VehiclePaper:
    """Does: adds a paper to a vehicle; the former ones stay. Refuses: a programme, anything but a PDF or a
    picture, a file too large, an insurance without its dates or that leaves business trips out.
    Leaves behind: the paper and its file, kept ten years after the last day it may prove; audit."""
    require_agreement(vehicle.person, actor, timezone.localdate(at))
    if paper.kind not in VehiclePaperKind.values:
        raise Refused(Code.VALUE_INVALID, _("Ce papier n’existe pas."), field="kind")
    mime = proof_mime(paper.content, most=MAX_PAPER_MB, field="file")
    insured = paper.kind == VehiclePaperKind.INSURANCE
    if insured:
        _check_insurance(paper)
    last = paper.valid_until if insured and paper.valid_until else timezone.localdate(at)
    document = store_document(
        paper.content,
        kind=VEHICLE_PAPER,
        name=plain_name(paper.name, otherwise="document"),
        mime=mime,
        about=vehicle,
        actor=actor,
        retention_until=kept_until(last),
    )
    return VehiclePaper.objects.create(
        vehicle=vehicle,
        kind=paper.kind,
        document=document,
        valid_from=paper.valid_from if insured else None,
        valid_until=paper.valid_until if insured else None,
        covers_business=insured,
        brought_at=at,
        brought_by=actor,
    )


def recompute_vehicle(vehicle: Vehicle, *, today: date, actor: Any) -> None:
    """Does: puts each year of a vehicle right. Refuses: a vehicle that no scale covers. Leaves behind: the
    lines. Its caller holds the vehicle."""
    for year in years_of(vehicle):
        last = MileageTrip.objects.filter(vehicle=vehicle, on__year=year).order_by("-on", "-pk").first()
        if last is not None:
            recompute(vehicle, year, activity=last.line.claim.activity, today=today, actor=actor)


def _checked(content: VehicleContent) -> VehicleContent:
    if content.kind not in VehicleKind.values:
        raise Refused(Code.VALUE_INVALID, _("Ce genre de véhicule n’existe pas."), field="kind")
    moped = content.kind == VehicleKind.MOPED
    if not moped and not (content.power and 1 <= content.power <= MAX_POWER):
        raise Refused(
            Code.VALUE_MISSING,
            _("Indiquez la puissance fiscale : repère P.6 de la carte grise."),
            field="power",
        )
    return VehicleContent(
        label=one_line(content.label, "label", _("Donnez un nom à ce véhicule."), most=60),
        kind=content.kind,
        plate=one_line(content.plate, "plate", _("Indiquez l’immatriculation."), most=15).upper(),
        power=None if moped else content.power,
        electric=content.electric,
        utility=content.utility,
    )


def _check_insurance(paper: PaperContent) -> None:
    if not paper.covers_business:
        raise Refused(
            Code.COVER_MISSING,
            _("Sans les déplacements professionnels, l’assurance ne couvre aucun trajet : demandez-les."),
            field="covers_business",
        )
    for name, day in (("valid_from", paper.valid_from), ("valid_until", paper.valid_until)):
        if day is None:
            raise Refused(Code.VALUE_MISSING, _("Indiquez les dates de l’attestation."), field=name)
    if paper.valid_from and paper.valid_until and paper.valid_until < paper.valid_from:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="valid_until")


def _save(vehicle: Vehicle) -> None:
    take_turn(f"invoicing.vehicles.{vehicle.person_id}")
    held = Vehicle.objects.filter(person=vehicle.person_id, plate=vehicle.plate).exclude(pk=vehicle.pk)
    if held.exists():
        raise Refused(Code.DUPLICATE, _("Un véhicule a déjà cette immatriculation."), field="plate")
    vehicle.save()


def _put_away(vehicle: Vehicle, at: datetime | None, actor: Any, verb: str, already: str) -> Vehicle:
    (row,) = lock_vehicles([vehicle])
    if (row.archived_at is None) == (at is None):
        raise Refused(Code.ALREADY_DONE, already)
    row.archived_at = at
    row.save(update_fields=["archived_at"])
    audit.record(actor, verb, row, detail={"label": str(row)})
    return row
