"""Ledgers kept elsewhere: applied whole in one transaction, undone whole (ACC-50)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.models import ImportedEntry, LedgerImport, LedgerSource
from accounting.selectors.ledger_import_words import fault_words, faults_as_kept, faults_kept
from accounting.selectors.ledger_imports import Plan, ended_by, later_import, live_of, plan_of
from accounting.selectors.periods import year_span
from accounting.services.ledger_imports import keep_trial, on_trial, require_rest, start_work
from accounting.services.posting import Desk, write_entry
from accounting.services.reversing import draft_of, reverse_entry
from accounting.states.ledger_imports import LEDGER_IMPORT_FLOW
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.jobs import Cancelled, Progress
from cae.core.kept_words import house_words
from cae.core.models import Job, JobState
from cae.core.workflow import performs
from people.services.changes import one_line

# So many entries are written while one waits for the page.
WRITTEN_AT_ONCE = 100
MOST_REASON = 150
# After how many entries one looks whether somebody stopped the job.
_LOOK = 50


def _go_on() -> None:
    """Nobody follows."""


def start_applying(row: LedgerImport, *, actor: Any) -> LedgerImport | Job:
    """Does: applies an import at once when it is short, else starts the job that does. Refuses, leaves
    behind: as `apply_ledger`."""
    with transaction.atomic():
        row = on_trial(row)
        size = row.differences.count()
        if size > WRITTEN_AT_ONCE:
            return start_work(row, "apply", gettext_lazy("Reprise d’écritures"), size, actor=actor)
    return apply_ledger(row, actor=actor)


@performs(LEDGER_IMPORT_FLOW, "apply")
def apply_ledger(row: LedgerImport, *, actor: Any, alive: Callable[[], None] = _go_on) -> None:
    """Does: reverses what the source had posted of the period and the file changes or lacks, on its own day,
    then posts what is new; what did not change is left alone. Refuses, as a whole: a fault of the file, a
    month that is closed, books that moved since the trial, a file that changes nothing. Leaves behind: the
    entries and reversals; audit."""
    LedgerSource.objects.select_for_update(of=("self",)).get(pk=row.source_id)
    plan = _plan_to_apply(row)
    reason = house_words(gettext_lazy("Reprise"), row.source.label)
    ended = [held.ident for held, _one in plan.found.changed] + [held.ident for held in plan.found.gone]
    _end(ImportedEntry.objects.filter(pk__in=ended), row, reason, actor=actor, alive=alive)
    new = [*plan.found.added, *(one for _held, one in plan.found.changed)]
    desk, start = Desk(), year_span(row.starts_on).starts_on
    for rank, one in enumerate(sorted(new, key=lambda one: (one.draft.on, one.line))):
        if rank % _LOOK == 0:
            alive()
        ImportedEntry.objects.create(
            source_id=row.source_id,
            ledger_import=row,
            year_start=start,
            key=one.key,
            digest=one.digest,
            entry=write_entry(one.draft, actor=actor, source=row, reverses=None, desk=desk),
        )


def _plan_to_apply(row: LedgerImport) -> Plan:
    plan = plan_of(row)
    if plan.faults.count:
        (first,) = faults_kept(faults_as_kept(plan.faults.told[:1]))
        raise Refused(Code.FILE_REFUSED, fault_words(first))
    if plan.found.digest != row.plan:
        raise Refused(
            Code.STALE_FORM,
            _("Les livres ont changé depuis l’essai : relisez le fichier avant de reprendre."),
        )
    if plan.found.is_empty:
        raise Refused(Code.ALREADY_DONE, _("Ce fichier ne change rien : tout est déjà dans les livres."))
    return plan


def _end(rows: Any, by: LedgerImport, reason: str, *, actor: Any, alive: Callable[[], None]) -> None:
    """Each of these is reversed on its own day, in the order of their keys."""
    for rank, one in enumerate(rows.select_related("entry").order_by("pk")):
        if rank % _LOOK == 0:
            alive()
        reverse_entry(one.entry, on=one.entry.on, reason=reason, actor=actor, source=by)
        one.ended_by = by
        one.save(update_fields=["ended_by"])


@performs(LEDGER_IMPORT_FLOW, "discard")
def discard_ledger(row: LedgerImport, *, actor: Any) -> None:
    """Does: gives up a file that changed nothing. Refuses: one at work. Leaves behind: the file and what it
    said; nothing in the books; audit."""
    require_rest(row)


def start_undoing(row: LedgerImport, *, reason: str, actor: Any) -> LedgerImport | Job:
    """Does: undoes an import at once when it is short, else starts the job that does. Refuses, leaves
    behind: as `undo_ledger`."""
    why = _why(reason)
    with transaction.atomic():
        held = LedgerImport.objects.select_for_update(of=("self",)).select_related("source")
        row = held.get(pk=row.pk)
        require_rest(row)
        size = len(live_of(row)) + len(ended_by(row))
        if size > WRITTEN_AT_ONCE and later_import(row) is None:
            label = gettext_lazy("Annulation d’une reprise")
            return start_work(row, "undo", label, size, actor=actor, reason=why)
    return undo_ledger(row, reason=why, actor=actor)


def _why(reason: str) -> str:
    return one_line(reason, "reason", _("Dites pourquoi cette reprise est annulée."), most=MOST_REASON)


@performs(LEDGER_IMPORT_FLOW, "undo")
def undo_ledger(row: LedgerImport, *, reason: str, actor: Any, alive: Callable[[], None] = _go_on) -> None:
    """Does: reverses what an import posted, on its own days, and posts again what it had replaced. Refuses,
    as a whole: no reason, a later import that stands on this one, a month that is closed. Leaves behind: the
    books as they were before it; audit."""
    row.undo_reason = _why(reason)
    LedgerSource.objects.select_for_update(of=("self",)).get(pk=row.source_id)
    later = later_import(row)
    if later is not None:
        raise IllegalMove(
            _("%(import)s a repris des écritures de celle-ci : annulez-la d’abord.") % {"import": later}
        )
    lost = ended_by(row)
    _end(
        ImportedEntry.objects.filter(ledger_import=row, ended_by=None),
        row,
        row.undo_reason,
        actor=actor,
        alive=alive,
    )
    desk = Desk()
    for one in lost:
        entry = write_entry(
            draft_of(one.entry), actor=actor, source=one.ledger_import, reverses=None, desk=desk
        )
        ImportedEntry.objects.create(
            source_id=one.source_id,
            ledger_import=one.ledger_import,
            year_start=one.year_start,
            key=one.key,
            digest=one.digest,
            entry=entry,
        )


def work_on_ledger(progress: Progress) -> None:
    """Does: the job of a long file: its trial, its application or its undoing; taken up after a worker died,
    starts over on what is not done. Refuses, leaves behind: as what it does."""
    told, actor = progress.arguments, progress.job.author
    row = LedgerImport.objects.select_related("source", "document").get(pk=told["ledger_import"])
    alive = _alive(progress)
    if told["step"] == "try" and row.is_draft:
        keep_trial(row)
    elif told["step"] == "apply" and row.is_draft:
        apply_ledger(row, actor=actor, alive=alive)
    elif told["step"] == "undo" and row.state in LEDGER_IMPORT_FLOW.move("undo").sources:
        undo_ledger(row, reason=told["reason"], actor=actor, alive=alive)
    progress.job.done = progress.job.total
    progress.job.save(update_fields=["done"])


def _alive(progress: Progress) -> Callable[[], None]:
    """Only reads: a sign of life written inside the transaction would hold the row until its end."""
    ours = Job.objects.filter(pk=progress.job.pk, run=progress.job.run, state=JobState.RUNNING)

    def look() -> None:
        if not ours.exists():
            raise Cancelled

    return look
