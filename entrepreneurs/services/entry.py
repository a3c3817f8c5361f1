"""Opens the checklist of an entry, ticks its lines by hand or by facts, closes it at the end (ENT-20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.errors import Code, Refused
from cae.core.notices import notify
from cae.core.settings import value_of
from entrepreneurs.models import Application, EntryChecklist, EntryLine
from entrepreneurs.selectors.entry import facts_of
from entrepreneurs.states.entry import ENTRY_LINES, EntryKind, lines_setting
from people.models import Person, User

ENTRY_NOTICE = "entrepreneurs.entry"


@transaction.atomic
def open_checklist(
    subject: Application | Person, *, kind: str, actor: Any, now: datetime | None = None
) -> EntryChecklist:
    """Does: opens the checklist of somebody accepted (by their application, or the person), with the lines of
    its kind as decided that day; asked twice, gives the one that is open. Refuses: an application without
    person, an unknown kind. Leaves behind: the list, those facts already true ticked, a notice, audit."""
    now = now or timezone.now()
    person = subject.person if isinstance(subject, Application) else subject
    if person is None or kind not in EntryKind.values:
        raise Refused(Code.VALUE_INVALID, _("Cette entrée n’a ni personne ni nature connue."))
    Person.objects.select_for_update().get(pk=person.pk)
    known = EntryChecklist.objects.open().filter(person=person).first()
    if known is not None:
        return known
    on = timezone.localdate(now)
    checklist = EntryChecklist.objects.create(
        person=person,
        application=subject if isinstance(subject, Application) else None,
        kind=kind,
        opened_on=on,
        opened_by=actor,
    )
    wanted = value_of(lines_setting(kind), on=on)
    EntryLine.objects.bulk_create(
        EntryLine(
            checklist=checklist,
            code=line.code,
            position=rank,
            ball=line.ball,
            fact=line.fact,
            waits_since=now,
        )
        for rank, line in enumerate(ENTRY_LINES, start=1)
        if line.code in wanted
    )
    audit.record(actor, "entrepreneurs.entry.open", checklist, detail={"kind": kind})
    tick_by_facts(checklist, now=now)
    _tell(checklist, actor)
    return checklist


def tick_by_facts(checklist: EntryChecklist, *, now: datetime) -> int:
    """Does: ticks the lines whose fact the records now show. Refuses: nothing; what is ticked stays ticked.
    Leaves behind: the lines, the list closed once all are done. Gives how many were ticked."""
    true = facts_of(checklist.person, timezone.localdate(now))
    with transaction.atomic():
        _lock(checklist.pk)
        lines = list(checklist.lines.select_for_update().filter(done_at__isnull=True, fact__in=true))
        for line in lines:
            _tick(line, now, None, "")
        if lines:
            _close_if_done(checklist, now)
        return len(lines)


@transaction.atomic
def tick_line(line: EntryLine, *, note: str, actor: User, now: datetime) -> EntryLine:
    """Does: ticks a line by hand. Refuses: one already done. Leaves behind: author and instant, audit; the
    list closed once all its lines are done."""
    _lock(line.checklist_id)
    row = EntryLine.objects.select_for_update(of=("self",)).select_related("checklist").get(pk=line.pk)
    if row.done_at is not None:
        raise Refused(Code.ALREADY_DONE, _("Cette ligne est déjà faite."))
    _tick(row, now, actor, note)
    audit.record(actor, "entrepreneurs.entry.tick", row.checklist, detail={"kind": row.code})
    _close_if_done(row.checklist, now)
    return row


@transaction.atomic
def untick_line(line: EntryLine, *, actor: User, now: datetime) -> EntryLine:
    """Does: takes back a line ticked by mistake. Refuses: one that is not done, or that a fact ticked; one of
    a list that another followed. Leaves behind: the line and its list open again, audit."""
    _lock(line.checklist_id)
    row = EntryLine.objects.select_for_update(of=("self",)).select_related("checklist").get(pk=line.pk)
    if row.done_at is None or row.done_by_id is None:
        raise Refused(Code.ALREADY_DONE, _("Cette ligne n’a pas été cochée à la main."))
    others = EntryChecklist.objects.open().filter(person=row.checklist.person_id)
    if others.exclude(pk=row.checklist_id).exists():
        raise Refused(
            Code.DUPLICATE, _("Une autre liste d’entrée est ouverte pour cette personne : reprenez celle-là.")
        )
    row.done_at, row.done_by, row.note, row.waits_since = None, None, "", now
    row.save()
    EntryChecklist.objects.filter(pk=row.checklist_id).update(closed_on=None)
    audit.record(actor, "entrepreneurs.entry.untick", row.checklist, detail={"kind": row.code})
    return row


def refresh_checklists(now: datetime) -> int:
    """Does: ticks by the facts every open list, one by one. Refuses: nothing. Gives how many lines."""
    rows = EntryChecklist.objects.open().select_related("person")
    return sum(tick_by_facts(checklist, now=now) for checklist in rows)


def _lock(checklist_id: int) -> None:
    """One hand at a time on a list: of two who tick its last lines, one closes it."""
    EntryChecklist.objects.select_for_update(of=("self",)).get(pk=checklist_id)


def _tick(line: EntryLine, now: datetime, actor: User | None, note: str) -> None:
    line.done_at, line.done_by, line.note = now, actor, " ".join(note.split())[:250]
    line.save(update_fields=["done_at", "done_by", "note"])


def _close_if_done(checklist: EntryChecklist, now: datetime) -> None:
    if not checklist.lines.filter(done_at__isnull=True).exists():
        EntryChecklist.objects.filter(pk=checklist.pk).update(closed_on=timezone.localdate(now))
        audit.record(None, "entrepreneurs.entry.close", checklist)


def _tell(checklist: EntryChecklist, actor: Any) -> None:
    account = User.objects.filter(person=checklist.person_id, is_active=True)
    notify(
        account,
        ENTRY_NOTICE,
        subject=lambda: _("Votre entrée dans la coopérative commence : voici ce qu’il reste à faire"),
        url=reverse("entrepreneurs:entry", args=[checklist.pk]),
        about=checklist,
        actor=actor,
    )
