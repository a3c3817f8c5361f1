"""One sheet, many hands: whoever clicks or takes over, each line is done once."""

from __future__ import annotations

from functools import partial

import pytest

from cae.core.errors import Refused
from cae.core.importing import runs, trying
from cae.core.models import ImportRun, ImportState, Job, Outcome, SavedView
from people.models import User
from tests.factories.imports import PAGE, sample_import
from tests.factories.people import make_user
from tests.races.conftest import Race

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LINES = 25


def tried(user: User) -> ImportRun:
    rows = "".join(f"Vue {rank};a={rank}\n" for rank in range(LINES))
    spec = sample_import()
    run = runs.open_import(
        spec, content=f"Nom;Filtre\n{rows}".encode(), name="vues.csv", target="a", actor=user
    )
    return trying.try_import(run, mapping={"name": 0, "query": 1}, actor=user)


def test_many_clicks_start_one_import(race: Race) -> None:
    user = make_user()
    run = tried(user)
    results = race([partial(runs.start_applying, run, actor=user)] * 4)
    assert sum(not isinstance(result, Refused) for result in results) == 1
    assert Job.objects.filter(task=runs.APPLY_TASK).count() == 1
    run.refresh_from_db()
    assert run.job is not None
    runs.apply_import(run.job.pk)
    assert SavedView.objects.filter(page=PAGE).count() == LINES


def test_two_workers_on_one_import_do_each_line_once(race: Race) -> None:
    user = make_user()
    run = tried(user)
    job = Job.objects.create(
        task=runs.APPLY_TASK, label="Essai", author=user, total=LINES, arguments={"run_id": run.pk}
    )
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.APPLYING, job=job)
    race([partial(runs.apply_import, job.pk)] * 3)
    runs.apply_import(job.pk)
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert SavedView.objects.filter(page=PAGE).count() == LINES
    assert run.lines.filter(outcome=Outcome.DONE).count() == LINES


def test_undoing_by_many_hands_takes_back_once(race: Race) -> None:
    user = make_user()
    run = tried(user)
    job = Job.objects.create(
        task=runs.APPLY_TASK, label="Essai", author=user, total=LINES, arguments={"run_id": run.pk}
    )
    ImportRun.objects.filter(pk=run.pk).update(state=ImportState.APPLYING, job=job)
    runs.apply_import(job.pk)
    results = race([partial(runs.start_undoing, run, actor=user)] * 4)
    assert sum(not isinstance(result, Refused) for result in results) == 1
    run.refresh_from_db()
    assert run.job is not None
    runs.undo_import(run.job.pk)
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE
    assert not SavedView.objects.filter(page=PAGE).exists()
    assert run.lines.filter(outcome=Outcome.REMOVED).count() == LINES
