"""A mail that cannot leave waits, is tried again, and leaves once; given up, or come back, people know it."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from cae.core import documents, facts, mail, notices, sending, todo
from cae.core.errors import IllegalMove, Refused
from cae.core.models import AuditEntry, EmailState, Notice, OutgoingEmail
from cae.settings import base
from people.states import RoleKind
from tests.factories.kernel import make_author, make_cooperative
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

WORDS = {"paragraphs": ["Bonjour"], "button": "Voir", "url": "http://coop.example/x/", "why": "Pour voir."}


def queued(**details: Any) -> OutgoingEmail:
    known = {"to": "a@example.org", "subject": "Bonjour", "context": WORDS, "cause": "test.mail"}
    return mail.queue_email(**(known | details))


class Server(socketserver.ThreadingTCPServer):
    """The least that a mail server says. It answers each mail with the next of `answers`, then « yes »."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.answers: list[str] = []
        self.recipient_answers: list[str] = []
        self.received: list[bytes] = []


class Session(socketserver.StreamRequestHandler):
    server: Server

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 essai")
        while line := self.rfile.readline():
            word = line.split()[0].upper().decode() if line.split() else ""
            if word == "QUIT":
                self.say("221 au revoir")
                return
            if word == "RCPT":
                self.say(self.server.recipient_answers.pop(0) if self.server.recipient_answers else "250 oui")
            elif word == "DATA":
                self.take()
            else:
                self.say("250 oui")

    def take(self) -> None:
        self.say("354 j'écoute".encode("ascii", "ignore").decode())
        body = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            body += line.removeprefix(b".") if line.startswith(b"..") else line
        answer = self.server.answers.pop(0) if self.server.answers else "250 recu"
        if answer.startswith("2"):
            self.server.received.append(body)
        self.say(answer)


@pytest.fixture
def smtp(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 5


@pytest.fixture
def server(smtp: None, settings: Any) -> Iterator[Server]:
    with Server() as running:
        settings.EMAIL_PORT = running.server_address[1]
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def nobody_listens(smtp: None, settings: Any) -> None:
    """A port that refuses: it was free a moment ago, and nothing listens there."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = taken.getsockname()[1]


@pytest.fixture
def watcher(monkeypatch: pytest.MonkeyPatch) -> Any:
    person = make_user()
    monkeypatch.setattr(notices, "_watchers", [lambda: [person]])
    return person


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        yield traveller


def test_a_dead_server_is_tried_again_ever_later_then_given_up_aloud(
    nobody_listens: None, clock: Any, watcher: Any
) -> None:
    author = make_author()
    row = queued(actor=author)
    begun = timezone.now()
    for attempt, delay in enumerate(sending.DELAYS, start=1):
        sending.send_waiting()
        row.refresh_from_db()
        assert (row.state, row.attempts) == (EmailState.QUEUED, attempt)
        assert row.next_attempt_at == timezone.now() + delay
        clock.shift(delay - timedelta(seconds=1))
        sending.send_waiting()
        row.refresh_from_db()
        assert row.attempts == attempt, "not before its hour"
        clock.shift(1)
    assert timezone.now() - begun > timedelta(days=2), "a server may be down for a week-end"
    assert not Notice.objects.exists()
    sending.send_waiting()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (EmailState.FAILED, sending.MAX_ATTEMPTS)
    assert "refused" in row.error.lower()
    told = {notice.user_id: notice for notice in Notice.objects.all()}
    assert set(told) == {author.pk, watcher.pk}
    assert told[author.pk].kind == sending.RETURNED
    assert "a@example.org" in told[author.pk].subject
    assert told[author.pk].url == f"/courriels/{row.pk}/"


def test_a_server_that_says_nothing_does_not_hold_the_worker(smtp: None, settings: Any) -> None:
    """It takes the call and stays silent: worse than a server that is down, if nobody hangs up."""
    assert 0 < base.EMAIL_TIMEOUT <= 60
    settings.EMAIL_TIMEOUT = 0.2
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.EMAIL_PORT = mute.getsockname()[1]
        email = queued()
        sending.send_waiting()
    email.refresh_from_db()
    assert (email.state, email.attempts) == (EmailState.QUEUED, 1)
    assert email.next_attempt_at > timezone.now()
    assert "timed out" in email.error


def test_before_it_is_given_up_the_first_page_of_administrators_says_so(
    nobody_listens: None, clock: Any
) -> None:
    admin = make_user(RoleKind.ADMINISTRATOR)
    queued()
    for delay in sending.DELAYS[:3]:
        assert labels(admin) == []
        sending.send_waiting()
        clock.shift(delay)
    assert labels(admin) == ["Vérifier le serveur de messagerie : 1 e-mail attend"]
    assert labels(make_user(RoleKind.ACCOUNTANT)) == []


def labels(user: Any) -> list[str]:
    return [
        one.label
        for one in facts.awaited_in(todo.AWAITED, user, timezone.localdate())
        if "messagerie" in one.label
    ]


def test_those_who_watch_are_told_once_of_all_that_fails_together(
    nobody_listens: None, monkeypatch: pytest.MonkeyPatch, watcher: Any
) -> None:
    monkeypatch.setattr(sending, "MAX_ATTEMPTS", 1)
    for _number in range(3):
        queued()
    queued(cause=sending.GIVEN_UP)
    sending.send_waiting()
    assert OutgoingEmail.objects.filter(state=EmailState.FAILED).count() == 4
    assert [notice.user_id for notice in Notice.objects.all()] == [watcher.pk]


def test_a_server_that_fails_first_then_accepts_gets_it_once(server: Server, clock: Any) -> None:
    server.answers = ["451 plus tard"]
    row = queued()
    sending.send_waiting()
    row.refresh_from_db()
    assert (row.state, row.attempts, server.received) == (EmailState.QUEUED, 1, [])
    assert "451" in row.error
    clock.shift(sending.DELAYS[0])
    for _again in range(3):
        sending.send_waiting()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.error) == (EmailState.SENT, 2, "")
    assert len(server.received) == 1


@pytest.mark.parametrize(
    ("arrange", "state"),
    [
        (lambda server: server.recipient_answers.append("550 inconnu"), EmailState.FAILED),
        (lambda server: server.recipient_answers.append("450 boite pleine"), EmailState.QUEUED),
        (lambda server: server.answers.append("554 refuse"), EmailState.FAILED),
    ],
)
def test_what_the_server_refuses_for_good_is_not_tried_again(
    server: Server, arrange: Callable[[Server], None], state: str
) -> None:
    arrange(server)
    row = queued()
    sending.send_waiting()
    row.refresh_from_db()
    assert row.state == state


def test_a_mail_leaves_from_the_cooperative_s_one_address_with_its_files(
    server: Server, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Alvéole <coop@example.org>"
    about = make_cooperative()
    stored = documents.Document.objects.none()
    documents.register_document_kind("test.file", right="core.view_documents", label="Essai")
    try:
        stored = documents.store_document(
            b"%PDF-essai",
            kind="test.file",
            name="facture.pdf",
            mime="application/pdf",
            about=about,
            actor=None,
            retention_until=timezone.localdate(),
        )
    finally:
        documents.RIGHT_BY_KIND.pop("test.file")
        documents.LABEL_BY_KIND.pop("test.file")
    row = queued(attachments=[stored.pk], reply_to="claire@example.org", sender_name="Photo\nLenoir")
    sending.send_waiting()
    received = message_from_bytes(server.received[0], policy=policy.default)
    assert received["From"] == "Photo Lenoir <coop@example.org>"
    assert received["Reply-To"] == "claire@example.org"
    assert received["Message-ID"] == row.message_id
    assert row.message_id.endswith("@example.org>")
    (attached,) = received.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("facture.pdf", b"%PDF-essai")


def test_without_other_name_the_sender_is_the_cooperative(server: Server) -> None:
    make_cooperative()
    queued()
    sending.send_waiting()
    received = message_from_bytes(server.received[0], policy=policy.default)
    assert str(received["From"]).startswith("Coopérative d’essai <")


def test_what_nobody_asked_just_now_keeps_the_quiet_hours(clock: Any) -> None:
    with time_machine.travel("2026-11-24 21:00 +0100", tick=False):
        at_once, later = queued(), queued(quiet=True)
    assert timezone.localtime(at_once.next_attempt_at).hour == 21
    assert f"{timezone.localtime(later.next_attempt_at):%d %H}" == "25 08"


def test_a_mail_given_up_leaves_again_when_asked(server: Server) -> None:
    server.recipient_answers.append("550 inconnu")
    row, actor = queued(), make_author("admin@example.org")
    former = row.message_id
    sending.send_waiting()
    row.refresh_from_db()
    again = sending.resend_email(row, actor=actor)
    assert (again.state, again.attempts, again.error) == (EmailState.QUEUED, 0, "")
    assert again.message_id != former
    sending.send_waiting()
    assert len(server.received) == 1
    assert AuditEntry.objects.get(verb="core.mail.resend").actor == actor
    row.refresh_from_db()
    with pytest.raises(IllegalMove):
        sending.resend_email(row, actor=actor)
    assert AuditEntry.objects.filter(verb="core.mail.resend").count() == 1


def test_a_mail_that_came_back_is_found_by_its_name_and_told(watcher: Any) -> None:
    author = make_author()
    row = queued(actor=author)
    assert not sending.mark_bounced(row.message_id, reason="x", at=timezone.now()), "it has not left"
    sending.send_waiting()
    assert not sending.mark_bounced("<inconnu@example.org>", reason="x", at=timezone.now())
    assert sending.mark_bounced(row.message_id, reason="Boîte pleine", at=timezone.now())
    assert not sending.mark_bounced(row.message_id, reason="Boîte pleine", at=timezone.now()), "told twice"
    row.refresh_from_db()
    assert (row.state, row.error) == (EmailState.BOUNCED, "Boîte pleine")
    assert {notice.user_id for notice in Notice.objects.all()} == {author.pk, watcher.pk}
    assert Notice.objects.count() == 2
    assert sending.resend_email(row, actor=author).state == EmailState.QUEUED


def test_a_personal_link_is_never_shown_and_its_mail_is_not_sent_again_without_it() -> None:
    link = "http://coop.example/invitation/secret?a=1&b=2"
    row = queued(context=WORDS | {"url": link}, secret=link)
    for part in ("text", "html"):
        assert "secret" not in mail.shown(row, part)
        assert mail.ERASED in mail.shown(row, part)
    sending.send_waiting()
    assert sending.mark_bounced(row.message_id, reason="x", at=timezone.now())
    with pytest.raises(Refused, match="un lien ou un code personnel"):
        sending.resend_email(row, actor=make_author())
    row.refresh_from_db()
    assert row.state == EmailState.BOUNCED
