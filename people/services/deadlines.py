"""Writes and closes legal dates, in the transaction of the fact that makes them (ENT-33)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.kept_words import in_french, kept
from cae.core.turns import take_turn
from people.models import Deadline, Person, Scope, User
from people.states.deadlines import CLOCKS, PASSING_KINDS, DeadlineKind


@transaction.atomic
def set_deadline(
    *,
    about: models.Model,
    kind: str,
    person: Person | None,
    due_on: date | None,
    label: Any = "",
    actor: User | None,
    scope: Scope | None = None,
) -> Deadline | None:
    """Does: writes the date of this kind about this thing, moves it, or closes it (no day); the same day
    twice is once. Refuses: nothing of a date, past or not: the fact that makes it has the say; neither a
    person nor a scope, an unknown kind (ValueError). Leaves behind: one row, its notices to come, audit."""
    kind, said = DeadlineKind(kind), audit.about(about)
    take_turn(f"people.deadline.{kind}.{said['about_type']}.{said['about_id']}")
    row = Deadline.objects.select_for_update().filter(kind=kind, **said).first()
    if due_on is None:
        return _close(row, actor) if row else None
    if person is None and scope is None and not CLOCKS[kind].is_of_house:
        raise ValueError("a deadline is somebody's: a person's or a scope's")
    words = kept(label or kind.label)
    told = {"person": person, "scope": scope, "words": words, "page": _page_of(about)}
    told["house_label"] = in_french(words)[:200]
    if row is None:
        row = Deadline(kind=kind, due_on=due_on, **told, **said)
    elif row.closed_at is None and row.due_on == due_on:
        Deadline.objects.filter(pk=row.pk).update(**told)
        return row
    before = row.due_on.isoformat() if row.pk and row.closed_at is None else ""
    for name, value in told.items():
        setattr(row, name, value)
    row.due_on, row.closed_at, row.set_by, row.set_at = due_on, None, actor, timezone.now()
    row.save()
    detail = {} if CLOCKS[kind].is_sensitive else {"due_on": [before, due_on.isoformat()]}
    audit.record(actor, "people.deadline.set", row, detail=detail)
    return row


@transaction.atomic
def close_deadlines(about: models.Model, *, actor: User | None) -> int:
    """Does: closes every date about a thing: what it waited for is done, or will never be. Refuses: nothing;
    twice is once. Leaves behind: the instant on each, audit; gives how many."""
    rows = Deadline.objects.select_for_update().open().filter(**audit.about(about)).order_by("pk")
    closed = list(rows)
    for row in closed:
        _close(row, actor)
    return len(closed)


@transaction.atomic
def close_passed(*, on: date) -> int:
    """Does: closes the dates that nobody has to meet (the end of a trial) once their day is past. Refuses:
    nothing; twice is once. Leaves behind: the instant on each, audit; gives how many."""
    passed = Deadline.objects.open().filter(kind__in=PASSING_KINDS, due_on__lt=on)
    rows = list(passed.select_for_update().order_by("pk"))
    for row in rows:
        _close(row, None)
    return len(rows)


def write_date(person: Person, *, kind: str, due_on: date, actor: User, on: date) -> Deadline | None:
    """Does: writes by hand a date of a person that no other page makes (residence permit, medical visit…).
    Refuses: a kind that its own page makes, a day already past. Leaves behind: as `set_deadline`."""
    if kind not in CLOCKS or not CLOCKS[kind].by_hand:
        raise Refused(Code.VALUE_INVALID, _("Cette date s’écrit là où le fait se décide."), field="kind")
    if due_on < on:
        raise Refused(
            Code.DATE_INVALID,
            _("Cette date est passée : indiquez un jour à venir."),
            field="due_on",
        )
    return set_deadline(about=person, kind=kind, person=person, due_on=due_on, actor=actor)


@transaction.atomic
def close_date(deadline: Deadline, *, actor: User) -> Deadline:
    """Does: closes one date written by hand: it is done. Refuses: a date that its own page makes, one already
    closed. Leaves behind: the instant, audit."""
    row = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline.pk)
    if not CLOCKS[row.kind].by_hand:
        raise Refused(Code.NOT_ALLOWED, _("Cette date se ferme d’elle-même, là où le fait se décide."))
    if row.closed_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette échéance est déjà close."))
    return _close(row, actor)


def _close(row: Deadline, actor: User | None) -> Deadline:
    if row.closed_at is None:
        row.closed_at = timezone.now()
        row.save(update_fields=["closed_at"])
        # The journal is read more widely than health or the right to stay.
        detail = {} if CLOCKS[row.kind].is_sensitive else {"due_on": row.due_on.isoformat()}
        audit.record(actor, "people.deadline.close", row, detail=detail)
    return row


def _page_of(about: models.Model) -> str:
    """Where what it is about is read, if it has a page."""
    address = getattr(about, "get_absolute_url", None)
    return str(address())[:200] if address else ""
