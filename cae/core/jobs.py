"""Long work that a page follows: progress in words, cancel, items that failed and their retry."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core import audit
from cae.core.background import run_later
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Document, Job, JobState

Item = TypeVar("Item")


class Cancelled(Exception):
    """Somebody cancelled the job: what is done stays done, the rest is not begun."""


class Progress:
    """What the work tells of itself; written outside any transaction, so that the page sees it."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.arguments: dict[str, Any] = job.arguments

    def each(
        self, items: Iterable[Item], work: Callable[[Item], None], *, label: Callable[[Item], str] = str
    ) -> None:
        """Does: calls `work` on each item; a refusal is noted against the item and the rest goes on.

        Raises Cancelled as soon as somebody cancelled."""
        for item in items:
            if not Job.objects.filter(pk=self.job.pk, state=JobState.RUNNING).exists():
                raise Cancelled
            try:
                work(item)
            except Refused as refusal:
                self.job.failures.append(
                    {"label": label(item), "reason": str(refusal), "id": getattr(item, "pk", None)}
                )
            self.job.done = min(self.job.done + 1, self.job.total)
            self.job.message = label(item)[:300]
            self.job.save(update_fields=["done", "message", "failures"])


def start_job(task: str, *, label: str, actor: Any, total: int, **arguments: Any) -> Job:
    """Does: opens a job and asks for its task. Refuses: an unknown task (LookupError).
    Leaves behind: the row that the progress page reads."""
    with transaction.atomic():
        job = Job.objects.create(task=task, label=label, author=actor, total=total, arguments=arguments)
        audit.record(actor, "core.job.start", job, detail={"task": task})
        run_later(task, job_id=job.pk)
    return job


def run_job(job_id: int, work: Callable[[Progress], Document | None]) -> None:
    """Does: runs `work` for the job, unless it is over; may be called twice (a worker died meanwhile).
    Refuses: nothing. Leaves behind: the job done, failed or cancelled, with its result."""
    with transaction.atomic():
        job = Job.objects.select_for_update().get(pk=job_id)
        if job.is_over:
            return
        job.state, job.started_at = JobState.RUNNING, timezone.now()
        job.done, job.failures = 0, []
        job.save()
    progress = Progress(job)
    try:
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
            job.ended_at = timezone.now()
            Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(
                state=job.state, message=job.message, result=job.result, ended_at=job.ended_at
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
    """Does: starts a new job on the items that failed. Refuses: when none did.
    Leaves behind: the new job, given back."""
    ids = [failure["id"] for failure in job.failures if failure.get("id") is not None]
    if not ids:
        raise Refused(Code.ALREADY_DONE, _("Rien n’a échoué dans ce travail."))
    return start_job(job.task, label=job.label, actor=actor, total=len(ids), **(job.arguments | {"ids": ids}))
