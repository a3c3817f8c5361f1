"""A batch of letters: each person has theirs once, whatever dies or clicks twice meanwhile (ENT-22)."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from cae.core import jobs
from cae.core.documents import read_document
from cae.core.models import AuditEntry, Document, Job, JobState
from entrepreneurs.models import Letter
from entrepreneurs.services import letters
from entrepreneurs.services.letters import LETTER_FILE, LETTERS_FILE, MAKE_LETTERS, make_letter, run_letters
from entrepreneurs.services.templates import new_letter_text
from people.models import Person
from people.states import RoleKind
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_person, make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def job() -> Job:
    """A letter to three people."""
    make_cooperative()
    text = new_letter_text(
        label="Invitation",
        body="Bonjour {{ personne.prenom }}.",
        valid_from=BEGINNING,
        on=BEGINNING,
        actor=None,
    )
    people = [make_person().pk for _n in range(3)]
    author = make_user(RoleKind.HUMAN_RESOURCES)
    said = {"code": text.code, "ids": people}
    return Job.objects.create(task=MAKE_LETTERS, label="Courriers", author=author, total=3, arguments=said)


def archived(job: Job) -> list[str]:
    """The names of the files in the archive that the job gives."""
    assert job.result is not None
    with zipfile.ZipFile(BytesIO(read_document(job.result))) as archive:
        return archive.namelist()


def made_once(job: Job) -> None:
    job.refresh_from_db()
    assert (job.state, job.done, job.failures) == (JobState.DONE, 3, [])
    assert Letter.objects.count() == Letter.objects.values("person").distinct().count() == 3
    assert Document.objects.filter(kind=LETTER_FILE).count() == 3
    assert Document.objects.get(kind=LETTERS_FILE) == job.result
    assert AuditEntry.objects.filter(verb="entrepreneurs.letter.make").count() == 3
    assert len(set(archived(job))) == 3


@pytest.mark.parametrize("moment", ["letter", "archive"])
def test_a_worker_killed_in_a_batch_is_resumed_and_nothing_is_doubled(
    job: Job, moment: str, settings: Any
) -> None:
    kill_in("dying_letters.py", job.pk, moment, settings.MEDIA_ROOT)
    job.refresh_from_db()
    done = {"letter": 1, "archive": 3}[moment]
    assert (job.state, job.done, job.result) == (JobState.RUNNING, done, None)
    assert Letter.objects.count() == done, "what was not committed never was"
    assert jobs.resume_silent() == 0, "a moment ago it was alive"
    Job.objects.update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    assert jobs.resume_silent() == 1
    made_once(job)


def test_a_worker_killed_once_its_archive_is_given_leaves_that_one(job: Job) -> None:
    run_letters(job.pk)
    given = Job.objects.get(pk=job.pk).result
    silent = timezone.now() - jobs.SILENT - timedelta(seconds=1)
    Job.objects.update(state=JobState.RUNNING, ended_at=None, beat_at=silent)
    assert jobs.resume_silent() == 1
    made_once(job)
    assert job.result == given


def test_two_workers_on_one_batch_make_each_letter_once(job: Job, race: Race) -> None:
    race([partial(run_letters, job.pk)] * 2)
    job.refresh_from_db()
    if job.state != JobState.DONE:  # both stopped at the other: the next worker ends it
        run_letters(job.pk)
    made_once(job)


def test_a_letter_that_another_worker_makes_meanwhile_is_the_one(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker was taken for dead while it drew the letter."""
    person, drawn = Person.objects.get(pk=job.arguments["ids"][0]), letters.letter_pdf
    make = partial(
        make_letter, person, code=job.arguments["code"], on=timezone.localdate(), actor=None, job=job
    )
    first: list[Letter] = []

    def draw_slowly(*said: Any, **details: Any) -> bytes:
        monkeypatch.setattr(letters, "letter_pdf", drawn)
        first.append(make())
        return drawn(*said, **details)

    monkeypatch.setattr(letters, "letter_pdf", draw_slowly)
    assert [make()] == first == list(Letter.objects.all())
    assert Document.objects.filter(kind=LETTER_FILE).count() == 1


def test_a_worker_taken_over_files_no_archive(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last letter is made when another worker, which files them, has begun."""
    archive = letters._archive

    def after_another(found: Sequence[Letter]) -> bytes:
        monkeypatch.setattr(letters, "_archive", archive)
        run_letters(job.pk)
        return archive(found)

    monkeypatch.setattr(letters, "_archive", after_another)
    run_letters(job.pk)
    made_once(job)


def test_who_lacks_what_the_text_needs_is_named_and_the_others_have_theirs(job: Job) -> None:
    text = new_letter_text(
        label="Rappel", body="{{ personne.telephone }}", valid_from=BEGINNING, on=BEGINNING, actor=None
    )
    Person.objects.filter(pk=job.arguments["ids"][0]).update(phone="0612345678")
    job.arguments["code"] = text.code
    job.save()
    run_letters(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 3)
    assert sorted(failure["id"] for failure in job.failures) == sorted(job.arguments["ids"][1:])
    assert all("personne.telephone" in failure["reason"] for failure in job.failures)
    assert Letter.objects.count() == len(archived(job)) == 1
    # What was missing is completed: the rest is asked for again, and for nobody twice.
    Person.objects.filter(phone="").update(phone="0612345678")
    again = jobs.retry_failures(job, actor=job.author)
    again.refresh_from_db()
    assert (again.state, again.failures) == (JobState.DONE, [])
    assert Letter.objects.count() == 3
