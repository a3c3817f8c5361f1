"""What is booked in a place: resources, their units, their prices from a day on (COW-03)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from coworking.models import Place, Resource, Tariff, Unit
from coworking.models.resources import MOST_LENGTH, MOST_STEP
from coworking.selectors.held_time import held_after
from coworking.services.places import KEY_BYTES
from coworking.states.places import (
    BY_THE_DAY,
    SHORTEST,
    STEPS,
    Equipment,
    PlaceState,
    ResourceKind,
    ResourcePublic,
)
from invoicing.models import VatRate
from people.models import User
from people.services.changes import one_line, refuse_long, refuse_stale, write

MOST_UNITS = 200
# The longest of each kind, in days, unless said otherwise.
_LONGEST_DAYS = {ResourceKind.ROOM: 1, ResourceKind.MACHINE: 1, ResourceKind.DESK: 31}


@dataclass(frozen=True)
class ResourceData:
    """What is typed of a resource; no step, no length: those of its kind. Minutes."""

    name: str
    description: str = ""
    seats: int = 1
    equipment: list[str] = field(default_factory=list)
    step: int | None = None
    shortest: int | None = None
    longest: int | None = None
    buffer_before: int = 0
    buffer_after: int = 0
    any_hour: bool = False
    needs_training: bool = False
    needs_approval: bool = False
    is_public: bool = False
    publics: list[str] = field(default_factory=list)
    arrival_window: int | None = None
    cut_off: int = 24 * 60
    position: int = 0


@transaction.atomic
def add_resource(
    place: Place, *, kind: str, data: ResourceData, actor: User | None, units: Sequence[str] | int = 1
) -> Resource:
    """Does: adds what is booked there, with its units (so many, or their marks). Refuses: an unknown kind, no
    name or one already there, steps and lengths that do not fit, an unknown equipment, no unit or too many,
    a closed place. Leaves behind: the resource, its units, the key of its QR code, audit."""
    row = _locked(place)
    if kind not in ResourceKind.values:
        raise Refused(Code.VALUE_INVALID, _("Choisissez la nature de la ressource."), field="kind")
    resource = Resource(place=row, kind=kind, fault_key=secrets.token_urlsafe(KEY_BYTES))
    write(resource, _checked(row, kind, data))
    resource.save()
    audit.record(actor, "coworking.resource.add", resource, detail={"kind": kind})
    _make_units(resource, units)
    return resource


@transaction.atomic
def change_resource(
    resource: Resource, *, data: ResourceData, actor: User | None, version: int | None = None
) -> Resource:
    """Does: changes what is said of a resource; what is booked stays as it was. Refuses: what `add_resource`
    refuses, a form opened before somebody else’s change, one withdrawn. Leaves behind: audit."""
    _locked(resource.place)
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    refuse_stale(row, version)
    _refuse_withdrawn(row)
    changed = write(row, _checked(row.place, row.kind, data, besides=row))
    row.version += 1
    row.save()
    audit.record(actor, "coworking.resource.change", row, detail=changed)
    return row


@transaction.atomic
def withdraw_resource(resource: Resource, *, actor: User | None) -> Resource:
    """Does: takes a resource out of what is booked; its past stays. Refuses: one already out, bookings to
    come, with their number. Leaves behind: audit."""
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    _refuse_withdrawn(row)
    _refuse_held(held_after(_yesterday(), place=row.place, resource=row).count())
    row.archived_at, row.version = timezone.now(), row.version + 1
    row.save()
    audit.record(actor, "coworking.resource.withdraw", row)
    return row


@transaction.atomic
def bring_back_resource(resource: Resource, *, actor: User | None) -> Resource:
    """Does: puts a resource back among what is booked. Refuses: one that is there, its name taken since.
    Leaves behind: audit."""
    _locked(resource.place)
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if row.archived_at is None:
        raise Refused(Code.ALREADY_DONE, _("Cette ressource est déjà en service."))
    _refuse_name_taken(row.place, row.name, row)
    row.archived_at, row.version = None, row.version + 1
    row.save()
    audit.record(actor, "coworking.resource.bring_back", row)
    return row


@transaction.atomic
def add_units(resource: Resource, *, units: Sequence[str] | int, actor: User | None) -> list[Unit]:
    """Does: adds units to a pool: so many, numbered after the last, or by their marks. Refuses: none, a mark
    already there, more than two hundred in all. Leaves behind: the units, audit."""
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    _refuse_withdrawn(row)
    made = _make_units(row, units)
    audit.record(actor, "coworking.unit.add", row, detail={"count": len(made)})
    return made


@transaction.atomic
def withdraw_unit(unit: Unit, *, actor: User | None) -> Unit:
    """Does: takes one unit out of what is booked. Refuses: one already out, the last of its resource,
    bookings to come on it. Leaves behind: audit."""
    resource = Resource.objects.select_for_update(of=("self",)).get(pk=unit.resource_id)
    row = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if row.archived_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette unité est déjà retirée."))
    if not resource.units.filter(archived_at__isnull=True).exclude(pk=row.pk).exists():
        raise Refused(Code.NOT_ALLOWED, _("C’est la dernière unité : retirez plutôt la ressource."))
    _refuse_held(held_after(_yesterday(), place=resource.place, unit=row).count())
    row.archived_at = timezone.now()
    row.save(update_fields=["archived_at"])
    audit.record(actor, "coworking.unit.withdraw", row)
    return row


@transaction.atomic
def bring_back_unit(unit: Unit, *, actor: User | None) -> Unit:
    """Does: puts a unit back. Refuses: one that is there. Leaves behind: audit."""
    row = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if row.archived_at is None:
        raise Refused(Code.ALREADY_DONE, _("Cette unité est déjà en service."))
    row.archived_at = None
    row.save(update_fields=["archived_at"])
    audit.record(actor, "coworking.unit.bring_back", row)
    return row


@dataclass(frozen=True)
class TariffData:
    """Prices excl. tax from a day on; None: not sold so. For members, then for others."""

    starts_on: date
    vat_code: str = "normal"
    hour: Decimal | None = None
    half_day: Decimal | None = None
    day: Decimal | None = None
    week: Decimal | None = None
    month: Decimal | None = None
    other_hour: Decimal | None = None
    other_half_day: Decimal | None = None
    other_day: Decimal | None = None
    other_week: Decimal | None = None
    other_month: Decimal | None = None


@transaction.atomic
def set_tariff(resource: Resource, *, data: TariffData, actor: User | None) -> Tariff:
    """Does: sets the prices of a resource from a day on, until the next ones; those of the same first day are
    replaced. Refuses: a negative price, a VAT rate out of force that day, a day that has passed once prices
    were in force (what was sold then keeps its price). Leaves behind: the tariff, audit with the values."""
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    _refuse_withdrawn(row)
    for name in PRICES:
        price = getattr(data, name)
        if price is not None and price < 0:
            raise Refused(Code.AMOUNT_INVALID, _("Un prix ne peut pas être négatif."), field=name)
    if not VatRate.objects.in_force(data.starts_on).filter(code=data.vat_code).exists():
        raise Refused(
            Code.VAT_RATE_NOT_IN_FORCE, _("Ce taux de TVA n’est pas en vigueur ce jour-là."), field="vat_code"
        )
    today = timezone.localdate()
    if data.starts_on < today and row.tariffs.filter(starts_on__lte=today).exists():
        raise Refused(
            Code.DATE_INVALID, _("De nouveaux prix commencent aujourd’hui au plus tôt."), field="starts_on"
        )
    tariff = Tariff.objects.filter(resource=row, starts_on=data.starts_on).first() or Tariff(resource=row)
    changed = write(tariff, data)
    tariff.save()
    audit.record(actor, "coworking.tariff.set", tariff, detail=changed)
    return tariff


LENGTHS = ("hour", "half_day", "day", "week", "month")
PRICES = (*LENGTHS, *(f"other_{name}" for name in LENGTHS))


def _locked(place: Place) -> Place:
    row = Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    if row.state == PlaceState.CLOSED:
        raise Refused(Code.PERIOD_CLOSED, _("Ce lieu est fermé : rouvrez-le d’abord."))
    return row


def _make_units(resource: Resource, units: Sequence[str] | int) -> list[Unit]:
    labels_there = set(resource.units.values_list("label", flat=True))
    there = len(labels_there)
    if isinstance(units, int):
        labels = [str(rank) for rank in range(there + 1, there + units + 1)]
    else:
        labels = [" ".join(label.split()) for label in units if label.strip()]
    if not labels:
        raise Refused(Code.VALUE_MISSING, _("Il faut au moins une unité."), field="units")
    if there + len(labels) > MOST_UNITS:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une ressource a %(most)d unités au plus.") % {"most": MOST_UNITS},
            field="units",
        )
    for label in labels:
        refuse_long(label, "units", 40)
        if label in labels_there:
            raise Refused(
                Code.DUPLICATE,
                _("Une unité porte déjà le repère « %(label)s ».") % {"label": label},
                field="units",
            )
        labels_there.add(label)
    return Unit.objects.bulk_create(
        Unit(resource=resource, label=label, position=there + rank) for rank, label in enumerate(labels)
    )


def _checked(place: Place, kind: str, data: ResourceData, besides: Resource | None = None) -> ResourceData:
    name = one_line(data.name, "name", _("Donnez un nom à cette ressource."), most=80)
    _refuse_name_taken(place, name, besides)
    refuse_long(data.description, "description", 2000)
    if not set(data.equipment) <= set(Equipment.values):
        raise Refused(Code.VALUE_INVALID, _("Choisissez l’équipement dans la liste."), field="equipment")
    if not set(data.publics) <= set(ResourcePublic.values):
        raise Refused(Code.VALUE_INVALID, _("Choisissez les publics dans la liste."), field="publics")
    if data.seats < 1:
        raise Refused(Code.VALUE_INVALID, _("Il faut au moins une place."), field="seats")
    step = data.step or int(STEPS[kind].total_seconds()) // 60
    least = SHORTEST.get(kind, STEPS[kind])
    shortest = data.shortest or max(step, int(least.total_seconds()) // 60)
    longest = data.longest or max(shortest, _LONGEST_DAYS.get(ResourceKind(kind), 366) * 24 * 60)
    _refuse_lengths(step, shortest, longest)
    return replace(
        data,
        name=name,
        step=step,
        shortest=shortest,
        longest=longest,
        any_hour=data.any_hour or kind in BY_THE_DAY,
    )


def _refuse_lengths(step: int, shortest: int, longest: int) -> None:
    if not 5 <= step <= MOST_STEP:
        raise Refused(Code.VALUE_INVALID, _("Le pas va de 5 minutes à un jour."), field="step")
    if shortest < step:
        raise Refused(
            Code.VALUE_INVALID, _("La durée minimale ne peut pas être sous le pas."), field="shortest"
        )
    if not shortest <= longest <= MOST_LENGTH:
        raise Refused(
            Code.VALUE_INVALID, _("La durée maximale va de la durée minimale à deux ans."), field="longest"
        )


def _refuse_name_taken(place: Place, name: str, besides: Resource | None) -> None:
    others = place.resources.in_use().filter(name=name).exclude(pk=besides.pk if besides else 0)
    if others.exists():
        raise Refused(Code.DUPLICATE, _("Une ressource de ce lieu porte déjà ce nom."), field="name")


def _refuse_withdrawn(row: Resource) -> None:
    if row.archived_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette ressource est retirée : remettez-la d’abord en service."))


def _refuse_held(count: int) -> None:
    if count:
        raise Refused(
            Code.NOT_ALLOWED,
            _("Des réservations à venir y sont prises (%(count)d) : annulez-les ou déplacez-les d’abord.")
            % {"count": count},
        )


def _yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
