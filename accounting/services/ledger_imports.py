"""Ledgers kept elsewhere: a file is brought and tried; nothing of it is in the books yet (ACC-50)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.ledger_comparing import Comparison
from accounting.calculations.ledger_imports import ReadEntry
from accounting.engines.ledger_file import read_ledger
from accounting.models import ImportedEntry, LedgerDifference, LedgerImport, LedgerSource
from accounting.selectors.ledger_import_words import column_lacks, faults_as_kept
from accounting.selectors.ledger_imports import (
    LEDGER_FILE,
    guessed_mapping,
    lacking_column,
    plan_of,
    same_file,
)
from accounting.selectors.periods import year_span
from accounting.states.ledger_imports import DifferenceKind
from cae.core import audit
from cae.core.documents import store_document
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.importing.columns import plain
from cae.core.jobs import start_job
from cae.core.kept_words import house_words
from cae.core.models import Job
from cae.core.periods import Span
from cae.core.uploads import plain_name, refuse_programme

TASK = "accounting.import_ledger"
MAX_BYTES = 20 * 1024 * 1024
# So many lines are read while one waits for the page.
READ_AT_ONCE = 5000
RETENTION_YEARS = 10
_SLICE = 1000


@dataclass(frozen=True)
class LedgerFile:
    """A file as somebody brings it: of which source, for which days."""

    source: LedgerSource
    span: Span
    content: bytes
    name: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def bring_ledger(given: LedgerFile, *, actor: Any) -> LedgerImport:
    """Does: keeps a file and reads it when its columns are understood. Refuses: a program, a file too long or
    that is no table, days of two years, a file already in the books. Leaves behind: the import, with what it
    would change when it could be read; the file; audit."""
    refuse_programme(given.content, field="file")
    if len(given.content) > MAX_BYTES:
        raise Refused(Code.FILE_REFUSED, _("Ce fichier dépasse 20 Mo : coupez la période."), field="file")
    _require_period(given.span)
    same = same_file(given.source, given.span, given.sha256)
    if same is not None:
        raise Refused(
            Code.DUPLICATE,
            _("Ce fichier est déjà repris (%(import)s) : rien ne change.") % {"import": same},
            field="file",
        )
    sheet = read_ledger(given.content, given.name)
    mapping = guessed_mapping(given.source, sheet.header)
    with transaction.atomic():
        row = LedgerImport.objects.create(
            source=given.source,
            starts_on=given.span.starts_on,
            ends_on=given.span.ends_on,
            document=_store(given, actor=actor),
            sha256=given.sha256,
            header=list(sheet.header),
            mapping=mapping,
            line_count=len(sheet.rows),
            created_by=actor,
        )
        audit.record(actor, "accounting.open_ledger_import", row, detail={"seal": row.sha256})
        if not lacking_column(mapping):
            _try(row, actor=actor)
    return row


def _require_period(span: Span) -> None:
    if year_span(span.starts_on) != year_span(span.ends_on):
        raise Refused(
            Code.DATE_INVALID,
            _("La période est à cheval sur deux exercices : apportez un fichier par exercice."),
            field="ends_on",
        )


def _store(given: LedgerFile, *, actor: Any) -> Any:
    return store_document(
        given.content,
        kind=LEDGER_FILE,
        name=plain_name(given.name, otherwise="ecritures.csv"),
        mime="application/octet-stream",
        about=given.source,
        actor=actor,
        retention_until=date(given.span.ends_on.year + RETENTION_YEARS, 12, 31),
    )


@transaction.atomic
def read_columns(row: LedgerImport, mapping: Mapping[str, int], *, actor: Any) -> LedgerImport:
    """Does: reads the file by these columns, and remembers them for the next one of the source. Refuses: a
    column that lacks, one read twice, an import no longer on trial or at work. Leaves behind: what the file
    would change, or its faults."""
    row = on_trial(row)
    lacks = lacking_column(mapping)
    if lacks:
        raise Refused(Code.VALUE_MISSING, column_lacks(lacks), field=lacks)
    places: dict[int, str] = {}
    for code, place in mapping.items():
        if place in places:
            sentence = _("Cette colonne du fichier est déjà lue pour autre chose.")
            raise Refused(Code.VALUE_INVALID, sentence, field=code)
        places[place] = code
    row.mapping = dict(mapping)
    row.save(update_fields=["mapping"])
    source = LedgerSource.objects.select_for_update(of=("self",)).get(pk=row.source_id)
    source.columns |= {plain(row.header[place]): code for place, code in places.items()}
    source.save(update_fields=["columns"])
    _try(row, actor=actor)
    return row


def try_again(row: LedgerImport, *, actor: Any) -> LedgerImport:
    """Does: reads the file again, once the books or the chart changed. Refuses: an import no longer on trial
    or at work, columns not chosen yet. Leaves behind: what the file would change, or its faults."""
    with transaction.atomic():
        row = on_trial(row)
        lacks = lacking_column(row.mapping)
        if lacks:
            raise Refused(Code.VALUE_MISSING, column_lacks(lacks))
        _try(row, actor=actor)
    return row


def on_trial(row: LedgerImport) -> LedgerImport:
    """The row locked. Raises IllegalMove when it is no longer on trial, or at work."""
    held = LedgerImport.objects.select_for_update(of=("self",)).select_related("source", "document")
    row = held.get(pk=row.pk)
    require_rest(row)
    if not row.is_draft:
        raise IllegalMove(_("Cette reprise n’est plus à l’essai."))
    return row


def require_rest(row: LedgerImport) -> None:
    """Raises IllegalMove while a job works on it."""
    # Read after the lock: the job of before we waited may be over.
    job = Job.objects.filter(pk=row.job_id).first() if row.job_id is not None else None
    if job is not None and not job.is_over:
        raise IllegalMove(_("Un travail est en cours sur cette reprise : attendez sa fin."))


def _try(row: LedgerImport, *, actor: Any) -> None:
    if row.line_count > READ_AT_ONCE:
        start_work(row, "try", gettext_lazy("Essai d’une reprise"), row.line_count, actor=actor)
    else:
        keep_trial(row)


def start_work(row: LedgerImport, step: str, label: Any, size: int, *, actor: Any, **told: Any) -> Job:
    """Does: starts the job of one step of an import, which leads back to it. Refuses: nothing; the caller
    holds the row. Leaves behind: the job."""
    row.job = start_job(
        TASK,
        label=house_words(label, row.source.label),
        actor=actor,
        total=max(size, 1),
        ledger_import=row.pk,
        step=step,
        leads_to=row.get_absolute_url(),
        **told,
    )
    row.save(update_fields=["job"])
    return row.job


@transaction.atomic
def keep_trial(row: LedgerImport) -> None:
    """Does: reads the file and keeps what it would change, or its faults. Refuses: nothing. Leaves behind:
    the differences in place of the former ones; nothing in the books."""
    plan = plan_of(row)
    row.line_count, row.entry_count = plan.line_count, plan.entry_count
    row.same_count, row.plan = plan.found.same, plan.found.digest
    row.faults, row.fault_count = faults_as_kept(plan.faults.told), plan.faults.count
    row.save(update_fields=["line_count", "entry_count", "same_count", "plan", "faults", "fault_count"])
    row.differences.all().delete()
    if not row.fault_count:
        LedgerDifference.objects.bulk_create(_differences(row, plan.found), batch_size=_SLICE)


def _differences(row: LedgerImport, found: Comparison) -> Iterable[LedgerDifference]:
    keys = [held.ident for held, _one in found.changed] + [held.ident for held in found.gone]
    entries = {one.pk: one.entry for one in ImportedEntry.objects.filter(pk__in=keys).select_related("entry")}
    for one in found.added:
        yield _difference(row, DifferenceKind.ADDED, one, None)
    for held, one in found.changed:
        yield _difference(row, DifferenceKind.CHANGED, one, entries[held.ident])
    for held in found.gone:
        entry = entries[held.ident]
        yield LedgerDifference(
            ledger_import=row,
            kind=DifferenceKind.GONE,
            key=held.key,
            on=held.on,
            label=entry.label,
            before=entry,
            total_before=entry.total,
        )


def _difference(row: LedgerImport, kind: str, one: ReadEntry, before: Any) -> LedgerDifference:
    return LedgerDifference(
        ledger_import=row,
        kind=kind,
        key=one.key,
        on=one.draft.on,
        label=one.draft.label,
        before=before,
        total_before=before.total if before else None,
        total=one.total,
    )
