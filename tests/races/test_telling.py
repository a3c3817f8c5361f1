"""Two workers at once, or one killed: each thing is told once, each mail leaves once, each job ends."""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from cae.core import jobs, mail, notice_mails, notices, sending, threads
from cae.core.models import AuditEntry, Job, JobState, Message, Notice, OutgoingEmail
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.races.conftest import Race
from tests.races.killing import kill_in

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORKERS = 6
WORDS = {"paragraphs": ["Bonjour"], "button": "Voir", "url": "http://coop.example/x/", "why": "Pour voir."}


def test_many_workers_write_the_digest_of_each_person_once(race: Race, settings: Any) -> None:
    settings.DEMONSTRATION = True  # written and kept: sending has its own test
    people = [make_user() for _number in range(5)]
    for number in range(3):
        notices.notify(people, "core.mail_given_up", subject=f"Avis {number}", url="/")
    Notice.objects.update(mail_due_at=timezone.now() - timedelta(days=7))
    written = race([notice_mails.mail_due_notices] * WORKERS)
    assert sum(written) == len(people)
    assert sorted(OutgoingEmail.objects.values_list("to", flat=True)) == sorted(one.email for one in people)
    assert not Notice.objects.filter(mailed_at=None).exists()
    for row in OutgoingEmail.objects.all():
        assert [row.text.count(f"Avis {number}") for number in range(3)] == [1, 1, 1]


def test_a_mail_that_many_workers_take_leaves_once(race: Race, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "run_later", lambda *args, **details: None)
    row = mail.queue_email(to="a@example.org", subject="Bonjour", context=WORDS, cause="test.mail")
    race([partial(sending.send_email, row.pk)] * WORKERS)
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("sent", 1)
    assert len(outbox.outbox) == 1


def test_a_double_click_on_a_message(race: Race) -> None:
    owner = make_activity()
    invoice, author = make.draft(owner), make_user(RoleKind.ACCOUNTANT)
    write = partial(threads.post_message, invoice, text="Merci de préciser.", actor=author)
    assert len({message.pk for message in race([write] * 4)}) == 1
    threads.post_message(invoice, text="Autre chose.", actor=author)
    with time_machine.travel(timezone.now() + threads.TWICE + timedelta(seconds=1)):
        write()
    assert sorted(Message.objects.values_list("text", flat=True)) == [
        "Autre chose.",
        "Merci de préciser.",
        "Merci de préciser.",
    ]


def open_job(total: int = 3) -> Job:
    author = make_user(RoleKind.ACCOUNTANT)
    return Job.objects.create(task="accounting.check_books_now", label="Essai", author=author, total=total)


def test_a_worker_gives_signs_of_life_while_an_item_lasts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BEAT", timedelta(milliseconds=50))
    job, seen = open_job(1), []

    def work(item: str) -> None:
        for _look in range(20):
            time.sleep(0.05)
            seen.append(Job.objects.get(pk=job.pk).beat_at)

    jobs.run_job(job.pk, lambda progress: progress.each("a", work))
    assert len(set(seen)) > 2


def test_a_job_whose_worker_was_killed_is_recognised_and_resumed() -> None:
    job = open_job()
    kill_in("dying_job.py", job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.run) == (JobState.RUNNING, 1, 1)
    assert jobs.resume_silent() == 0, "a moment ago it was alive"
    Job.objects.update(beat_at=timezone.now() - jobs.SILENT - timedelta(seconds=1))
    assert jobs.resume_silent() == 1
    job.refresh_from_db()
    assert (job.state, job.run, job.failures) == (JobState.DONE, 2, [])
    assert AuditEntry.objects.get(verb="core.job.resume").about_id == str(job.pk)
    assert jobs.resume_silent() == 0
