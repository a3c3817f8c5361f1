"""What does not work, told by whoever stands before it; who was trained for a machine (COW-03, COW-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.workflow import performs
from coworking.models import Clearance, Fault, Resource
from coworking.selectors.places import runners_of
from coworking.states.places import FAULT_FLOW, FaultState
from people.models import Person, User
from people.services.changes import one_line, refuse_long

FAULT_TOLD = "coworking.fault_told"


@transaction.atomic
def tell_fault(resource: Resource, *, text: str, actor: User) -> Fault:
    """Does: says what does not work, to those who run the place. Refuses: nothing written, too much, the same
    words still waiting, a resource withdrawn. Leaves behind: the fault, a notice to each of them, audit."""
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if row.archived_at is not None:
        raise Refused(Code.PERIOD_CLOSED, _("Cette ressource n’est plus en service."))
    text = one_line(text, "text", _("Dites ce qui ne va pas."), most=500)
    if row.faults.exclude(state=FaultState.REPAIRED).filter(text__iexact=text).exists():
        raise Refused(Code.DUPLICATE, _("Cette panne est déjà signalée."), field="text")
    fault = Fault.objects.create(resource=row, text=text, told_by=actor)
    audit.record(actor, "coworking.fault.tell", fault)
    notify(
        runners_of(row.place),
        FAULT_TOLD,
        subject=lambda: (
            _("Panne : %(resource)s, %(place)s") % {"resource": row.name, "place": row.place.name}
        ),
        text=lambda: text,
        url=row.get_absolute_url(),
        about=fault,
        actor=actor,
    )
    return fault


@performs(FAULT_FLOW, "take")
def take_fault(fault: Fault, *, actor: User | None) -> None:
    """Does: says that somebody sees to it. Refuses: a fault already seen to. Leaves behind: audit."""


@performs(FAULT_FLOW, "repair")
def repair_fault(fault: Fault, *, outcome: str, actor: User | None) -> None:
    """Does: says that it works again, and what was done. Refuses: too long a text, a fault already repaired.
    Leaves behind: audit."""
    outcome = " ".join(outcome.split())
    refuse_long(outcome, "outcome", 500)
    fault.outcome = outcome


@dataclass(frozen=True)
class ClearanceData:
    """Who was trained, by whom, from a day to another."""

    person: Person
    starts_on: date
    ends_on: date | None = None
    trained_by: str = ""


@transaction.atomic
def give_clearance(resource: Resource, *, data: ClearanceData, actor: User | None) -> Clearance:
    """Does: notes that a person was trained for a machine. Refuses: a resource that asks for no training, an
    end before the beginning, somebody cleared already on these days. Leaves behind: the clearance, audit."""
    row = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    if not row.needs_training:
        raise Refused(Code.NOT_ALLOWED, _("Cette ressource ne demande pas d’habilitation."))
    if data.ends_on is not None and data.ends_on < data.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="ends_on")
    refuse_long(data.trained_by, "trained_by", 120)
    others = row.clearances.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=data.starts_on), person=data.person
    )
    if (others.filter(starts_on__lte=data.ends_on) if data.ends_on else others).exists():
        raise Refused(Code.DUPLICATE, _("Cette personne est déjà habilitée sur ces dates."), field="person")
    clearance = Clearance.objects.create(
        resource=row,
        person=data.person,
        starts_on=data.starts_on,
        ends_on=data.ends_on,
        trained_by=data.trained_by,
        given_by=actor,
    )
    audit.record(actor, "coworking.clearance.give", clearance, detail={"person": str(data.person)})
    return clearance


@transaction.atomic
def end_clearance(clearance: Clearance, *, last_day: date, actor: User | None) -> Clearance:
    """Does: ends a clearance on its last day. Refuses: a day before it began, one already ended by then.
    Leaves behind: audit."""
    row = Clearance.objects.select_for_update(of=("self",)).get(pk=clearance.pk)
    if last_day < row.starts_on:
        raise Refused(Code.PERIOD_INVALID, _("La fin ne peut pas précéder le début."), field="last_day")
    if row.ends_on is not None and row.ends_on <= last_day:
        raise Refused(Code.ALREADY_DONE, _("Cette habilitation est déjà finie."), field="last_day")
    row.ends_on = last_day
    row.save(update_fields=["ends_on"])
    audit.record(actor, "coworking.clearance.end", row, detail={"last_day": last_day.isoformat()})
    return row
