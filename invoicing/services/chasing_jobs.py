"""Sends the reminders of the day to many customers, as a job that a page follows (INV-42)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cae.core import jobs
from cae.core.errors import Code, Refused
from cae.core.kept_words import house_words
from cae.core.models import Document, Job
from invoicing.models import Customer
from invoicing.selectors.chasing import chased_of, departures_of
from invoicing.services.chasing import send_departure
from invoicing.states.chasing import ReminderChannel

TASK = "invoicing.send_reminders"


def start_reminders(customers: Sequence[int], *, actor: Any) -> Job:
    """Does: asks for the mails due today to these customers. Refuses: none. Leaves behind: a job whose page
    says what left and what did not."""
    if not customers:
        raise Refused(Code.VALUE_MISSING, _("Choisissez au moins un client à relancer par e-mail."))
    label = house_words(gettext_lazy("Relances du jour"), len(customers))
    return jobs.start_job(TASK, label=label, actor=actor, total=len(customers), ids=list(customers))


def send_reminders(job_id: int) -> None:
    """Does: sends the mails that are still due to each customer; what was paid or contested since is left
    out. Refuses: nothing (a customer without address is noted on the job). Leaves behind: the reminders;
    called again, it reminds nobody twice."""
    jobs.run_job(job_id, _send)


def _send(progress: jobs.Progress) -> Document | None:
    job = progress.job
    rows = Customer.objects.filter(pk__in=job.arguments["ids"]).select_related("activity").order_by("pk")

    def remind(customer: Customer) -> None:
        at = timezone.now()
        for departure in departures_of(list(chased_of(customer, on=timezone.localdate(at)))):
            if departure.channel == ReminderChannel.MAIL:
                send_departure(departure, actor=job.author, at=at)

    progress.each(rows, remind, label=str)
    return None
