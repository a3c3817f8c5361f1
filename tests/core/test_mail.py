"""A mail is written with its cause, sent after commit, tried again, kept in demonstration."""

from typing import Any

import pytest
from django.core import mail as outbox
from django.db import transaction

from cae.core import mail, sending
from cae.core.models import EmailState, OutgoingEmail


@pytest.fixture
def template(settings: Any, tmp_path: Any) -> str:
    """A mail of two lines, in a folder of its own."""
    (tmp_path / "essai.txt").write_text("Bonjour {{ name }}, {{ site_url }}/x/")
    (tmp_path / "essai.html").write_text("<p>Bonjour {{ name }}</p>")
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [tmp_path]}]
    return "essai"


def queued(template: str) -> OutgoingEmail:
    return mail.queue_email(
        to="a@example.org",
        subject="Bon\njour",
        template=template,
        context={"name": "<Ève>"},
        cause="test.essai",
    )


@pytest.mark.django_db(transaction=True)
def test_it_leaves_after_commit_with_both_bodies(template: str) -> None:
    with transaction.atomic():
        queued(template)
        assert outbox.outbox == []
    row = OutgoingEmail.objects.get()
    assert (row.state, row.subject, row.attempts) == (EmailState.SENT, "Bon jour", 1)
    (message,) = outbox.outbox
    assert message.body.startswith("Bonjour")
    assert "&lt;Ève&gt;" in message.alternatives[0].content


@pytest.mark.django_db(transaction=True)
def test_rolled_back_it_was_never_written(template: str) -> None:
    def fail_after_queuing() -> None:
        with transaction.atomic():
            queued(template)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_queuing()
    assert outbox.outbox == []
    assert not OutgoingEmail.objects.exists()


@pytest.mark.django_db
def test_in_demonstration_it_is_kept_and_never_sent(template: str, settings: Any) -> None:
    settings.DEMONSTRATION = True
    row = queued(template)
    sending.send_email(row.pk)
    row.refresh_from_db()
    assert row.state == EmailState.KEPT
    assert outbox.outbox == []


@pytest.mark.django_db
def test_an_address_that_lets_in_is_sent_and_not_kept(template: str) -> None:
    row = mail.queue_email(
        to="a@example.org",
        subject="x",
        template=template,
        context={"name": "http://coop.example/?a=1&b=2"},
        cause="test",
        secret="http://coop.example/?a=1&b=2",
    )
    sending.send_email(row.pk)
    row.refresh_from_db()
    assert "a=1" in outbox.outbox[0].alternatives[0].content
    assert "a=1" not in row.html
    assert mail.ERASED in row.html
    assert row.secret == ""


@pytest.mark.django_db
def test_sent_once_it_is_not_sent_again(template: str) -> None:
    row = queued(template)
    for _again in range(2):
        sending.send_email(row.pk)
    assert len(outbox.outbox) == 1


LOCKED = ("kF7mQ-8ShbNk&ZzWt3", "vX2pR-YcT4wH-mN9dJ")


def locked(template: str) -> OutgoingEmail:
    return mail.queue_email(
        to="a@example.org",
        subject="x",
        template=template,
        context={"name": " et ".join(LOCKED)},
        cause="test",
        secret="\n".join(LOCKED),
        is_locked=True,
    )


def columns(row: OutgoingEmail) -> str:
    """All that a copy of the table holds of a mail."""
    return str(OutgoingEmail.objects.filter(pk=row.pk).values_list().get())


@pytest.mark.django_db
def test_a_secret_under_lock_is_read_by_who_receives_it_and_by_no_copy_of_the_table(template: str) -> None:
    row = locked(template)
    assert not any(code[:5] in columns(row) for code in LOCKED)
    assert mail.shown(row, "text").count(mail.ERASED) == 2
    sending.send_email(row.pk)
    (sent,) = outbox.outbox
    assert all(code in sent.body for code in LOCKED)
    assert "kF7mQ-8ShbNk&amp;ZzWt3" in sent.alternatives[0].content
    row.refresh_from_db()
    assert (row.state, row.secret) == (EmailState.SENT, "")
    assert row.text.count(mail.ERASED) == row.html.count(mail.ERASED) == 2
    assert not any(code[:5] in columns(row) for code in LOCKED)


@pytest.mark.django_db
def test_a_secret_whose_lock_lost_its_key_is_given_up_aloud(template: str, settings: Any) -> None:
    row = locked(template)
    settings.SECRET_KEY = "another" * 9
    sending.send_email(row.pk)
    row.refresh_from_db()
    assert (row.state, outbox.outbox) == (EmailState.FAILED, [])
    assert "clé" in row.error
    assert mail.ERASED in mail.shown(row, "html")
