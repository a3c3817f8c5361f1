"""The jobs of the room."""

from celery import shared_task
from django.utils import timezone

from people.services.accounts import close_due_accounts


@shared_task(name="people.close_due_accounts")
def close_due_accounts_of_today() -> None:
    close_due_accounts(on=timezone.localdate())
