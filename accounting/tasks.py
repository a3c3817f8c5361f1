"""Jobs of the books."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from accounting.services.contribution_run import TASK, ask_for_last_month, run_contributions
from accounting.services.controlling import control_books
from cae.core.jobs import Progress, run_job
from cae.core.periods import Month


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


@shared_task(name=TASK)
def run_contributions_now(job_id: int) -> None:
    """The contribution of a month, over all its activities or those that failed."""

    def work(progress: Progress) -> None:
        month = Month.parse(progress.arguments["month"])
        only = progress.arguments.get("ids")
        run_contributions(month, today=timezone.localdate(), through=progress, only=only)

    run_job(job_id, work)


@shared_task(name="accounting.run_last_month")
def run_last_month() -> None:
    """Each month, once the one before is over."""
    ask_for_last_month(today=timezone.localdate())
