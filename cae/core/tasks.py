"""Periodic and asked-for jobs of the kernel."""

from celery import shared_task

from cae.core import audit, jobs, notice_mails, returned, sending
from cae.core.importing import runs, trying


@shared_task(name="core.send_email")
def send_email(email_id: int) -> None:
    sending.send_email(email_id)


@shared_task(name="core.send_waiting_emails")
def send_waiting_emails() -> None:
    sending.send_waiting()


@shared_task(name="core.read_returned_mails")
def read_returned_mails() -> None:
    returned.read_returned()


@shared_task(name="core.mail_notices")
def mail_notices() -> None:
    notice_mails.mail_due_notices()


@shared_task(name="core.resume_jobs")
def resume_jobs() -> None:
    jobs.resume_silent()


@shared_task(name="core.seal_audit")
def seal_audit() -> None:
    audit.seal_waiting()


@shared_task(name=trying.TRY_TASK)
def try_import(job_id: int) -> None:
    trying.try_in_job(job_id)


@shared_task(name=runs.APPLY_TASK)
def apply_import(job_id: int) -> None:
    runs.apply_import(job_id)


@shared_task(name=runs.UNDO_TASK)
def undo_import(job_id: int) -> None:
    runs.undo_import(job_id)
