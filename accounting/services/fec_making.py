"""Produces the FEC of a year: read in one moment, checked, numbered, stored with its notice (ACC-48)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BufferedRandom
from tempfile import TemporaryFile
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounting.calculations.fec.check import Report, check
from accounting.calculations.fec.shape import file_name
from accounting.models import FecExport
from accounting.selectors.fec import fec_blocks, reads_openings
from accounting.selectors.fec_files import (
    FEC_ANALYTIC,
    FEC_FILE,
    FEC_NOTICE,
    files_of_exports,
    has_entries,
    is_year_closed,
    next_fec_number,
    notice_of,
)
from accounting.selectors.fec_words import faults_as_kept
from cae.core import audit
from cae.core.documents import store_document, store_file
from cae.core.errors import Code, Refused
from cae.core.identity import cooperative_on
from cae.core.jobs import Progress, start_job
from cae.core.kept_words import house_words
from cae.core.models import Cooperative, Document, Job
from cae.core.periods import Span
from cae.core.snapshots import one_moment
from cae.core.templatetags.formats import day
from cae.core.turns import take_turn

# As long as the books (C. com. L123-22).
RETENTION_YEARS = 10
TASK = "accounting.make_fec"
_TURN = "accounting.fec"
_LABEL = gettext_lazy("Fichier des écritures comptables")


@dataclass(frozen=True)
class _Files:
    """As they stand on the disk, not kept yet."""

    law: BufferedRandom
    analytic: BufferedRandom


def _go_on() -> None:
    """Nobody follows."""


def _with_it(_file: Document) -> None:
    """Nobody waits for it."""


def ask_for_fec(year: Span, *, actor: Any) -> Job:
    """Does: starts the job that produces the file. Refuses: as `make_fec`, at once. Leaves behind: the job,
    which leads to the file."""
    cooperative_on(year.ends_on)
    if not has_entries(year):
        raise _nothing(year)
    start, end = year.starts_on.isoformat(), year.ends_on.isoformat()
    label = house_words(_LABEL, year.ends_on.strftime("%d/%m/%Y"))
    return start_job(TASK, label=label, actor=actor, total=1, starts_on=start, ends_on=end)


def make_fec(
    year: Span,
    *,
    actor: Any,
    alive: Callable[[], None] = _go_on,
    kept: Callable[[Document], None] = _with_it,
) -> FecExport:
    """Does: writes the file of these days and the same with the axis of activities, checks it, keeps both
    under the next number; `alive` is called at each step and may stop it, `kept` is given the file in the
    transaction that keeps it. Refuses: a cooperative without
    identity, days without any entry. Leaves behind: the row with its totals, seal and faults; the two files
    and the notice; audit."""
    cooperative = cooperative_on(year.ends_on)
    with TemporaryFile() as held, TemporaryFile() as analytic:
        with one_moment():
            if not has_entries(year):
                raise _nothing(year)
            held.writelines(fec_blocks(year.starts_on, year.ends_on))
            analytic.writelines(fec_blocks(year.starts_on, year.ends_on, analytic=True))
            facts = {"is_provisional": not is_year_closed(year), "reads_openings": reads_openings(year)}
        alive()
        held.seek(0)
        report = check(held, starts_on=year.starts_on, ends_on=year.ends_on)
        alive()
        files = _Files(held, analytic)
        with transaction.atomic():
            export = _keep(files, year, report, facts, cooperative=cooperative, actor=actor)
            kept(files_of_exports([export])[export.pk, FEC_FILE])
        return export


def make_fec_file(progress: Progress) -> Document:
    """Does: the job that `ask_for_fec` started; stopped before the file is kept, it keeps nothing; taken up
    after a worker that died with the file made, it gives that one. Refuses, leaves behind: as `make_fec`;
    gives the file."""
    if progress.kept is not None:
        return progress.kept
    given = progress.arguments
    year = Span(date.fromisoformat(given["starts_on"]), date.fromisoformat(given["ends_on"]))
    export = make_fec(year, actor=progress.job.author, alive=progress.beat, kept=progress.keep)
    return files_of_exports([export])[export.pk, FEC_FILE]


def _nothing(year: Span) -> Refused:
    return Refused(
        Code.VALUE_MISSING,
        _("Aucune écriture du %(start)s au %(end)s : il n’y a pas de FEC à produire.")
        % {"start": day(year.starts_on), "end": day(year.ends_on)},
        field="year",
    )


def _keep(
    files: _Files,
    year: Span,
    report: Report,
    facts: dict[str, bool],
    *,
    cooperative: Cooperative,
    actor: Any,
) -> FecExport:
    take_turn(_TURN)
    files.law.seek(0)
    export = FecExport.objects.create(
        number=next_fec_number(),
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        line_count=report.lines,
        debit=report.debit,
        credit=report.credit,
        sha256=hashlib.file_digest(files.law, "sha256").hexdigest(),
        faults=faults_as_kept(report.faults),
        fault_count=len(report.faults) + report.more,
        made_by=actor,
        **facts,
    )
    name = file_name(cooperative.siren, year.ends_on)
    kept = {
        "about": export,
        "actor": actor,
        "mime": "text/plain",
        "retention_until": date(year.ends_on.year + RETENTION_YEARS, 12, 31),
    }
    store_file(files.law, kind=FEC_FILE, name=name, **kept)
    store_file(files.analytic, kind=FEC_ANALYTIC, name=name.replace(".txt", "-analytique.txt"), **kept)
    notice = notice_of(export, name=name, cooperative=cooperative)
    store_document(notice, kind=FEC_NOTICE, name=name.replace(".txt", "-notice.txt"), **kept)
    detail = {"seal": export.sha256, "lines": export.line_count, "faults": export.fault_count}
    audit.record(actor, "accounting.make_fec", export, detail=detail)
    return export
