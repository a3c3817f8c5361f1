"""Jobs of the room: each fetches nothing and calls one service, which can run twice without harm."""

from celery import shared_task

from invoicing.services import archiving, gathering


@shared_task(name="invoicing.archive_pdf")
def archive_pdf(invoice_id: int) -> None:
    archiving.archive_pdf(invoice_id)


@shared_task(name="invoicing.archive_waiting")
def archive_waiting() -> None:
    archiving.archive_waiting()


@shared_task(name=gathering.TASK)
def gather_pdfs(job_id: int) -> None:
    gathering.gather_pdfs(job_id)
