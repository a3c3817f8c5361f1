"""The personnel register as it was on a day, and the declarations that wait (ENT-37)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import permissions
from cae.core.facts import Queued
from entrepreneurs.models import Contract, HiringDeclaration, RegisterEntry
from entrepreneurs.states.contracts import ContractKind, ContractState
from entrepreneurs.states.register import DeclarationState
from people.models import Person
from people.states.requests import Department


def register_on(on: date) -> list[RegisterEntry]:
    """Gives the lines of the register that were written by the end of a day, in order of hiring; who left
    since was still there."""
    rows = list(RegisterEntry.objects.filter(hired_on__lte=on).select_related("person", "declaration"))
    for row in rows:
        if row.left_on is not None and row.left_on > on:
            row.left_on = None
    return rows


def register_listed() -> QuerySet[RegisterEntry]:
    return RegisterEntry.objects.select_related("person", "declaration").order_by("rank")


def declarations_listed() -> QuerySet[HiringDeclaration]:
    return HiringDeclaration.objects.select_related("entry__person").order_by("-due_on", "-pk")


def hired_beyond(person: Person, day: date) -> QuerySet[RegisterEntry]:
    """Gives the lines of a person on which no day of leaving stands and that go on that day: one whose
    contract ends before does not."""
    last = Coalesce("contract__ended_on", "contract__ends_on")
    rows = RegisterEntry.objects.filter(person=person, left_on__isnull=True).alias(last=last)
    return rows.filter(Q(last__isnull=True) | Q(last__gte=day))


def hirings_unwritten(person: Person, after: date) -> QuerySet[Contract]:
    """Gives the signed CESAs of a person that go on after a day and have no line in the register."""
    rows = Contract.objects.with_days().filter(
        person=person, kind=ContractKind.CESA, state=ContractState.SIGNED, register_entry__isnull=True
    )
    last = Coalesce("ended_on", "ends_on")
    return rows.alias(last=last).filter(Q(last__isnull=True) | Q(last__gt=after)).order_by("starts_on")


def queued_declarations(user: Any, function: str, today: date) -> list[Queued]:
    """Gives the declarations to make, for the queue of human resources."""
    if function != Department.HUMAN_RESOURCES or not permissions.can(user, "entrepreneurs.declare_hiring"):
        return []
    rows = HiringDeclaration.objects.filter(state=DeclarationState.TO_DO).select_related("entry")
    return [
        Queued(
            title=_("Déclaration préalable à l’embauche"),
            who=f"{row.entry.first_name} {row.entry.last_name}",
            kind=row.get_state_display(),
            since=timezone.localdate(row.state_since),
            url=reverse("entrepreneurs:hiring_declare", args=[row.pk]),
            due=row.due_on,
        )
        for row in rows
    ]
