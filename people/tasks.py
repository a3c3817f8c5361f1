"""The jobs of the room."""

from celery import shared_task
from django.utils import timezone

from people.services.accounts import close_due_accounts
from people.services.deadline_notices import tell_due_deadlines


@shared_task(name="people.close_due_accounts")
def close_due_accounts_of_today() -> None:
    close_due_accounts(on=timezone.localdate())


@shared_task(name="people.tell_deadlines")
def tell_deadlines_of_today() -> None:
    tell_due_deadlines(on=timezone.localdate())
