"""Jobs of the room: each fetches nothing and calls one service, which can run twice without harm."""

from celery import shared_task

from invoicing.services import archiving, gathering, quote_files


@shared_task(name="invoicing.archive_pdf")
def archive_pdf(invoice_id: int) -> None:
    archiving.archive_pdf(invoice_id)


@shared_task(name="invoicing.archive_waiting")
def archive_waiting() -> None:
    archiving.archive_waiting()
    quote_files.archive_waiting_quotes()


@shared_task(name="invoicing.archive_quote_pdf")
def archive_quote_pdf(quote_id: int) -> None:
    quote_files.archive_quote_pdf(quote_id)


@shared_task(name=gathering.TASK)
def gather_pdfs(job_id: int) -> None:
    gathering.gather_pdfs(job_id)
