"""Jobs of the books."""

from __future__ import annotations

from celery import shared_task

from accounting.services.controlling import control_books
from cae.core.jobs import Progress, run_job


@shared_task(name="accounting.check_books")
def check_books() -> None:
    """Each night, on behalf of nobody."""
    control_books(actor=None)


@shared_task(name="accounting.check_books_now")
def check_books_now(job_id: int) -> None:
    """Asked for by a person, who follows it on its page."""

    def work(progress: Progress) -> None:
        control_books(actor=progress.job.author, through=progress)

    run_job(job_id, work)
