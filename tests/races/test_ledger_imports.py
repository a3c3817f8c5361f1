"""Ledgers kept elsewhere by several hands at once; a killed worker leaves the books as they were."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.utils import timezone

from accounting.models import Entry, ImportedEntry
from accounting.selectors.controls import balance_faults
from accounting.services import ledger_applying
from accounting.services.ledger_applying import start_applying
from accounting.tasks import import_ledger_now
from cae.core import jobs
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import Job, JobState
from people.states import RoleKind
from tests.factories.accounting_ledger_imports import (
    FEES,
    PREMIUM,
    make_applied,
    make_brought,
    make_source,
    sheet,
)
from tests.factories.people import make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def test_one_file_applied_by_several_hands_is_posted_once(race: Race) -> None:
    source = make_source()
    rows = [make_brought(source, sheet(*PREMIUM)) for _rank in range(2)]
    results = race([partial(start_applying, row, actor=None) for row in (*rows, *rows)])
    refusals = [one for one in results if isinstance(one, Refused)]
    assert len(refusals) == 3
    assert all(isinstance(one, IllegalMove) or one.code == Code.STALE_FORM for one in refusals)
    assert Entry.objects.count() == ImportedEntry.objects.count() == 1


def test_a_worker_killed_in_a_file_leaves_the_former_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cae.core.jobs.run_later", lambda *_args, **_details: None)
    source, accountant = make_source(), make_user(RoleKind.ACCOUNTANT)
    make_applied(source, sheet(*PREMIUM))
    more = [line.replace(";2;", ";3;") for line in FEES]
    row = make_brought(source, sheet(*FEES, *more))
    monkeypatch.setattr(ledger_applying, "WRITTEN_AT_ONCE", 1)
    job = start_applying(row, actor=accountant)
    assert isinstance(job, Job)
    kill_in("dying_ledger.py", job.pk, settings.MEDIA_ROOT)
    # The premium stands as before, nothing of the new file does.
    assert Entry.objects.get().reverses is None
    assert ImportedEntry.objects.get().ended_by is None
    row.refresh_from_db()
    assert row.is_draft
    Job.objects.filter(pk=job.pk).update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    jobs.resume_job(Job.objects.get(pk=job.pk), actor=None)
    import_ledger_now(job.pk)
    # Asked once more, as after a worker that died once it had committed.
    Job.objects.filter(pk=job.pk).update(state=JobState.PENDING)
    import_ledger_now(job.pk)
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert Entry.objects.count() == 4
    assert ImportedEntry.objects.filter(ended_by=None).count() == 2
    assert [*balance_faults()] == []
