"""Contributions by several hands at once: one run a month, exact windows, a killed worker, the same books."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
from django.utils import timezone

from accounting.models import ContributionRun, ContributionScale, Entry
from accounting.selectors.contribution_controls import contribution_faults
from accounting.selectors.controls import balance_faults
from accounting.services.contribution_months import run_month
from accounting.services.contribution_run import ask_for_run
from accounting.services.scales import Decision, create_scale
from accounting.tasks import run_contributions_now
from cae.core import jobs
from cae.core.errors import Code, Refused
from cae.core.models import Job, JobState
from cae.core.periods import Month
from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

JUNE = Month(2026, 6)
TODAY = date(2026, 7, 5)
SLICES = {
    "kind": "slices",
    "window": "year",
    "slices": [{"up_to": "1000.00", "rate": "0.1100"}, {"up_to": None, "rate": "0.1000"}],
}


def sellers(count: int) -> list[Activity]:
    books.scale(rules=books.monthly())
    found = [make_activity(code=f"A{rank}") for rank in range(count)]
    for activity in found:
        books.take(activity, "1000.00", on=date(2026, 6, 10), number=f"F-{activity.code}")
    return found


def test_the_first_version_of_a_scale_is_recorded_once(race: Race) -> None:
    record = partial(
        create_scale,
        code="neuf",
        label="Neuf",
        rules=books.monthly(),
        valid_from=date(2027, 1, 1),
        decision=Decision("Assemblée générale", date(2026, 6, 12)),
        actor=None,
    )
    results = race([record] * 4)
    assert [one.code for one in results if isinstance(one, Refused)] == [Code.PERIOD_INVALID] * 3
    assert ContributionScale.objects.get(code="neuf").version == 1


def test_a_month_computed_by_several_hands_gives_once(race: Race) -> None:
    (activity,) = sellers(1)
    acts = [partial(run_month, activity, JUNE, today=TODAY, actor=None)] * 6
    results = race(acts)
    assert sorted(len(found) for found in results) == [0, 0, 0, 0, 0, 1]
    assert ContributionRun.objects.get().due == Decimal("135.00")


def test_documents_at_once_share_their_window(race: Race) -> None:
    books.scale(rules=books.flat("0.1") | {"shape": SLICES})
    activity = make_activity(code="A1")
    race([partial(books.take, activity, "333.33", number=f"F-{rank}") for rank in range(8)])
    whole = Decimal("110.00") + (Decimal("333.33") * 8 - 1000) * Decimal("0.1")
    assert sum(run.due for run in ContributionRun.objects.all()) == whole.quantize(Decimal("0.01"))
    assert list(contribution_faults()) == []


def test_a_worker_killed_in_the_run_leaves_books_that_the_next_completes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cae.core.jobs.run_later", lambda *_args, **_details: None)
    sellers(4)
    job = ask_for_run(JUNE, today=timezone.localdate(), actor=make_user(RoleKind.ACCOUNTANT))
    kill_in("dying_contribution.py", job.pk)
    first = Entry.objects.get(journal__code="AN")
    Job.objects.update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    jobs.resume_job(Job.objects.get(), actor=None)
    run_contributions_now(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.failures) == (JobState.DONE, 4, [])
    entries = Entry.objects.filter(journal__code="AN").order_by("number")
    assert entries[0] == first
    assert [(entry.number, entry.total) for entry in entries] == [
        (rank, Decimal("270.00")) for rank in range(1, 5)
    ]
    assert [*balance_faults(), *contribution_faults()] == []
