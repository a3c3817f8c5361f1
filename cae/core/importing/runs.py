"""An import from its file to its undoing; each line is one transaction, so that a refusal stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit, documents, jobs
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.importing.columns import row_of
from cae.core.importing.files import read_sheet
from cae.core.importing.registry import Import, Made, import_named
from cae.core.importing.trying import fate_of, stored
from cae.core.kept_words import house_words
from cae.core.models import FateKind, ImportLine, ImportRun, ImportState, Outcome

logger = logging.getLogger(__name__)

FILE_KIND = "core.import_file"
APPLY_TASK = "core.apply_import"
UNDO_TASK = "core.undo_import"
# Long enough to answer « where does this come from »; the file holds other people's data.
FILE_KEPT_DAYS = 90
_BATCH = 1000
WRITES = (FateKind.NEW, FateKind.UPDATE)
NEVER_WRITTEN = (FateKind.REFUSED, FateKind.DUPLICATE)
Act = Callable[[Import, ImportRun, ImportLine, Any], None]


@dataclass(frozen=True)
class Work:
    """One of the two long works of an import: its job, where it may start, where it ends."""

    task: str
    starts: tuple[str, ...]
    during: str
    after: str
    dated: str
    verb: str


APPLY = Work(
    APPLY_TASK,
    (ImportState.TRIED, ImportState.APPLYING),
    ImportState.APPLYING,
    ImportState.APPLIED,
    "applied_at",
    "core.import.apply",
)
UNDO = Work(
    UNDO_TASK,
    (ImportState.APPLIED, ImportState.APPLYING, ImportState.UNDOING),
    ImportState.UNDOING,
    ImportState.UNDONE,
    "undone_at",
    "core.import.undo",
)


def open_import(spec: Import, *, content: bytes, name: str, target: str, actor: Any) -> ImportRun:
    """Does: reads a file and keeps it with its lines. Refuses: a file that is no sheet, a program, one too
    long, a target out of reach. Leaves behind: the run, ready for its columns; the file."""
    sheet = read_sheet(content, name)
    chosen = _target_label(spec, target, actor)
    with transaction.atomic():
        run = ImportRun.objects.create(
            code=spec.code,
            target=target,
            target_label=chosen,
            file_name=name[:200],
            reading=sheet.reading,
            header=list(sheet.header),
            author=actor,
        )
        run.file = documents.store_document(
            content,
            kind=FILE_KIND,
            name=name[:200],
            mime="application/octet-stream",
            about=run,
            actor=actor,
            retention_until=timezone.localdate() + timedelta(days=FILE_KEPT_DAYS),
        )
        run.save(update_fields=["file"])
        ImportLine.objects.bulk_create(
            (
                ImportLine(run=run, number=row.number, raw=list(row.cells), fault=row.fault[:300])
                for row in sheet.rows
            ),
            batch_size=_BATCH,
        )
        audit.record(actor, "core.import.open", run)
        return run


def _target_label(spec: Import, target: str, actor: Any) -> str:
    """The name of what the lines will belong to; asked again before anything is written."""
    if spec.targets is None:
        return ""
    found = next((one for one in spec.targets(actor) if one.key == target), None)
    if found is None:
        raise Refused(Code.NOT_ALLOWED, _("Choisissez pour qui importer."), field="target")
    return found.label[:200]


def start_applying(run: ImportRun, *, actor: Any) -> ImportRun:
    """Does: asks for the import of what the trial showed, or for the rest of an interrupted one. Refuses: an
    import not tried, at work or over; a target no longer in reach. Leaves behind: the job, audit."""
    _target_label(import_named(run.code), run.target, actor)
    label = house_words(gettext_lazy("Import"), run.file_name)
    return _start(run, APPLY, label=label, actor=actor)


def start_undoing(run: ImportRun, *, actor: Any) -> ImportRun:
    """Does: asks that all the import made be taken back. Refuses: an import that made nothing yet, or at
    work. Leaves behind: the job, audit."""
    label = house_words(gettext_lazy("Annulation d’un import"), run.file_name)
    return _start(run, UNDO, label=label, actor=actor)


def _start(run: ImportRun, work: Work, *, label: str, actor: Any) -> ImportRun:
    with transaction.atomic():
        # Its job is read after the lock: joined, it would be the one from before we waited.
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if row.state not in work.starts or row.is_at_work:
            raise IllegalMove(_("Cet import est déjà lancé, ou terminé."))
        waiting = _waiting(row, work).count()
        if not waiting and row.state == ImportState.TRIED:
            raise Refused(Code.EMPTY_DOCUMENT, _("Aucune ligne de ce fichier n’est à importer."))
        if row.applied_at is None and work is UNDO:
            row.applied_at = timezone.now()  # interrupted: what it made is taken back as it is
        row.job = jobs.start_job(work.task, label=label, actor=actor, total=waiting, run_id=row.pk)
        row.state = work.during
        row.save(update_fields=["job", "state", "applied_at"])
        audit.record(actor, work.verb, row)
        return row


def _waiting(run: ImportRun, work: Work) -> Any:
    """The lines that the work has still to do: what it did is never done twice."""
    if work is APPLY:
        return run.lines.filter(fate__in=WRITES, outcome="").order_by("number")
    return run.lines.filter(outcome=Outcome.DONE).order_by("-number")


def apply_import(job_id: int) -> None:
    """Does: imports the lines that the trial announced, each in its transaction; may be called again after a
    worker's death. Refuses: nothing; a line refused now is left aside with its reason. Leaves behind: the
    rows, through the room's services, and the report."""
    jobs.run_job(job_id, lambda progress: _walk(progress, APPLY, _apply_line))


def undo_import(job_id: int) -> None:
    """Does: takes back each line that was done, the last first. Refuses: nothing; what was changed since is
    left and said. Leaves behind: rows removed, archived or put back, and the report."""
    jobs.run_job(job_id, lambda progress: _walk(progress, UNDO, _undo_line))


def _walk(progress: jobs.Progress, work: Work, act: Act) -> None:
    job = progress.job
    run = ImportRun.objects.select_related("author").get(pk=progress.arguments["run_id"])
    spec = import_named(run.code)
    waiting = list(_waiting(run, work))
    # What an earlier worker did counts as done.
    job.done = max(job.total - len(waiting), 0)
    context = spec.context(run.target, run.author) if work is APPLY else job.author

    def one(line: ImportLine) -> None:
        try:
            with transaction.atomic():
                row = _waiting(run, work).select_for_update().filter(pk=line.pk).first()
                if row is not None:
                    act(spec, run, row, context)
                    row.save()
        except Refused as refusal:
            _leave(line, work, str(refusal))
        except DatabaseError:
            logger.exception("import %s, line %s", run.pk, line.number)
            _leave(line, work, _("Une erreur inattendue : cette ligne n’a rien changé."))

    progress.each(waiting, one, label=lambda line: line.label or str(line.number))
    with transaction.atomic():
        run.lines.filter(fate__in=NEVER_WRITTEN, outcome="").update(outcome=Outcome.LEFT)
        ended = {"state": work.after, work.dated: timezone.now()}
        ImportRun.objects.filter(pk=run.pk, state=work.during).update(**ended)


def _leave(line: ImportLine, work: Work, reason: str) -> None:
    outcome = Outcome.LEFT if work is APPLY else Outcome.CHANGED_SINCE
    ImportLine.objects.filter(pk=line.pk).update(outcome=outcome, message=reason[:500])


def _apply_line(spec: Import, run: ImportRun, line: ImportLine, context: Any) -> None:
    fate = fate_of(spec, line, run.mapping, context)
    if fate.kind == FateKind.REFUSED:
        raise Refused(Code.VALUE_INVALID, fate.reason)
    if (fate.kind, stored(fate.before), stored(fate.after)) != (line.fate, line.before, line.after):
        raise Refused(Code.STALE_FORM, _("Ce qui existait a changé depuis l’essai : essayez à nouveau."))
    made = spec.apply(row_of(line, run.mapping), fate, context, run.author)
    named = audit.about(made)
    line.about_type, line.about_id = named["about_type"], named["about_id"]
    line.label, line.outcome = str(made)[:200], Outcome.DONE


def _undo_line(spec: Import, run: ImportRun, line: ImportLine, actor: Any) -> None:
    made = Made(line.about_id, line.fate == FateKind.NEW, line.before, line.after)
    line.outcome = spec.undo(made, actor)
    if line.outcome == Outcome.CHANGED_SINCE:
        line.message = _("Modifié depuis l’import : laissé tel quel.")


def discard_import(run: ImportRun, *, actor: Any) -> None:
    """Does: gives up an import that wrote nothing, and forgets its lines. Refuses: one that was started.
    Leaves behind: the run without its lines, audit."""
    with transaction.atomic():
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        start = (ImportState.MAPPING, ImportState.TRIED, ImportState.TRYING)
        if row.state not in start or row.is_at_work:
            raise IllegalMove(_("Cet import a commencé : annulez-le plutôt."))
        row.lines.all().delete()
        row.state = ImportState.DISCARDED
        row.save(update_fields=["state"])
        audit.record(actor, "core.import.discard", row)
