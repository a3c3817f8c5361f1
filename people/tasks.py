"""The jobs of the room."""

from celery import shared_task
from django.utils import timezone

from people.services.accounts import close_due_accounts
from people.services.deadline_notices import tell_due_deadlines
from people.services.deadlines import close_passed
from people.services.handed_export import HANDED_TASK, make_file
from people.services.own_export import EXPORT_TASK, forget_exports, make_export
from people.services.retention import APPROVE_TASK, approve_erasures, propose_erasures


@shared_task(name="people.close_due_accounts")
def close_due_accounts_of_today() -> None:
    close_due_accounts(on=timezone.localdate())


@shared_task(name="people.tell_deadlines")
def tell_deadlines_of_today() -> None:
    today = timezone.localdate()
    close_passed(on=today)
    tell_due_deadlines(on=today)


@shared_task(name=EXPORT_TASK)
def export_own_data(job_id: int) -> None:
    make_export(job_id)


@shared_task(name=HANDED_TASK)
def export_for_request(job_id: int) -> None:
    make_file(job_id)


@shared_task(name=APPROVE_TASK)
def approve_chosen_erasures(job_id: int) -> None:
    approve_erasures(job_id)


@shared_task(name="people.forget_exports")
def forget_exports_of_today() -> None:
    forget_exports(on=timezone.localdate())


@shared_task(name="people.propose_erasures")
def propose_erasures_of_today() -> None:
    propose_erasures(on=timezone.localdate())
