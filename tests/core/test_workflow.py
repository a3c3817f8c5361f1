"""A move is done under lock, once, from a state it may start from, and leaves its trace."""

from typing import Any

import pytest
import rules
from django.utils.translation import gettext_lazy as _

from cae.core import jobs, permissions, workflow
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Job, JobState
from cae.core.workflow import Move, Workflow, performs
from tests.factories.kernel import make_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def flow(monkeypatch: pytest.MonkeyPatch) -> Workflow:
    """A table of moves over a row that the kernel already has, known to this test alone."""
    monkeypatch.setattr(workflow, "WORKFLOWS", [])
    monkeypatch.setattr(
        permissions, "RIGHTS", {"test.finish": rules.always_true, "test.stop": rules.always_false}
    )
    return Workflow(
        "core.job",
        [
            Move("finish", (JobState.PENDING, JobState.RUNNING), JobState.DONE, "test.finish", _("Terminer")),
            Move("stop", (JobState.RUNNING,), JobState.CANCELLED, "test.stop", _("Arrêter")),
        ],
    )


def pending_job() -> Job:
    return Job.objects.create(task="test", label="Essai", author=make_author(), total=1)


def test_a_move_runs_its_body_and_leaves_state_and_trace(flow: Workflow) -> None:
    @performs(flow, "finish")
    def finish(job: Job, *, actor: Any, message: str) -> None:
        job.message = message

    job = pending_job()
    done = finish(job, actor=job.author, message="bien")
    assert (done.state, done.message) == (JobState.DONE, "bien")
    assert job.state == JobState.PENDING  # the caller's row is not touched: the fresh one is given back
    assert AuditEntry.objects.get().verb == "core.job.finish"


def test_a_second_time_is_refused_and_nothing_moves(flow: Workflow) -> None:
    @performs(flow, "finish")
    def finish(job: Job, *, actor: Any) -> None:
        job.done += 1

    job = pending_job()
    finish(job, actor=job.author)
    with pytest.raises(IllegalMove) as refusal:
        finish(job, actor=job.author)
    assert refusal.value.code == Code.ILLEGAL_MOVE
    assert "Terminer" in str(refusal.value)
    assert "Terminé" in str(refusal.value)
    assert Job.objects.get().done == 1
    assert AuditEntry.objects.count() == 1


def test_a_refusal_in_the_body_undoes_everything(flow: Workflow) -> None:
    @performs(flow, "finish")
    def finish(job: Job, *, actor: Any) -> None:
        jobs.cancel_job(job, actor=actor)
        raise Refused(Code.EMPTY_DOCUMENT, "non")

    job = pending_job()
    with pytest.raises(Refused):
        finish(job, actor=job.author)
    job.refresh_from_db()
    assert job.state == JobState.PENDING
    assert not AuditEntry.objects.exists()


def test_one_service_a_move(flow: Workflow) -> None:
    @performs(flow, "finish")
    def finish(job: Job, *, actor: Any) -> None: ...

    with pytest.raises(RuntimeError, match="two services"):
        performs(flow, "finish")(finish)


def test_buttons_are_the_moves_open_to_this_person_in_this_state(flow: Workflow) -> None:
    job = pending_job()
    assert [move.name for move in flow.moves_open_to(job.author, job)] == ["finish"]
    job.state = JobState.RUNNING
    assert [move.name for move in flow.moves_open_to(job.author, job)] == ["finish"]
    job.state = JobState.DONE
    assert flow.moves_open_to(job.author, job) == []
