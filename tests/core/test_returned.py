"""What came back: reports of servers read from the letter box, or noted by hand on the page of the mail."""

from __future__ import annotations

import imaplib
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cae.core import returned, sending
from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry, EmailState, Notice, OutgoingEmail
from cae.core.tasks import read_returned_mails
from people.states import RoleKind
from tests.core.test_mail_pages import written
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

REPORT = """From: Mail Delivery System <MAILER-DAEMON@mail.example>
To: bonjour@coop.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="limit"

--limit
Content-Type: text/plain; charset=utf-8

Votre message n'a pas pu être remis.

--limit
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; a@example.org
Action: {action}
Status: 5.1.1
{diagnostic}
--limit
Content-Type: {enclosed}

From: bonjour@coop.example
Subject: Bonjour
Message-ID: {name}

Bonjour
--limit--
"""


def report(name: str, **changes: str) -> bytes:
    known = {
        "action": "failed",
        "enclosed": "message/rfc822",
        "diagnostic": "Diagnostic-Code: smtp; 550 5.1.1 <a@example.org>:\n Recipient address rejected\n",
    }
    return REPORT.format(**known | changes, name=name).encode()


@pytest.mark.parametrize("enclosed", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_mail_and_says_why(enclosed: str) -> None:
    read = returned.read_report(report("<x@coop.example>", enclosed=enclosed))
    assert read is not None
    assert read.message_id == "<x@coop.example>"
    assert read.reason == "cette adresse n’existe pas (550 5.1.1 <a@example.org>: Recipient address rejected)"
    assert read.recipient == "a@example.org"


def test_without_words_the_status_is_the_reason() -> None:
    read = returned.read_report(report("<x@coop.example>", diagnostic=""))
    assert read is not None
    assert read.reason == "cette adresse n’existe pas (5.1.1)"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("5.1.2", "le domaine de cette adresse n’existe pas ou ne répond pas (5.1.2)"),
        ("5.2.1", "cette boîte est fermée (5.2.1)"),
        ("5.2.2 (mailbox full)", "cette boîte est pleine (5.2.2)"),
        ("5.3.4", "l’e-mail est trop lourd pour cette boîte (5.3.4)"),
        ("5.7.1", "le serveur du destinataire refuse nos e-mails (5.7.1)"),
        ("4.4.7", "le serveur du destinataire ne répond pas (4.4.7)"),
        ("5.9.9", "5.9.9"),
    ],
)
def test_the_code_of_the_server_is_said_in_words(status: str, words: str) -> None:
    raw = report("<x@coop.example>", diagnostic="").replace(b"Status: 5.1.1", f"Status: {status}".encode())
    read = returned.read_report(raw)
    assert read is not None
    assert read.reason == words


@pytest.mark.parametrize(
    "letter",
    [
        b"",
        b"From: a@example.org\n\nBonjour",
        report("<x@coop.example>", action="delayed"),
        report("<x@coop.example>", action="delivered"),
        report("", enclosed="text/plain").replace(b"Final-Recipient: rfc822; a@example.org\n", b""),
        b'Content-Type: multipart/report; boundary="x"\n\n--x\nContent-Type: message/rfc822\n\n--x--\n',
    ],
)
def test_any_other_letter_says_nothing(letter: bytes) -> None:
    assert returned.read_report(letter) is None


class LetterBox:
    """A server of letters that knows these, and what was done to them."""

    letters: dict[bytes, bytes] = {}
    seen: list[bytes] = []
    opened: list[Any] = []

    def __init__(self, host: str, port: int, timeout: int) -> None:
        self.opened.append((host, port))

    def __enter__(self) -> LetterBox:
        return self

    def __exit__(self, *_rest: object) -> None:
        return None

    def login(self, user: str, password: str) -> None:
        self.opened.append((user, password))

    def select(self, folder: str) -> None:
        self.opened.append(folder)

    def uid(self, command: str, *words: Any) -> tuple[str, list[Any]]:
        if command == "SEARCH":
            assert words == ("UNSEEN", "HEADER", "Content-Type", "delivery-status")
            return "OK", [b" ".join(uid for uid in self.letters if uid not in self.seen)]
        if command == "FETCH":
            assert words[1] == "(BODY.PEEK[])"
            return "OK", [(b"1", self.letters[words[0]]), b")"]
        assert (command, words[1:]) == ("STORE", ("+FLAGS", "(\\Seen)"))
        self.seen.append(words[0])
        return "OK", []


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch, settings: Any) -> type[LetterBox]:
    settings.RETURNS_URL = "imaps://la%40coop.example:mot%20de%20passe@mail.example/Retours"
    for name in ("letters", "seen", "opened"):
        monkeypatch.setattr(LetterBox, name, {} if name == "letters" else [])
    monkeypatch.setattr(imaplib, "IMAP4_SSL", LetterBox)
    return LetterBox


def test_the_letter_box_is_read_once(box: type[LetterBox]) -> None:
    row, other = written(EmailState.SENT), written(EmailState.SENT)
    box.letters |= {b"7": report(row.message_id), b"8": report("<inconnu@example.org>")}
    assert returned.read_returned() == 1
    assert box.opened == [("mail.example", 993), ("la@coop.example", "mot de passe"), "Retours"]
    assert box.seen == [b"7", b"8"]
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, other.state) == (EmailState.BOUNCED, EmailState.SENT)
    assert "Recipient address rejected" in row.error
    read_returned_mails()
    assert box.seen == [b"7", b"8"]


def test_its_author_is_told_why(box: type[LetterBox]) -> None:
    author = make_user()
    row = written(EmailState.SENT, actor=author)
    box.letters |= {b"7": report(row.message_id)}
    returned.read_returned()
    told = Notice.objects.get(user=author)
    assert told.subject == "Votre e-mail à a@example.org n’est pas arrivé"
    assert told.text.startswith("« Bonjour » n’a pas été remis : cette adresse n’existe pas (550")


def test_a_report_that_encloses_nothing_is_known_by_its_reader(box: type[LetterBox]) -> None:
    former, last = written(EmailState.SENT), written(EmailState.SENT)
    stranger = written(EmailState.SENT)
    OutgoingEmail.objects.filter(pk=stranger.pk).update(to="autre@example.org")
    OutgoingEmail.objects.filter(pk=former.pk).update(sent_at=timezone.now() - timedelta(days=2))
    box.letters |= {b"7": report("", enclosed="text/plain")}
    assert returned.read_returned() == 1
    states = dict(OutgoingEmail.objects.values_list("pk", "state"))
    assert states == {
        former.pk: EmailState.SENT,
        last.pk: EmailState.BOUNCED,
        stranger.pk: EmailState.SENT,
    }


def test_a_report_about_an_old_mail_touches_nothing(box: type[LetterBox]) -> None:
    row = written(EmailState.SENT)
    OutgoingEmail.objects.filter(pk=row.pk).update(sent_at=timezone.now() - timedelta(days=9))
    box.letters |= {b"7": report("", enclosed="text/plain")}
    assert returned.read_returned() == 0
    row.refresh_from_db()
    assert row.state == EmailState.SENT


def test_without_a_letter_box_nothing_is_opened(box: type[LetterBox], settings: Any) -> None:
    settings.RETURNS_URL = ""
    assert returned.read_returned() == 0
    assert box.opened == []


def test_an_administrator_notes_a_return_by_hand() -> None:
    author, admin = make_user(), make_user(RoleKind.ADMINISTRATOR)
    row = written(EmailState.SENT, actor=author)
    client, url = client_of(admin), f"/courriels/{row.pk}/retour/"
    assert url in client.get(f"/courriels/{row.pk}/").content.decode()
    assert "Noter un retour" in text(client.get(url))
    assert client.post(url, {"reason": "  "}).status_code == 422
    row.refresh_from_db()
    assert row.state == EmailState.SENT
    assert client.post(url, {"reason": "Boîte pleine"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.error) == (EmailState.BOUNCED, "Boîte pleine")
    assert AuditEntry.objects.get(verb="core.mail.bounce").detail == {"reason": "Boîte pleine"}
    assert [one.user for one in Notice.objects.all()] == [author], "who noted it knows it"
    page = text(client.get(f"/courriels/{row.pk}/"))
    assert "Revenu" in page
    assert "Renvoyer" in page
    assert client.post(url, {"reason": "Deux fois"}).status_code == 409


@pytest.mark.parametrize("state", [EmailState.QUEUED, EmailState.FAILED, EmailState.BOUNCED])
def test_only_what_left_comes_back(state: str) -> None:
    row = written(state)
    with pytest.raises(Refused):
        sending.note_bounce(row, reason="x", actor=None, at=timezone.now())
    with pytest.raises(Refused) as refused:
        sending.note_bounce(row, reason=" ", actor=None, at=timezone.now())
    assert refused.value.code == Code.VALUE_MISSING
    assert OutgoingEmail.objects.get(pk=row.pk).state == state
    assert not AuditEntry.objects.filter(verb="core.mail.bounce").exists()


def test_a_stranger_notes_nothing() -> None:
    row = written(EmailState.SENT)
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    assert client.post(f"/courriels/{row.pk}/retour/", {"reason": "x"}).status_code == 404
    row.refresh_from_db()
    assert row.state == EmailState.SENT
