"""The trial: each line's fate, with nothing written of what it is about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import audit, jobs
from cae.core.errors import IllegalMove, Refused
from cae.core.importing.columns import check_mapping, row_of
from cae.core.importing.registry import Fate, Import, import_named
from cae.core.kept_words import house_words
from cae.core.models import FateKind, ImportLine, ImportRun, ImportState

TRY_TASK = "core.try_import"
# Up to here the answer comes at once; a longer sheet is tried by a job that the page follows.
AT_ONCE = 1000
_BATCH = 1000
_OPEN_TO_TRIAL = (ImportState.MAPPING, ImportState.TRIED, ImportState.TRYING)


def try_import(run: ImportRun, *, mapping: Mapping[str, int], actor: Any) -> ImportRun:
    """Does: keeps how the columns are read and says each line's fate, at once or by a job. Refuses: a column
    that lacks or is read twice, an import already applied. Leaves behind: the lines with their fate, the
    mapping for next time; nothing of what the lines are about."""
    spec = import_named(run.code)
    check_mapping(spec, mapping)
    with transaction.atomic():
        row = ImportRun.objects.select_for_update().get(pk=run.pk)
        if row.state not in _OPEN_TO_TRIAL or row.is_at_work:
            raise IllegalMove(_("Cet import n’est plus à l’essai."))
        row.mapping = dict(mapping)
        row.state = ImportState.TRYING
        count = row.lines.count()
        if count > AT_ONCE:
            label = house_words(gettext_lazy("Essai d’import"), row.file_name)
            row.job = jobs.start_job(TRY_TASK, label=label, actor=actor, total=count, run_id=row.pk)
        row.save(update_fields=["mapping", "state", "job"])
    if count <= AT_ONCE:
        _say_fates(row, spec)
        row.refresh_from_db()
    return row


def try_in_job(job_id: int) -> None:
    """Does: the trial of a long sheet, for its job. Refuses: nothing. Leaves behind: the fates."""

    def work(progress: jobs.Progress) -> None:
        run = ImportRun.objects.get(pk=progress.arguments["run_id"])
        _say_fates(run, import_named(run.code))
        progress.job.done = progress.job.total
        progress.job.save(update_fields=["done"])

    jobs.run_job(job_id, work)


def _say_fates(run: ImportRun, spec: Import) -> None:
    lines = list(run.lines.order_by("number"))
    with transaction.atomic():
        context = spec.context(run.target, run.author)
        first: dict[str, int] = {}
        for line in lines:
            _mark(line, fate_of(spec, line, run.mapping, context), first)
        # Whatever a plan wrote to find out goes away with the trial.
        transaction.set_rollback(True)
    fields = ["fate", "label", "message", "before", "after", "about_type", "about_id"]
    with transaction.atomic():
        ImportLine.objects.bulk_update(lines, fields, batch_size=_BATCH)
        ImportRun.objects.filter(pk=run.pk, state=ImportState.TRYING).update(state=ImportState.TRIED)


def fate_of(spec: Import, line: ImportLine, mapping: Mapping[str, int], context: Any) -> Fate:
    """Gives what a line would do now; a fault of reading or a refusal of the room is its fate."""
    if line.fault:
        return Fate.refused(line.fault, label=line.raw[0] if line.raw else "")
    row = row_of(line, mapping)
    for column in spec.columns:
        if column.required and not row[column.code]:
            reason = _("« %(column)s » manque.") % {"column": column.label}
            return Fate.refused(reason, label=_first_word(row.values))
    try:
        return spec.plan(row, context)
    except Refused as refusal:
        return Fate.refused(refusal, label=_first_word(row.values))


def _first_word(values: Mapping[str, str]) -> str:
    return next((value for value in values.values() if value), "")


def stored(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they come back from the database: what is kept can be compared with what is read."""
    found: dict[str, Any] = json.loads(json.dumps(dict(values), cls=DjangoJSONEncoder))
    return found


def _mark(line: ImportLine, fate: Fate, first: dict[str, int]) -> None:
    line.fate, line.label, line.message = fate.kind, fate.label[:200], fate.reason[:500]
    line.before, line.after = stored(fate.before), stored(fate.after)
    named = audit.about(fate.about) if fate.about is not None else {"about_type": "", "about_id": ""}
    line.about_type, line.about_id = named["about_type"], named["about_id"]
    if not fate.key:
        return
    if fate.key in first:
        line.fate, line.before, line.after = FateKind.DUPLICATE, {}, {}
        line.message = _("Déjà à la ligne %(number)s de ce fichier.") % {"number": first[fate.key]}
    else:
        first[fate.key] = line.number
