"""Pay by several hands at once: one proposal, one file, one journal; a killed worker, the same books."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.utils import timezone

from accounting.models import Entry, PayExport, PayJournalImport, PayProposal, PayResult
from accounting.selectors.controls import balance_faults
from accounting.services.pay_exports import export_pay
from accounting.services.pay_journals import JournalFile, ask_for_import
from accounting.services.pay_proposals import agree_pay, check_pay
from accounting.states.payroll import PayState
from accounting.tasks import import_pay_journal
from cae.core import jobs
from cae.core.errors import Code, Refused
from cae.core.models import Job, JobState
from people.states import RoleKind
from tests.factories.accounting_payroll import (
    NOVEMBER,
    make_layout,
    make_proposal,
    make_received,
    make_salaried,
    make_sent,
    november,
    propose_month,
    summary,
    summary_line,
)
from tests.factories.people import make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_a_month_made_by_two_hands_proposes_once(race: Race) -> None:
    for _rank in range(3):
        make_salaried()
    authors = [make_user() for _rank in range(3)]
    results = race([partial(propose_month, actor=author) for author in authors])
    assert all(job.failures == [] for job in results)
    assert PayProposal.objects.count() == 3


def test_what_is_checked_leaves_in_one_file_only(race: Race) -> None:
    user, row = make_proposal()
    agree_pay(row, actor=user)
    check_pay(row, actor=None)
    layout, month = make_layout(), november()
    results = race([partial(export_pay, month, layout, actor=None)] * 4)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.VALUE_MISSING] * 3
    assert PayExport.objects.get().line_count == 2


def test_a_journal_dropped_twice_at_once_is_posted_once(race: Race) -> None:
    _user, row = make_sent()
    content = summary(summary_line(row))
    results = race([partial(make_received, content)] * 3)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.DUPLICATE] * 2
    assert Entry.objects.filter(journal__code="PA").count() == 1


def test_a_worker_killed_in_a_journal_leaves_the_same_books(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cae.core.jobs.run_later", lambda *_args, **_details: None)
    rows = [make_sent()[1] for _rank in range(3)]
    file = JournalFile(november(), "summary", NOVEMBER.last, summary(*map(summary_line, rows)), "paie.csv")
    job = ask_for_import(file, actor=make_user(RoleKind.ACCOUNTANT))
    kill_in("dying_pay.py", job.pk, settings.MEDIA_ROOT)
    # Nothing of it: neither an entry, nor a result, nor a pay received.
    assert not Entry.objects.filter(journal__code="PA").exists()
    assert not PayJournalImport.objects.exists()
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    jobs.resume_job(Job.objects.get(pk=job.pk), actor=None)
    import_pay_journal(job.pk)
    # Asked once more, as after a worker that died once it had committed.
    Job.objects.filter(pk=job.pk).update(state=JobState.PENDING)
    import_pay_journal(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    entries = Entry.objects.filter(journal__code="PA").order_by("number")
    assert [entry.number for entry in entries] == [1, 2, 3]
    assert PayResult.objects.count() == 3
    assert set(PayProposal.objects.values_list("state", flat=True)) == {PayState.REAL}
    assert [*balance_faults()] == []
