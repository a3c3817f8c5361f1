"""Sends entries to accounting programs by numbered batches, and takes the last one back (ACC-49)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from io import BufferedRandom
from tempfile import TemporaryFile
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.exports.rows import ExportChoice, Tally, grouped
from accounting.calculations.fec.check import check
from accounting.models import ExportBatch, ExportedEntry
from accounting.selectors.exports import (
    EXPORT_FILE,
    accounts_too_long,
    file_of_batch,
    last_batch,
    next_batch_number,
    rows_of,
    waiting,
    written_lines,
)
from accounting.selectors.fec import batch_blocks
from accounting.states.exports import ExportFormat
from cae.core import audit
from cae.core.documents import store_file
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Document, Job
from cae.core.periods import Span
from cae.core.templatetags.formats import day
from cae.core.turns import take_turn
from people.services.changes import one_line

TASK = "accounting.export_entries"
# As long as the books (C. com. L123-22).
RETENTION_YEARS = 10
MOST_REASON = 300
_TURN = "accounting.export_batch"
_LABEL = gettext_lazy("Export d’écritures")
_SUFFIXES = {ExportFormat.CSV: "csv", ExportFormat.FEC: "txt", ExportFormat.QUADRA: "txt"}
_TAKE = """
    INSERT INTO accounting_exportedentry (batch_id, entry_id, is_taken)
    SELECT %(batch)s, waiting.id, NOT EXISTS (
        SELECT FROM accounting_exportedentry taken WHERE taken.entry_id = waiting.id AND taken.is_taken
    )
    FROM ({waiting}) waiting
"""


def _go_on() -> None:
    """Nobody follows."""


def refuse_choice(choice: ExportChoice) -> None:
    """Raises Refused for what cannot leave: days in the wrong order, no journal, a FEC that would be grouped,
    an account too long for its layout, nothing that waits."""
    if not choice.journals:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins un journal."), field="journals")
    if choice.is_grouped and choice.format == ExportFormat.FEC:
        raise Refused(
            Code.VALUE_INVALID,
            _("Un FEC dit chaque ligne : il n’est jamais regroupé."),
            field="is_grouped",
        )
    long = accounts_too_long(choice)
    if long:
        raise Refused(
            Code.VALUE_INVALID,
            _("Le compte %(account)s a plus de 8 caractères : ce format n’en tient pas davantage.")
            % {"account": long[0]},
            field="format",
        )
    if not waiting(choice).exists():
        raise _nothing(choice)


def ask_for_export(choice: ExportChoice, *, actor: Any) -> Job:
    """Does: starts the job that makes the batch. Refuses: as `export_entries`, at once. Leaves behind: the
    job, which leads to the file."""
    refuse_choice(choice)
    return start_job(
        TASK,
        label=house_words(_LABEL, choice.days.ends_on.strftime("%d/%m/%Y")),
        actor=actor,
        total=1,
        starts_on=choice.days.starts_on.isoformat(),
        ends_on=choice.days.ends_on.isoformat(),
        journals=list(choice.journals),
        format=choice.format,
        is_grouped=choice.is_grouped,
        takes_again=choice.takes_again,
    )


def export_asked(progress: Progress) -> Document | None:
    """Does: the job that `ask_for_export` started; taken up after a worker that died with its batch made, it
    gives that one. Refuses, leaves behind: as `export_entries`; gives the file, which the job keeps with the
    batch."""
    if progress.kept is not None:
        return progress.kept
    given = progress.arguments
    choice = ExportChoice(
        days=Span(date.fromisoformat(given["starts_on"]), date.fromisoformat(given["ends_on"])),
        journals=tuple(given["journals"]),
        format=given["format"],
        is_grouped=given["is_grouped"],
        takes_again=given["takes_again"],
    )
    with transaction.atomic():
        found = file_of_batch(export_entries(choice, actor=progress.job.author, alive=progress.beat))
        progress.keep(found)
    return found


@transaction.atomic
def export_entries(choice: ExportChoice, *, actor: Any, alive: Callable[[], None] = _go_on) -> ExportBatch:
    """Does: writes the file of the entries that wait, each once; `alive` is called before it is kept and may
    stop it. Refuses: what `refuse_choice` says. Leaves behind: the batch under its number, its entries taken,
    its file and its seal; audit."""
    # Two at once: the second finds nothing left.
    take_turn(_TURN)
    refuse_choice(choice)
    number = next_batch_number()
    count = _take(choice, number)
    with TemporaryFile() as held:
        tally = _write(held, choice, number)
        alive()
        held.seek(0)
        batch = ExportBatch.objects.create(
            number=number,
            starts_on=choice.days.starts_on,
            ends_on=choice.days.ends_on,
            journals=list(choice.journals),
            format=choice.format,
            is_grouped=choice.is_grouped,
            takes_again=choice.takes_again,
            entry_count=count,
            line_count=tally.lines,
            debit=tally.debit,
            credit=tally.credit,
            sha256=hashlib.file_digest(held, "sha256").hexdigest(),
            made_by=actor,
        )
        suffix = _SUFFIXES[ExportFormat(choice.format)]
        store_file(
            held,
            kind=EXPORT_FILE,
            name=f"ecritures-{number:04}.{suffix}",
            mime="text/csv" if suffix == "csv" else "text/plain",
            about=batch,
            actor=actor,
            retention_until=date(batch.ends_on.year + RETENTION_YEARS, 12, 31),
        )
    detail = {"seal": batch.sha256, "count": count, "lines": batch.line_count}
    audit.record(actor, "accounting.export_entries", batch, detail=detail)
    return batch


@transaction.atomic
def undo_export(batch: ExportBatch, *, reason: str, actor: Any, now: datetime) -> ExportBatch:
    """Does: gives the entries of the last batch back, for the next one. Refuses: no reason, a batch undone
    already, one that another follows. Leaves behind: the batch and its file as they left, marked undone;
    audit."""
    take_turn(_TURN)
    why = one_line(reason, "reason", _("Dites pourquoi ce lot est défait."), most=MOST_REASON)
    held = ExportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.undone_at is not None:
        raise IllegalMove(_("Ce lot est déjà défait."))
    last = last_batch()
    if last != held:
        raise IllegalMove(_("Seul le dernier lot se défait : %(last)s le suit.") % {"last": last})
    ExportedEntry.objects.filter(batch=held, is_taken=True).update(is_taken=False)
    held.undone_at, held.undone_by, held.undo_reason = now, actor, why
    held.save(update_fields=["undone_at", "undone_by", "undo_reason"])
    audit.record(actor, "accounting.undo_export", held, detail={"reason": why})
    return held


def _nothing(choice: ExportChoice) -> Refused:
    facts = {"start": day(choice.days.starts_on), "end": day(choice.days.ends_on)}
    said = (
        _("Aucune écriture du %(start)s au %(end)s dans ces journaux.")
        if choice.takes_again
        else _("Du %(start)s au %(end)s, ces journaux n’ont rien qui ne soit déjà exporté.")
    )
    return Refused(Code.VALUE_MISSING, said % facts, field="starts_on")


def _take(choice: ExportChoice, number: int) -> int:
    """In one statement: a year of entries is taken as fast as it is read."""
    sql, params = waiting(choice).order_by().values("id").query.sql_with_params()
    named = {f"given_{rank}": value for rank, value in enumerate(params)}
    inner = sql % tuple(f"%(given_{rank})s" for rank in range(len(params)))
    with connection.cursor() as cursor:
        cursor.execute(_TAKE.format(waiting=inner), {"batch": number, **named})
        return int(cursor.rowcount)


def _write(held: BufferedRandom, choice: ExportChoice, number: int) -> Tally:
    """The file, and what it holds."""
    if choice.format == ExportFormat.FEC:
        held.writelines(batch_blocks(number, choice.days))
        held.seek(0)
        report = check(held)
        return Tally(report.lines, report.debit, report.credit)
    tally, rows = Tally(), rows_of(number)
    shown = tally.counted(grouped(rows) if choice.is_grouped else rows)
    held.writelines(written_lines(shown, choice.format))
    return tally
