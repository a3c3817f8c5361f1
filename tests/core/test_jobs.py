"""Long work tells how far it is, can be cancelled, notes what failed, and may be run again without harm."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from cae.core import audit, jobs
from cae.core.errors import Code, IllegalMove, Refused
from cae.core.kept_words import house_words
from cae.core.models import AuditEntry, Job, JobState, Notice
from cae.core.templatetags.ui import progress
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


def test_a_label_is_kept_in_french_and_read_in_the_language_of_whoever_reads() -> None:
    author = make_author()
    with override("en"):
        label = house_words(gettext_lazy("Feuille de présence"), "Assemblée de juin")
        named = jobs.start_job("core.seal_audit", label=label, actor=author, total=0)
        alone = jobs.start_job("core.seal_audit", label=gettext_lazy("Contrôle"), actor=author, total=0)
        assert named.words == "Attendance sheet · Assemblée de juin"
    assert (named.words, alone.label) == ("Feuille de présence · Assemblée de juin", "Contrôle")
    assert AuditEntry.objects.get(about_id=str(named.pk)).about_label == named.words
    author.language = "en"
    author.save()
    jobs.run_job(named.pk, lambda progress: None)
    assert Notice.objects.get().subject == "Done: Attendance sheet · Assemblée de juin"


def test_a_label_longer_than_its_column_is_cut() -> None:
    label = house_words(gettext_lazy("Feuille de présence"), "Assemblée " * 20)
    job = jobs.start_job("core.seal_audit", label=label, actor=make_author(), total=0)
    job.refresh_from_db()
    assert len(job.label) == jobs.LABEL_LENGTH


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
    assert (job.state, job.done) == (JobState.CANCELLED, 2)
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


def test_items_without_name_cannot_be_tried_again_alone() -> None:
    job = open_job()
    job.failures = [{"label": "b", "reason": "non", "id": None}]
    job.save()
    with pytest.raises(Refused):
        jobs.retry_failures(job, actor=job.author)
    assert Job.objects.count() == 1


def test_a_worker_that_was_taken_over_stops_at_its_next_item() -> None:
    job, done = open_job(), []

    def first(item: str) -> None:
        done.append(f"first {item}")
        if item == "b":
            jobs.run_job(job.pk, lambda progress: progress.each("abc", done.append))

    jobs.run_job(job.pk, lambda progress: progress.each("abc", first))
    job.refresh_from_db()
    assert done == ["first a", "first b", "a", "b", "c"]
    assert (job.state, job.done, job.run) == (JobState.DONE, 3, 2)
    assert Notice.objects.count() == 1, "its end is told once"


@pytest.mark.parametrize(
    ("state", "age", "silent"),
    [
        (JobState.RUNNING, jobs.SILENT + timedelta(seconds=1), True),
        (JobState.RUNNING, jobs.SILENT - timedelta(seconds=5), False),
        (JobState.RUNNING, None, True),
        (JobState.PENDING, jobs.LOST + timedelta(seconds=1), True),
        (JobState.PENDING, jobs.SILENT + timedelta(seconds=1), False),
        (JobState.DONE, timedelta(days=1), False),
    ],
)
def test_silence_tells_a_dead_worker(state: str, age: timedelta | None, silent: bool) -> None:
    now = timezone.now()
    job = Job(state=state, beat_at=None if age is None else now - age, created_at=now)
    assert jobs.is_silent(job, now) == silent


def test_a_job_that_advances_is_not_resumed_and_one_that_is_over_neither() -> None:
    job = open_job()
    Job.objects.update(state=JobState.RUNNING, beat_at=timezone.now())
    with pytest.raises(IllegalMove):
        jobs.resume_job(job, actor=job.author)
    Job.objects.update(state=JobState.DONE)
    with pytest.raises(IllegalMove):
        jobs.resume_job(job, actor=job.author)
    assert not AuditEntry.objects.exists()


def test_a_job_lost_on_its_way_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    monkeypatch.setattr(jobs, "run_later", lambda name, **arguments: asked.append((name, arguments)))
    job = open_job()
    Job.objects.update(created_at=timezone.now() - jobs.LOST - timedelta(seconds=1))
    jobs.resume_job(job, actor=job.author)
    assert asked == [("core.seal_audit", {"job_id": job.pk})]
    with pytest.raises(IllegalMove):
        jobs.resume_job(job, actor=job.author)
    assert AuditEntry.objects.get(verb="core.job.resume").actor == job.author


def test_a_job_that_kills_each_worker_is_stopped_aloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "run_later", lambda name, **arguments: None)
    job = open_job()
    Job.objects.update(state=JobState.RUNNING, run=jobs.MOST_RUNS)
    assert jobs.resume_silent() == 0
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "plusieurs fois" in job.message
    assert Notice.objects.get().kind == jobs.FAILED


def refuse_b(item: str) -> None:
    if item == "b":
        raise Refused(Code.EMPTY_DOCUMENT, "vide")


def refuse_all(progress: jobs.Progress) -> None:
    raise Refused(Code.EMPTY_DOCUMENT, "Rien à faire.")


@pytest.mark.parametrize(
    ("work", "kind", "subject"),
    [
        (lambda progress: progress.each("ac", refuse_b), jobs.ENDED, "Terminé : Essai"),
        (lambda progress: progress.each("abc", refuse_b), jobs.FAILED, "Terminé avec 1 en échec : Essai"),
        (refuse_all, jobs.FAILED, "Échoué : Essai"),
    ],
)
def test_the_bell_tells_its_author_how_it_ended(work: Any, kind: str, subject: str) -> None:
    job = open_job()
    jobs.run_job(job.pk, work)
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.subject) == (job.author, kind, subject)
    assert notice.url == f"/travaux/{job.pk}/"


def test_whoever_cancelled_is_told_nothing() -> None:
    job = open_job()
    jobs.run_job(job.pk, lambda progress: progress.each("ab", lambda item: cancel(job)))
    assert Job.objects.get().state == JobState.CANCELLED
    assert not Notice.objects.exists()


def cancel(job: Job) -> None:
    jobs.cancel_job(job, actor=job.author)


@pytest.mark.parametrize(
    ("done", "elapsed", "said"),
    [
        (0, 10, "0 sur 250"),
        (120, 37, "120 sur 250, encore environ 40 s"),
        (249, 300, "249 sur 250, encore environ 5 s"),
        (1, 10, "1 sur 250, encore environ 42 minutes"),
        (250, 60, "250 sur 250"),
    ],
)
def test_progress_says_how_long_the_rest_should_take(done: int, elapsed: int, said: str) -> None:
    now = timezone.now()
    job = Job(
        state=JobState.RUNNING, done=done, total=250, started_at=now - timedelta(seconds=elapsed), beat_at=now
    )
    with time_machine.travel(now, tick=False):
        assert progress(job) == said


def test_what_a_job_does_bears_the_name_of_whoever_asked_for_it_in_anothers_name() -> None:
    """The worker is another process: what was true of the request is read again from the journal (PEO-04)."""
    asker, helper = make_author("demandeuse@example.org"), make_author("aide@example.org")
    with audit.acting_through(helper):
        through = jobs.start_job("core.seal_audit", label="Essai", actor=asker, total=1)
    alone = jobs.start_job("core.seal_audit", label="Essai", actor=asker, total=1)
    for job in (through, alone):
        jobs.run_job(
            job.pk, lambda _progress, job=job: audit.record(job.author, "core.setting.set", job) and None
        )
    acts = AuditEntry.objects.filter(verb="core.setting.set").order_by("pk")
    assert [(act.actor, act.real_actor) for act in acts] == [(asker, helper), (asker, None)]


def test_a_job_that_failed_as_a_whole_is_begun_again_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "run_later", lambda name, **arguments: None)
    job = open_job(ids=[1, 2, 3])
    jobs.run_job(job.pk, refuse_all)
    job.refresh_from_db()
    again = jobs.retry_failures(job, actor=job.author)
    assert (again.pk != job.pk, again.total, again.arguments) == (True, 3, {"ids": [1, 2, 3]})
