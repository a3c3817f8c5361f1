"""Every mail can be read by who watches over them and by who caused it; its secret by nobody."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from cae.core import mail
from cae.core.models import EmailState, OutgoingEmail
from cae.core.views.mails import cause_label
from people.states import RoleKind
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

WORDS = {"paragraphs": ["Bonjour"], "button": "Voir", "url": "http://coop.example/x/", "why": "Pour voir."}


def written(state: str = EmailState.FAILED, **details: Any) -> OutgoingEmail:
    known = {"to": "a@example.org", "subject": "Bonjour", "context": WORDS, "cause": "core.message"}
    row = mail.queue_email(**(known | details))
    row.state, row.error, row.attempts = state, "Connexion refusée", 9
    row.sent_at = timezone.now() if state in (EmailState.SENT, EmailState.BOUNCED) else None
    row.bounced_at = timezone.now() if state == EmailState.BOUNCED else None
    row.save()
    return row


def test_the_list_says_what_each_became_and_finds_the_failed_ones() -> None:
    written()
    written(EmailState.SENT, subject="Bien parti")
    admin = client_of(make_user(RoleKind.ADMINISTRATOR))
    page = text(admin.get("/courriels/"))
    for words in (
        "Bonjour",
        "Bien parti",
        "Non remis",
        "Envoyé",
        "Connexion refusée",
        "Message sur un dossier",
    ):
        assert words in page
    assert "En échec 1" in page
    assert "Revenus 0" in page
    failed = text(admin.get("/courriels/?state=failed"))
    assert "Bonjour" in failed
    assert "Bien parti" not in failed


@pytest.mark.parametrize("kind", [RoleKind.ACCOUNTANT, RoleKind.CO_MANAGER, RoleKind.ADVISOR])
def test_the_list_is_for_who_watches_over_the_house(kind: str) -> None:
    row = written()
    client = client_of(make_user(kind))
    assert client.get("/courriels/").status_code == 403
    assert client.post("/courriels/renvoyer/", {"ids": [row.pk]}).status_code == 403
    for url in (f"/courriels/{row.pk}/", f"/courriels/{row.pk}/message/"):
        assert client.get(url).status_code == 404
    assert client.post(f"/courriels/{row.pk}/renvoyer/").status_code == 404
    row.refresh_from_db()
    assert row.state == EmailState.FAILED


def test_whoever_caused_a_mail_sees_what_became_of_it_and_sends_it_again() -> None:
    author = make_user()
    row = written(actor=author, about=author)
    client = client_of(author)
    page = text(client.get(f"/courriels/{row.pk}/"))
    for words in ("Non remis", "Connexion refusée", "a@example.org", "Renvoyer"):
        assert words in page
    assert client.post(f"/courriels/{row.pk}/renvoyer/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts) == (EmailState.QUEUED, 0)
    assert "Renvoyer" not in text(client.get(f"/courriels/{row.pk}/"))
    assert client.post(f"/courriels/{row.pk}/renvoyer/").status_code == 409


def test_the_message_is_shown_in_a_sandbox_where_nothing_runs() -> None:
    row = written(context=WORDS | {"paragraphs": ["<script>alert(1)</script>"]})
    answer = client_of(make_user(RoleKind.ADMINISTRATOR)).get(f"/courriels/{row.pk}/message/")
    policy = answer["Content-Security-Policy"]
    assert policy.endswith("; sandbox")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script>" not in answer.content.decode()


def test_an_address_that_lets_in_is_shown_to_nobody() -> None:
    link = "http://coop.example/invitation/tres-secret/?a=1&b=2"
    row = written(secret=link, context=WORDS | {"url": link})
    client = client_of(make_user(RoleKind.ADMINISTRATOR))
    for url in (f"/courriels/{row.pk}/", f"/courriels/{row.pk}/message/", "/courriels/?q=tres-secret"):
        assert "tres-secret/" not in client.get(url).content.decode()
    row.refresh_from_db()
    assert link in row.text, "it still has to leave with its link"


def test_the_ticked_ones_that_failed_leave_again_together() -> None:
    failed, bounced, sent = written(), written(EmailState.BOUNCED), written(EmailState.SENT)
    client = client_of(make_user(RoleKind.ADMINISTRATOR))
    client.post("/courriels/renvoyer/", {"ids": [failed.pk, bounced.pk, sent.pk]})
    states = dict(OutgoingEmail.objects.values_list("pk", "state"))
    assert states == {failed.pk: "queued", bounced.pk: "queued", sent.pk: "sent"}
    assert "2 e-mails repartent" in text(client.get("/courriels/"))


def test_a_record_shows_the_mails_it_caused() -> None:
    about = make_user()
    written(about=about)
    written(EmailState.QUEUED, about=about, subject="En route")
    written(subject="D’un autre", about=make_user())
    shown = render_to_string("components/mails.html", {"mails": mail.mails_about(about)})
    for words in ("Bonjour", "Non remis", "Connexion refusée", "En route", "nouvel essai le"):
        assert words in shown
    assert "D’un autre" not in shown
    assert "Aucun e-mail envoyé" in render_to_string("components/mails.html", {"mails": []})


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("people.invitation", "Invitation à ouvrir un compte"),
        ("core.message", "Message sur un dossier que je suis"),
        ("people.role.give", "Rôle donné"),
        ("account.password_reset_key", "Sécurité du compte"),
        ("people.whatever", "Personnes"),
        ("old.whatever", "old.whatever"),
    ],
)
def test_the_cause_of_a_mail_has_its_words(code: str, said: str) -> None:
    assert cause_label(code) == said
