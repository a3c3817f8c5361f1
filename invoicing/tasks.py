"""Jobs of the room: each fetches nothing and calls one service, which can run twice without harm."""

from celery import shared_task
from django.utils import timezone

from invoicing.services import (
    archiving,
    arriving,
    chasing,
    chasing_jobs,
    delivery_files,
    deposits,
    exchanging,
    gathering,
    incoming,
    internal_files,
    internal_sales,
    judging_files,
    mail_in,
    making,
    mileage_files,
    proformas,
    purchase_order_files,
    quote_files,
    reminder_letters,
    reminding,
    signed_files,
    taking_files,
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
    internal_files.archive_waiting_internals()
    delivery_files.archive_waiting_deliveries()
    proformas.archive_waiting_proformas()


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


@shared_task(name=taking_files.TASK)
def read_incoming_files(job_id: int) -> None:
    taking_files.read_files(job_id)


@shared_task(name=incoming.JUDGE_TASK)
def judge_incoming_file(file_id: int) -> None:
    judging_files.judge_file(file_id)


@shared_task(name="invoicing.judge_incoming_waiting")
def judge_incoming_waiting() -> None:
    judging_files.judge_waiting()


@shared_task(name=chasing.LETTER_TASK)
def make_reminder_letter(reminder_id: int) -> None:
    reminder_letters.make_letter(reminder_id)


@shared_task(name="invoicing.make_waiting_letters")
def make_waiting_letters() -> None:
    reminder_letters.make_waiting_letters()


@shared_task(name=chasing_jobs.TASK)
def send_reminders(job_id: int) -> None:
    chasing_jobs.send_reminders(job_id)


@shared_task(name="invoicing.remind_alone")
def remind_alone() -> None:
    chasing.leave_alone(at=timezone.now())


@shared_task(name="invoicing.fetch_mail")
def fetch_mail() -> None:
    mail_in.fetch_letters(at=timezone.now())


@shared_task(name=mileage_files.TASK)
def make_mileage_log(job_id: int) -> None:
    mileage_files.make_log(job_id)


@shared_task(name=making.TASK)
def make_recurring(plan_id: int) -> None:
    making.make_documents(plan_id, at=timezone.now())


@shared_task(name="invoicing.make_recurring_due")
def make_recurring_due() -> None:
    making.make_due(at=timezone.now())


@shared_task(name=delivery_files.TASK)
def make_delivery_pdf(note_id: int) -> None:
    delivery_files.archive_delivery_pdf(note_id)


@shared_task(name=delivery_files.SIGNED_TASK)
def make_signed_delivery_pdf(note_id: int) -> None:
    delivery_files.archive_signed_delivery(note_id)


@shared_task(name=proformas.TASK)
def make_proforma_pdf(proforma_id: int) -> None:
    proformas.archive_proforma_pdf(proforma_id)


@shared_task(name=internal_sales.ARCHIVE_TASK)
def archive_internal(sale_id: int) -> None:
    internal_files.archive_internal(sale_id)
