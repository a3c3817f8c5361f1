"""The books of a year in which an activity sold, spent and paid somebody: the example of the design."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounting.calculations.entries import EntryDraft, LineDraft, credit, debit
from accounting.models import PayJournalImport, PayResult
from accounting.selectors.accounts import section_of, shared_section
from accounting.services.pay_journals import FILE_KIND
from accounting.services.pay_making import open_pay_month
from accounting.services.pay_years import TASK, compute_years
from accounting.services.posting import post_entry
from cae.core.documents import store_document
from cae.core.jobs import Progress
from cae.core.models import Job, JobState
from cae.core.periods import Month, Span
from entrepreneurs.models import Activity
from people.models import User
from tests.factories.accounting_payroll import make_salaried
from tests.factories.people import make_user

YEAR = Span(date(2025, 1, 1), date(2025, 12, 31))


def post(journal: str, *lines: LineDraft, on: date = date(2025, 11, 30)) -> Any:
    with transaction.atomic():
        return post_entry(EntryDraft(journal, on, "Année", lines), actor=None, source=None)


def paid(user: User, activity: Activity, cost: str) -> None:
    """What the payroll journals of the year posted for somebody, as one."""
    section = section_of(activity).pk
    entry = post("PA", debit("gross_pay", section, Decimal(cost)), credit("pay_due", section, Decimal(cost)))
    month = open_pay_month(Month(2025, 11), actor=None)
    document = store_document(
        f"{user.pk} {cost}".encode(),
        kind=FILE_KIND,
        name="a.csv",
        mime="text/csv",
        about=month,
        actor=None,
        retention_until=date(2036, 1, 1),
    )
    received = PayJournalImport.objects.create(
        month=month,
        kind="summary",
        document=document,
        sha256=document.sha256,
        posted_on=entry.on,
        count=1,
        cost=Decimal(cost),
    )
    PayResult.objects.create(
        received=received,
        person=user.person,
        gross=Decimal(cost),
        employee=0,
        employer=0,
        net_paid=Decimal(cost),
        cost=Decimal(cost),
        entry=entry,
    )


def a_year(cost: str = "24100.00") -> tuple[User, Activity]:
    """Somebody salaried since the beginning of the year, and its books."""
    user, activity, _contract = make_salaried("40000.00", starts_on=date(2025, 1, 1))
    fill_year(user, activity, cost)
    return user, activity


def fill_year(user: User, activity: Activity, cost: str = "24100.00") -> None:
    """The books of the example: 36 000 sold, 4 000 of costs, 3 520 of contribution, and what was paid."""
    section, shared = section_of(activity).pk, shared_section().pk
    sold, costs, given = (Decimal(one) for one in ("36000.00", "4000.00", "3520.00"))
    post("VE", debit("customer", section, sold), credit("revenue_services", section, sold))
    post("OD", debit("616000", section, costs), credit("supplier", section, costs))
    post(
        "AN",
        debit("internal_charge", section, given),
        credit("internal_link", section, given),
        debit("internal_link", shared, given),
        credit("internal_income", shared, given),
    )
    paid(user, activity, cost)


def compute() -> Job:
    job = Job.objects.create(task=TASK, label="Soldes", total=9, state=JobState.RUNNING, author=make_user())
    compute_years(YEAR, through=Progress(job))
    job.refresh_from_db()
    return job
