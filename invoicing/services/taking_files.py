"""Several files deposited at once: all kept in one go, then read one by one by a job that a page follows."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import jobs
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.models import Job
from entrepreneurs.models import Activity
from invoicing.models import IncomingFile
from invoicing.selectors.reading_words import why_unreadable
from invoicing.services.incoming import read_file, take_in
from invoicing.states.incoming import MAX_FILES_AT_ONCE, FileSource, FileState

TASK = "invoicing.read_incoming_files"


@dataclass(frozen=True)
class Deposited:
    """What became of a deposit: its files, and the job that reads them when there are several."""

    files: tuple[IncomingFile, ...]
    job: Job | None = None


def deposit_files(
    contents: Sequence[tuple[str, bytes]],
    *,
    activity: Activity | None,
    form_key: uuid.UUID,
    actor: Any,
    at: datetime,
) -> Deposited:
    """Does: keeps the files of a form, all or none, then reads them: at once when alone, by a job else. The
    same form sent twice keeps them once. Refuses: none, more than fifty, an empty one, a programme, one above
    20 MB, named in the sentence. Leaves behind: the files, the job."""
    if not contents:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins un fichier."), field="files")
    if len(contents) > MAX_FILES_AT_ONCE:
        sentence = _("Déposez %(most)d fichiers au plus à la fois.") % {"most": MAX_FILES_AT_ONCE}
        raise Refused(Code.VALUE_INVALID, sentence, field="files")
    known = tuple(IncomingFile.objects.filter(form_key=form_key).order_by("position"))
    if known:
        return Deposited(known)
    with transaction.atomic():
        files = tuple(
            _kept(content, name, position, activity=activity, form_key=form_key, actor=actor, at=at)
            for position, (name, content) in enumerate(contents)
        )
        waiting = [file.pk for file in files if file.state == FileState.TO_SORT]
        if len(waiting) > 1:
            return Deposited(files, _started(waiting, actor=actor))
    on = timezone.localdate(at)
    return Deposited(tuple(read_file(file, actor=actor, on=on) for file in files))


def _kept(content: bytes, name: str, position: int, **facts: Any) -> IncomingFile:
    at = facts.pop("at")
    try:
        return take_in(
            content,
            name=name,
            source=FileSource.UPLOAD,
            received_at=at,
            position=position,
            reads=False,
            **facts,
        )
    except Refused as refusal:
        words = _("« %(name)s » : %(reason)s") % {"name": name, "reason": refusal}
        raise Refused(refusal.code, words, field="files") from refusal


def _started(ids: list[int], *, actor: Any) -> Job:
    return jobs.start_job(
        TASK,
        label=house_words(gettext_lazy("Lecture de fichiers reçus"), len(ids)),
        actor=actor,
        total=len(ids),
        ids=ids,
        leads_to=reverse("invoicing:incoming_list"),
    )


def read_files(job_id: int) -> None:
    """Does: reads the files of the job, one transaction each. Refuses: nothing; one that can't be read, or
    that opens no purchase, is noted on its line. Leaves behind: the job, done."""
    jobs.run_job(job_id, _read)


def _read(progress: jobs.Progress) -> None:
    today, author = timezone.localdate(), progress.job.author

    def read(file: IncomingFile) -> None:
        done = read_file(file, actor=author, on=today)
        reason = done.trouble or why_unreadable(done.reason)
        if reason:
            raise Refused(Code.FILE_REFUSED, reason)

    waiting = IncomingFile.objects.filter(pk__in=progress.arguments["ids"]).select_related(
        "document", "activity"
    )
    progress.each(waiting.order_by("pk"), read, label=str)
