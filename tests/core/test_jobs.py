"""Long work tells how far it is, can be cancelled, notes what failed, and may be run again without harm."""

from typing import Any

import pytest

from cae.core import jobs
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.models import AuditEntry, Job, JobState
from tests.factories.kernel import make_author

pytestmark = pytest.mark.django_db


def open_job(total: int = 3, **arguments: Any) -> Job:
    return Job.objects.create(
        task="core.seal_audit", label="Essai", author=make_author(), total=total, arguments=arguments
    )


def test_an_unknown_task_is_an_error_at_once_and_leaves_nothing() -> None:
    with pytest.raises(LookupError):
        jobs.start_job("core.nothing", label="Essai", actor=make_author(), total=1)
    assert not Job.objects.exists()
    assert not AuditEntry.objects.exists()


def test_work_is_followed_item_by_item() -> None:
    seen: list[tuple[str, int]] = []
    job = open_job()

    def work(progress: jobs.Progress) -> None:
        progress.each("abc", lambda item: seen.append((item, Job.objects.get().done)))

    jobs.run_job(job.pk, work)
    job.refresh_from_db()
    assert seen == [("a", 0), ("b", 1), ("c", 2)]
    assert (job.state, job.done, job.message) == (JobState.DONE, 3, "")
    assert job.started_at < job.ended_at


def test_one_refusal_does_not_stop_the_rest() -> None:
    def act(item: str) -> None:
        if item == "b":
            raise Refused(Code.EMPTY_DOCUMENT, "vide")

    job = open_job()
    jobs.run_job(job.pk, lambda progress: progress.each("abc", act))
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 3)
    assert job.failures == [{"label": "b", "reason": "vide", "id": None}]


def test_cancelling_stops_before_the_next_item() -> None:
    done: list[str] = []
    job = open_job()

    def act(item: str) -> None:
        done.append(item)
        if item == "b":
            jobs.cancel_job(job, actor=job.author)

    jobs.run_job(job.pk, lambda progress: progress.each("abc", act))
    job.refresh_from_db()
    assert done == ["a", "b"]
    assert job.state == JobState.CANCELLED
    with pytest.raises(IllegalMove):
        jobs.cancel_job(job, actor=job.author)


def test_a_job_that_is_over_is_not_run_again() -> None:
    job, calls = open_job(), []
    for _again in range(2):
        jobs.run_job(job.pk, calls.append)
    assert len(calls) == 1


def test_after_a_killed_worker_the_job_starts_over() -> None:
    job = open_job()
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, done=2, failures=[{"label": "x"}])
    jobs.run_job(job.pk, lambda progress: progress.each("abc", lambda item: None))
    job.refresh_from_db()
    assert (job.state, job.done, job.failures) == (JobState.DONE, 3, [])


def test_a_crash_is_said_in_a_sentence_and_still_raised() -> None:
    def crash(progress: jobs.Progress) -> None:
        raise ZeroDivisionError

    job = open_job()
    with pytest.raises(ZeroDivisionError):
        jobs.run_job(job.pk, crash)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.message == "Une erreur inattendue a arrêté ce travail."


def test_a_refusal_of_the_whole_fails_the_job_with_its_sentence() -> None:
    def refuse(progress: jobs.Progress) -> None:
        raise Refused(Code.EMPTY_DOCUMENT, "Rien à faire.")

    job = open_job()
    jobs.run_job(job.pk, refuse)
    job.refresh_from_db()
    assert (job.state, job.message) == (JobState.FAILED, "Rien à faire.")


def test_only_what_failed_is_tried_again() -> None:
    job = open_job(kind="x")
    job.failures = [{"label": "b", "reason": "non", "id": 7}]
    job.save()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "run_later", lambda name, **arguments: None)
        again = jobs.retry_failures(job, actor=job.author)
    assert (again.arguments, again.total) == ({"kind": "x", "ids": [7]}, 1)
    with pytest.raises(Refused) as refusal:
        jobs.retry_failures(again, actor=job.author)
    assert refusal.value.code == Code.ALREADY_DONE
