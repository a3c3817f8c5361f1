"""Kinds of event: the first ones, then what the cooperative makes of them (COW-27)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.turns import take_turn
from coworking.models import EventKind
from coworking.states.events import FIRST_KINDS
from people.services.changes import one_line, refuse_stale, write

_NAMES = "coworking.event_kinds"
STEP = 10


@dataclass(frozen=True)
class KindData:
    """What is typed of a kind."""

    name: str
    is_light: bool = False
    is_closed: bool = False
    has_parts: bool = False
    is_paid: bool = False
    takes_questions: bool = False
    chooses_next_step: bool = False
    minutes: int = 120
    capacity: int | None = None
    is_active: bool = True


@transaction.atomic
def lay_first_kinds(*, actor: Any) -> list[EventKind]:
    """Does: gives the cooperative the usual kinds. Refuses: nothing; where kinds stand already they are left
    as they are. Leaves behind: the kinds, audit."""
    take_turn(_NAMES)
    known = list(EventKind.objects.all())
    if known:
        return known
    made = []
    for rank, (code, name, flags, minutes, capacity) in enumerate(FIRST_KINDS, start=1):
        kind = EventKind(code=code, name=name, minutes=minutes, capacity=capacity, position=rank * STEP)
        for flag in flags:
            setattr(kind, flag, True)
        kind.save()
        audit.record(actor, "coworking.eventkind.save", kind)
        made.append(kind)
    return made


@transaction.atomic
def save_kind(kind: EventKind | None, *, data: KindData, actor: Any, version: int | None = None) -> EventKind:
    """Does: adds a kind, or changes what one says; events keep what they took from it. Refuses: no name, one
    already taken, less than a quarter of an hour, no place, a form opened before somebody else’s change.
    Leaves behind: the kind, audit with the values before and after."""
    take_turn(_NAMES)
    row = EventKind() if kind is None else EventKind.objects.select_for_update().get(pk=kind.pk)
    if kind is not None:
        refuse_stale(row, version)
    name = one_line(data.name, "name", _("Donnez un nom à ce genre d’événement."), most=60)
    if EventKind.objects.filter(name__iexact=name).exclude(pk=row.pk).exists():
        raise Refused(Code.DUPLICATE, _("Un genre d’événement porte déjà ce nom."), field="name")
    if data.minutes < 15:
        raise Refused(Code.VALUE_INVALID, _("Un événement dure au moins un quart d’heure."), field="minutes")
    if data.capacity == 0:
        raise Refused(Code.VALUE_INVALID, _("Laissez vide s’il n’y a pas de limite."), field="capacity")
    changed = write(row, data)
    row.name = name
    if row.pk is None:
        row.code = _free_code(name)
        row.position = STEP * (EventKind.objects.count() + 1)
    else:
        row.version += 1
    row.save()
    audit.record(actor, "coworking.eventkind.save", row, detail=changed if kind else {})
    return row


def _free_code(name: str) -> str:
    base = slugify(name)[:36] or "genre"
    taken = set(EventKind.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 999))) if code not in taken)
