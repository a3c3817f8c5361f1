"""The words of a mail: those of origin, then those of the cooperative from a date on; of a closed list."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.utils import Error
from django.utils.translation import override

from cae.core import mail, mail_texts
from cae.core.errors import Code, Refused
from cae.core.mail_texts import MailKind, Place
from cae.core.models import AuditEntry, MailText
from people.states import RoleKind
from tests.factories.kernel import make_author
from tests.factories.people import make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

WORDS = {"client": "Jeanne <D>", "montant": "120,00 €"}
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    bill = MailKind(
        "test.bill",
        "Envoi d’une facture",
        "Facture de {{ montant }}",
        "Bonjour {{client}},\n\nVoici {{ montant }}.",
        {"client": Place("le client", "Jeanne Durand"), "montant": Place("le montant", "1,00 €")},
    )
    kinds = {"test.bill": bill}
    monkeypatch.setattr(mail_texts, "MAILS", kinds)


def save(subject: str = "Pour {{ client }}", body: str = "Merci {{ client }}.", **facts: Any) -> MailText:
    known = {"language": "fr", "valid_from": TODAY, "actor": None}
    return mail_texts.save_text("test.bill", subject=subject, body=body, **(known | facts))


def words(on: date = TODAY) -> dict[str, Any]:
    return mail_texts.words_of("test.bill", WORDS, on=on)


def test_a_kind_of_mail_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        mail_texts.register_mail(mail_texts.MAILS["test.bill"])


def test_the_words_of_origin_serve_until_others_are_decided() -> None:
    origin = {"subject": "Facture de 120,00 €", "paragraphs": ["Bonjour Jeanne <D>,", "Voici 120,00 €."]}
    tomorrow = TODAY + timedelta(days=1)
    assert words() == origin
    save(valid_from=tomorrow)
    assert words() == origin
    assert words(tomorrow) == {"subject": "Pour Jeanne <D>", "paragraphs": ["Merci Jeanne <D>."]}
    with override("en"):
        assert words(tomorrow) == origin, "each language has its own"
    save("", "", valid_from=tomorrow + timedelta(days=1))
    assert words(tomorrow + timedelta(days=1)) == origin
    assert words(tomorrow)["subject"] == "Pour Jeanne <D>", "the past keeps its own"


def test_the_last_words_of_one_day_win_and_the_journal_says_both() -> None:
    save(actor=make_author())
    save("Encore {{ montant }}")
    assert words()["subject"] == "Encore 120,00 €"
    entry = AuditEntry.objects.filter(verb="core.mail_text.save").latest("pk")
    assert entry.detail["subject"] == ["Pour {{ client }}", "Encore {{ montant }}"]
    assert "body" not in entry.detail


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [
        ({"subject": ""}, "subject", Code.VALUE_MISSING),
        ({"body": " "}, "body", Code.VALUE_MISSING),
        ({"body": "{{ clent }}"}, "body", Code.VALUE_INVALID),
        ({"subject": "{{ client.person.email }}"}, "subject", Code.VALUE_INVALID),
        ({"body": "{{ client|safe }}"}, "body", Code.VALUE_INVALID),
        ({"body": "{% include 'x' %}"}, "body", Code.VALUE_INVALID),
        ({"body": "{{ client"}, "body", Code.VALUE_INVALID),
        ({"subject": "x" * 201}, "subject", Code.TEXT_TOO_LONG),
    ],
)
def test_a_word_outside_the_list_is_refused_in_one_sentence(
    facts: dict[str, str], field: str, code: Code
) -> None:
    with pytest.raises(Refused) as refusal:
        save(**facts)
    assert (refusal.value.field, refusal.value.code) == (field, code)
    assert not MailText.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_room_that_forgets_a_word_is_at_fault() -> None:
    with pytest.raises(KeyError, match="montant"):
        mail_texts.words_of("test.bill", {"client": "x"}, on=TODAY)


def test_a_version_is_written_for_ever() -> None:
    row = save()
    row.subject = "Autre"
    with pytest.raises(Error), transaction.atomic():
        row.save()
    with pytest.raises(Error), transaction.atomic():
        row.delete()


def test_a_mail_takes_the_words_of_its_day_escaped_and_never_run() -> None:
    context = {"button": "Payer", "url": "http://coop.example/d/", "why": "Facture."}
    with time_machine.travel("2026-11-24 12:00 +0100", tick=False):
        save(body="Merci {{ client }}.\n\n<i>À bientôt</i>")
        row = mail.queue_email(
            to="a@example.org", words=WORDS | {"client": "{{ montant }}"}, context=context, cause="test.bill"
        )
    assert row.subject == "Pour {{ montant }}", "what people typed is not filled in again"
    assert "&lt;i&gt;À bientôt&lt;/i&gt;" in row.html
    assert "<i>À bientôt</i>" in row.text


@pytest.mark.usefixtures("demonstration")
class TestPages:
    url = "/reglages/courriels/test.bill/"
    typed = {"subject": "Pour {{ client }}", "body": "Merci {{ client }}.", "valid_from": "2026-11-24"}

    def test_only_who_sets_the_house_changes_its_words(self) -> None:
        client = client_of(make_user(RoleKind.ACCOUNTANT))
        assert client.get("/reglages/courriels/").status_code == 403
        assert client.post(self.url, self.typed).status_code == 403
        assert not MailText.objects.exists()
        admin = client_of(make_user(RoleKind.ADMINISTRATOR))
        assert admin.get("/reglages/courriels/inconnu/").status_code == 404
        assert admin.get(self.url + "?langue=de").status_code == 404

    def test_words_are_seen_then_saved_then_given_up(self) -> None:
        client = client_of(make_user(RoleKind.ADMINISTRATOR))
        assert "d’origine" in text(client.get("/reglages/courriels/"))
        preview = client.post(self.url, self.typed | {"do": "preview"})
        assert preview.status_code == 200
        assert "Merci Jeanne Durand." in text(preview)
        assert not MailText.objects.exists(), "looking decides nothing"
        assert client.post(self.url, self.typed | {"do": "save"}).status_code == 302
        assert "Pour {{ client }}" in text(client.get(self.url))
        assert "de la coopérative, depuis le 24/11/2026" in text(client.get("/reglages/courriels/"))
        assert client.post(self.url, {"do": "restore", "valid_from": "2026-11-24"}).status_code == 302
        assert MailText.objects.latest("pk").body == ""
        assert "d’origine" in text(client.get("/reglages/courriels/"))

    def test_a_wrong_word_comes_back_at_its_field_with_what_was_typed(self) -> None:
        client = client_of(make_user(RoleKind.ADMINISTRATOR))
        for act in ("preview", "save"):
            answer = client.post(self.url, self.typed | {"body": "Merci {{ clent }}.", "do": act})
            assert answer.status_code == 422
            assert "« {{ clent }} » n’est pas un mot de la liste" in text(answer)
            assert "Merci {{ clent }}." in text(answer)
        assert not MailText.objects.exists()

    def test_each_language_has_its_words(self) -> None:
        client = client_of(make_user(RoleKind.ADMINISTRATOR))
        client.post(self.url + "?langue=en", self.typed | {"do": "save"})
        assert MailText.objects.get().language == "en"


def test_a_name_joins_the_sentence_of_the_cooperative() -> None:
    said = mail_texts.fill("Devis de {{ qui }}", "Parce que {{qui}} vous l’envoie.", {"qui": "Atelier Bois"})
    assert said == {"subject": "Devis d’Atelier Bois", "paragraphs": ["Parce qu’Atelier Bois vous l’envoie."]}
