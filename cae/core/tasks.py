"""Periodic and asked-for jobs of the kernel."""

from celery import shared_task

from cae.core import audit, mail


@shared_task(name="core.send_email")
def send_email(email_id: int) -> None:
    mail.send_email(email_id)


@shared_task(name="core.send_waiting_emails")
def send_waiting_emails() -> None:
    mail.send_waiting()


@shared_task(name="core.seal_audit")
def seal_audit() -> None:
    audit.seal_waiting()
