"""Jobs of the room: each fetches nothing and calls one service, which can run twice without harm."""

from celery import shared_task
from django.utils import timezone

from invoicing.services import (
    archiving,
    arriving,
    deposits,
    exchanging,
    gathering,
    purchase_order_files,
    quote_files,
    reminding,
    signed_files,
    validating,
)


@shared_task(name="invoicing.archive_pdf")
def archive_pdf(invoice_id: int) -> None:
    archiving.archive_pdf(invoice_id)


@shared_task(name="invoicing.archive_waiting")
def archive_waiting() -> None:
    archiving.archive_waiting()
    quote_files.archive_waiting_quotes()
    signed_files.archive_waiting_signed()


@shared_task(name="invoicing.archive_quote_pdf")
def archive_quote_pdf(quote_id: int) -> None:
    quote_files.archive_quote_pdf(quote_id)


@shared_task(name="invoicing.archive_signed_quote")
def archive_signed_quote(quote_id: int) -> None:
    signed_files.archive_signed_quote(quote_id)


@shared_task(name="invoicing.watch_ending_quotes")
def watch_ending_quotes() -> None:
    reminding.watch_ending_quotes(at=timezone.now())


@shared_task(name=gathering.TASK)
def gather_pdfs(job_id: int) -> None:
    gathering.gather_pdfs(job_id)


@shared_task(name=validating.TASK)
def validate_documents(job_id: int) -> None:
    validating.validate_documents(job_id)


@shared_task(name=exchanging.TASK)
def hand_over(message_id: int) -> None:
    exchanging.hand_over(message_id, at=timezone.now())


@shared_task(name="invoicing.hand_over_waiting")
def hand_over_waiting() -> None:
    exchanging.hand_over_waiting(at=timezone.now())


@shared_task(name="invoicing.take_arrivals")
def take_arrivals() -> None:
    arriving.take_arrivals(at=timezone.now())


@shared_task(name=deposits.TASK)
def prepare_announced_deposit(quote_id: int) -> None:
    deposits.prepare_announced_deposit(quote_id, at=timezone.now())


@shared_task(name="invoicing.make_purchase_order_pdf")
def make_purchase_order_pdf(order_id: int) -> None:
    purchase_order_files.archive_order_pdf(order_id)
