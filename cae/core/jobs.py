"""Long work that a page follows: progress in words, cancel, items that failed, what a dead worker left."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from time import monotonic
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.models import AuditEntry, Document, Job, JobState
from cae.core.notices import notify

Item = TypeVar("Item")

ENDED, FAILED = "core.job_ended", "core.job_failed"
# How often a worker gives a sign of life, and after how long without any it is dead.
BEAT = timedelta(seconds=20)
SILENT = timedelta(minutes=2)
# A job that nobody began for so long was lost on its way to the workers.
LOST = timedelta(minutes=10)
# What the column of the label holds: an assembly alone may have as long a title.
LABEL_LENGTH = 200
# A job that killed so many workers would kill the next.
MOST_RUNS = 4


class Cancelled(Exception):
    """Somebody cancelled the job, or another worker took it over: what is done stays done."""


class Progress:
    """What the work tells of itself; written outside any transaction, so that the page sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments

    def beat(self) -> None:
        """Does: gives a sign of life. Raises Cancelled when the job is over, or somebody else’s."""
        if not self._ours().filter(state=JobState.RUNNING).update(beat_at=timezone.now()):
            raise Cancelled

    @property
    def kept(self) -> Document | None:
        """What a worker that died later had made and given."""
        return self.job.result

    def keep(self, found: Document | None) -> None:
        """Does: gives the job its result in the transaction that makes it, so that whoever takes the job up
        makes it no second time. Raises Cancelled when the job is over, or somebody else’s."""
        if not self._ours().filter(state=JobState.RUNNING).update(result=found):
            raise Cancelled

    def _ours(self) -> QuerySet[Job]:
        """The row, as long as no other worker took it over."""
        return Job.objects.filter(pk=self.job.pk, run=self.job.run)

    def each(
        self,
        items: Iterable[Item],
        work: Callable[[Item], None],
        *,
        label: Callable[[Item], str] = str,
        pace: timedelta = timedelta(0),
    ) -> None:
        """Does: calls `work` on each item; a refusal is noted against the item and the rest goes on. Items of
        a few milliseconds are told of, and stopped, at a `pace`: else that would take as long as they do.

        Raises Cancelled as soon as somebody cancelled."""
        told = None
        for item in items:
            silent = told is not None and monotonic() - told < pace.total_seconds()
            if not silent:
                self.beat()
            try:
                work(item)
            except Refused as refusal:
                self.job.failures.append(
                    {"label": label(item), "reason": str(refusal), "id": getattr(item, "pk", None)}
                )
            self.job.done = min(self.job.done + 1, self.job.total)
            self.job.message = label(item)[:300]
            if not silent:
                self._tell()
                told = monotonic()
        self._tell()

    def _tell(self) -> None:
        self._ours().update(done=self.job.done, message=self.job.message, failures=self.job.failures)


def start_job(task: str, *, label: Any, actor: Any, total: int, **arguments: Any) -> Job:
    """Does: opens a job and asks for its task; its label is in the words of the house (`house_words`), which
    each reader reads in their language. Refuses: an unknown task (LookupError). Leaves behind: the row that
    the progress page reads."""
    with transaction.atomic():
        job = Job.objects.create(
            task=task, label=house_words(label)[:LABEL_LENGTH], author=actor, total=total, arguments=arguments
        )
        audit.record(actor, "core.job.start", job, detail={"task": task})
        run_later(task, job_id=job.pk)
    return job


def run_job(job_id: int, work: Callable[[Progress], Document | None]) -> None:
    """Does: runs `work` for the job, unless it is over; called again, it takes over from a worker that died
    (one that did not stops at its next item). Refuses: nothing.
    Leaves behind: the job done, failed or cancelled, with its result; its author told."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.is_over:
            return
        job.state, job.started_at = JobState.RUNNING, timezone.now()
        job.beat_at, job.run = job.started_at, job.run + 1
        job.done, job.failures = 0, []
        job.save()
    progress = Progress(job)
    try:
        with audit.acting_through(_asked_through(job)), _pulse(job):
            job.result = work(progress)
        job.state = JobState.DONE
        job.message = ""
    except Cancelled:
        return
    except Refused as refusal:
        job.state, job.message = JobState.FAILED, str(refusal)[:300]
    except Exception:
        job.state, job.message = JobState.FAILED, _("Une erreur inattendue a arrêté ce travail.")
        raise
    finally:
        if job.state != JobState.RUNNING:
            _end(job)


def _asked_through(job: Job) -> Any:
    """Whoever asked for the job in its author's name: what it does bears both names too (PEO-04)."""
    started = AuditEntry.objects.filter(verb="core.job.start", **audit.about(job))
    entry = started.select_related("real_actor__person").first()
    return entry.real_actor if entry else None


@contextmanager
def _pulse(job: Job) -> Iterator[None]:
    """Gives signs of life while an item lasts, from a thread that dies with its worker."""
    over = Event()

    def beat() -> None:
        while not over.wait(BEAT.total_seconds()):
            Job.objects.filter(pk=job.pk, run=job.run).update(beat_at=timezone.now())
            connection.close()

    heart = Thread(target=beat, name=f"pulse of job {job.pk}", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


@transaction.atomic
def _end(job: Job) -> None:
    """Writes how the job ended and tells its author, unless it was cancelled or taken over meanwhile."""
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, run=job.run)
    job.ended_at = timezone.now()
    ended = mine.update(state=job.state, message=job.message, result=job.result, ended_at=job.ended_at)
    if not ended:
        return
    went_well = job.state == JobState.DONE and not job.failures

    def subject() -> str:
        facts = {"job": job.words, "count": len(job.failures)}
        if went_well:
            return _("Terminé : %(job)s") % facts
        if job.state == JobState.FAILED:
            return _("Échoué : %(job)s") % facts
        return _("Terminé avec %(count)d en échec : %(job)s") % facts

    notify(
        [job.author],
        ENDED if went_well else FAILED,
        subject=subject,
        text=job.message,
        url=reverse("core:job_detail", args=[job.pk]),
        about=job,
    )


def cancel_job(job: Job, *, actor: Any) -> Job:
    """Does: stops the job before its next item. Refuses: a job that is over.
    Leaves behind: its state, audit."""
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if row.is_over:
            raise IllegalMove(_("Ce travail est déjà terminé."))
        row.state, row.ended_at = JobState.CANCELLED, timezone.now()
        row.save(update_fields=["state", "ended_at"])
        audit.record(actor, "core.job.cancel", row)
        return row


def retry_failures(job: Job, *, actor: Any) -> Job:
    """Does: starts a new job on the items that failed, or on all when the whole failed. Refuses: when none
    did, or none can be named. Leaves behind: the new job, given back."""
    if job.state == JobState.FAILED:
        return start_job(job.task, label=job.label, actor=actor, total=job.total, **job.arguments)
    ids = retriable(job)
    if not ids:
        raise Refused(Code.ALREADY_DONE, _("Rien, dans ce travail, ne peut être relancé."))
    return start_job(job.task, label=job.label, actor=actor, total=len(ids), **(job.arguments | {"ids": ids}))


def retriable(job: Job) -> list[Any]:
    """Gives the keys of the items that failed and can be tried again alone."""
    return [failure["id"] for failure in job.failures if failure.get("id") is not None]


def is_silent(job: Job, now: datetime) -> bool:
    """Tells whether its worker died, or never came."""
    if job.state == JobState.RUNNING:
        return job.beat_at is None or job.beat_at < now - SILENT
    return job.state == JobState.PENDING and (job.beat_at or job.created_at) < now - LOST


def resume_job(job: Job, *, actor: Any) -> Job:
    """Does: asks again for the task of a job whose worker died; it starts over, and each item already done is
    done once. Refuses: a job that is over, or whose worker gives signs of life.
    Leaves behind: audit; the former worker, if it wakes, stops by itself."""
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if row.is_over:
            raise IllegalMove(_("Ce travail est déjà terminé."))
        if not is_silent(row, timezone.now()):
            raise IllegalMove(_("Ce travail avance : il n’y a rien à reprendre."))
        row.beat_at = timezone.now()
        row.save(update_fields=["beat_at"])
        audit.record(actor, "core.job.resume", row, detail={"task": row.task})
        run_later(row.task, job_id=row.pk)
        return row


def resume_silent() -> int:
    """Does: resumes every job whose worker died. Refuses: nothing; one resumed a moment ago is left alone,
    and one that killed four workers is stopped, its author told. Leaves behind: audit for each; gives how
    many."""
    since, resumed = timezone.now() - SILENT, 0
    silent = Job.objects.filter(Q(beat_at__lt=since) | Q(beat_at=None), state=JobState.RUNNING)
    for job in silent.select_related("author").order_by("pk")[:50]:
        if job.run >= MOST_RUNS:
            job.state, job.message = JobState.FAILED, _("Ce travail a arrêté plusieurs fois la machine.")
            _end(job)
            continue
        try:
            resume_job(job, actor=None)
        except IllegalMove:
            continue
        resumed += 1
    return resumed


def remaining(job: Job, now: datetime) -> timedelta | None:
    """Gives how long the rest should take at the pace so far; None before it can be told."""
    if job.state != JobState.RUNNING or not job.done or job.started_at is None or job.done >= job.total:
        return None
    return (now - job.started_at) * (job.total - job.done) / job.done
