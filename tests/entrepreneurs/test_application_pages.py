"""A candidate's pages: by a link or the account, never by another's; nothing typed is lost (ENT-01 to 05)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.links import create_link, link_of, withdraw_link
from cae.core.models import Message, OutgoingEmail, PersonalLink
from cae.core.threads import post_message
from entrepreneurs.calculations.steps import StepCode
from entrepreneurs.models import Application, DocumentRequest
from entrepreneurs.selectors.applications import fingerprint, papers_of
from entrepreneurs.states.applications import APPLICATION_LINK, ApplicationState
from people.states import RoleKind
from tests.factories import applications as make
from tests.factories.people import make_person, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def url(name: str, *args: Any) -> str:
    return reverse(f"entrepreneurs:{name}", args=args)


def key_of(application: Application) -> str:
    _link, token = create_link(
        application, purpose=APPLICATION_LINK, ends_at=timezone.now() + timedelta(days=3), actor=None
    )
    return token


def start(client: Client, **typed: str) -> Any:
    known = {"first_name": "Nina", "last_name": "Roy", "email": make.EMAIL} | typed
    return client.post(url("application_start", "idea"), known)


def test_the_three_doors_and_what_to_know_first() -> None:
    page = text(Client().get(url("application_home")))
    for words in ("J’ai une activité", "J’ai une idée", "dans un collectif", "demi-heure", "24 mois"):
        assert words in page
    assert Client().get(url("application_start", "fenetre")).status_code == 404


def test_a_stranger_begins_by_the_mail_and_the_page_says_the_same_to_all() -> None:
    make.submitted()
    cache.clear()
    known, unknown = start(Client()), start(Client(), email="autre@exemple.fr")
    assert known["Location"] == unknown["Location"] == url("application_sent")
    answers = {
        Client().post(url("application_resume"), {"email": to})["Location"] for to in (make.EMAIL, "x@y.fr")
    }
    assert answers == {url("application_sent")}


def test_a_wrong_start_comes_back_with_what_was_typed() -> None:
    answer = start(Client(), email="nina")
    assert answer.status_code == 422
    assert 'value="Nina"' in answer.content.decode()
    assert not Application.objects.exists()


def test_an_address_that_insists_is_mailed_no_more_and_told_the_same() -> None:
    for _again in range(8):
        assert start(Client())["Location"] == url("application_sent")
    assert OutgoingEmail.objects.count() == Application.objects.count() == 4


def test_a_page_is_saved_and_leads_to_the_next() -> None:
    application = make.draft("idea")
    key = key_of(application)
    client = Client()
    assert "0 étape" in text(client.get(url("application", key)))
    step = url("application_step", key, "competences")
    shown = fingerprint(application, StepCode.SKILLS)
    answer = client.post(step, {"career": "Cuisine", "skills": "Tournage", "shown": shown})
    assert answer["Location"] == url("application_step", key, "test")
    assert "1 étape faite sur 8" in text(client.get(url("application", key)))
    back = client.post(step, {"career": "Cuisine", "skills": "Émail", "shown": fingerprint(
        Application.objects.get(), StepCode.SKILLS), "list": "1"})  # fmt: skip
    assert back["Location"] == url("application", key)


def test_two_windows_show_both_answers_and_the_second_press_saves() -> None:
    application = make.draft("idea")
    key, client = key_of(application), Client()
    step = url("application_step", key, "competences")
    shown = fingerprint(application, StepCode.SKILLS)
    client.post(step, {"skills": "Tournage", "shown": shown})
    answer = client.post(step, {"skills": "Émaillage", "shown": shown})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Tournage" in page
    assert "Émaillage" in page
    assert Application.objects.get().skills == "Tournage"
    again = answer.context["form"].data["shown"]
    assert client.post(step, {"skills": "Émaillage", "shown": again}).status_code == 302
    assert Application.objects.get().skills == "Émaillage"


def test_a_wrong_answer_is_told_at_its_place_and_nothing_is_lost() -> None:
    application = make.draft("activity")
    key = key_of(application)
    answer = Client().post(
        url("application_step", key, "test"),
        {
            "is_tested": "yes",
            "sales_12_months": "douze",
            "tested_from": "2025-01-01",
            "tested_until": "2024-01-01",
            "shown": fingerprint(application, StepCode.TESTED),
        },
    )
    assert answer.status_code == 422
    assert 'value="douze"' in answer.content.decode()
    assert "La fin ne peut pas précéder le début" in text(answer)
    assert Application.objects.get().is_tested is None


def test_the_check_page_lists_what_lacks_then_sends_once() -> None:
    application = make.draft("idea")
    key, client = key_of(application), Client()
    assert "Il reste à compléter" in text(client.get(url("application_check", key)))
    assert client.post(url("application_check", key), {"consents": "on"}).status_code == 422
    ready = make.whole("idea", email="prete@exemple.fr")
    key = key_of(ready)
    assert client.post(url("application_check", key)).status_code == 422
    assert client.post(url("application_check", key), {"consents": "on"}).status_code == 302
    assert client.post(url("application_check", key), {"consents": "on"})["Location"] == url(
        "application", key
    )
    ready.refresh_from_db()
    assert ready.state == ApplicationState.SUBMITTED
    page = text(client.get(url("application", key)))
    assert ready.reference in page
    assert "C’est à l’équipe d’accueil." in page
    assert client.get(url("application_step", key, "vous")).status_code == 302


PAGES = (
    "application",
    "application_check",
    "application_slots",
    "application_withdraw",
    "application_answers",
)


@pytest.mark.parametrize("name", PAGES)
def test_no_link_opens_another_s_application(name: str) -> None:
    mine = make.submitted()
    key = key_of(mine)
    link = link_of(key)
    assert link is not None
    assert Client().get(url(name, "x" * 43)).status_code == 404
    other = PersonalLink.objects.create(
        token_hash="0" * 64, purpose="people.invitation", about_type=link.about_type, about_id=link.about_id,
        ends_at=link.ends_at,
    )  # fmt: skip
    assert other.pk
    withdraw_link(link, actor=None, at=timezone.now())
    assert Client().get(url(name, key)).status_code == 410


def test_an_expired_link_says_so_and_sends_a_new_one_to_the_same_address() -> None:
    application = make.submitted()
    key = key_of(application)
    PersonalLink.objects.all().update(ends_at=timezone.now() - timedelta(minutes=1))
    client, sent = Client(), OutgoingEmail.objects.count()
    page = client.get(url("application", key))
    assert page.status_code == 410
    assert "Roy" not in text(page)
    assert make.EMAIL not in text(page)
    cache.clear()
    assert client.post(url("application_renew", key))["Location"] == url("application_sent")
    assert OutgoingEmail.objects.count() == sent + 1
    assert OutgoingEmail.objects.latest("pk").to == make.EMAIL
    assert client.get(url("application", make.link_of(application))).status_code == 200


def test_a_paper_of_another_is_not_there() -> None:
    mine, theirs = make.draft(), make.draft(email="autre@exemple.fr")
    paper = papers_of(theirs).first()
    assert paper is not None
    address = url("application_paper", key_of(mine), paper.pk)
    assert Client().get(address).status_code == 404
    file = SimpleUploadedFile("cv.pdf", make.PDF)
    assert Client().post(address, {"file": file}).status_code == 404
    paper.refresh_from_db()
    assert paper.document is None


def test_a_paper_is_brought_and_read_back_and_a_programme_is_not() -> None:
    application = make.draft()
    key, client = key_of(application), Client()
    paper = papers_of(application).get(kind="cv")
    address = url("application_paper", key, paper.pk)
    refused = client.post(address, {"file": SimpleUploadedFile("cv.pdf", b"MZ\x90\0" + b"\0" * 99)})
    assert refused.status_code == 422
    assert "programme" in text(refused)
    assert client.post(address, {"file": SimpleUploadedFile("cv.pdf", make.PDF)}).status_code == 302
    assert client.get(f"{address}?fichier").content == make.PDF
    assert DocumentRequest.objects.get(pk=paper.pk).state == "received"


def test_a_scan_of_forty_megabytes_is_refused_in_a_sentence() -> None:
    application = make.draft()
    paper = papers_of(application).get(kind="cv")
    address = url("application_paper", key_of(application), paper.pk)
    big = SimpleUploadedFile("scan.pdf", make.PDF + b"0" * (40 * 1024 * 1024))
    answer = Client().post(address, {"file": big})
    assert answer.status_code == 413
    paper.refresh_from_db()
    assert paper.document is None
    eleven = SimpleUploadedFile("scan.pdf", make.PDF + b"0" * (11 * 1024 * 1024))
    answer = Client().post(address, {"file": eleven})
    assert answer.status_code == 422
    assert "dépasse 10 Mo" in text(answer)


def test_messages_go_and_come_in_the_same_place() -> None:
    application = make.submitted()
    key, client = key_of(application), Client()
    client.post(url("application_message", key), {"text": "Puis-je venir avec ma sœur ?"})
    advisor = make_user(RoleKind.ADVISOR)
    post_message(application, text="Bien sûr.", actor=advisor, outside=True)
    post_message(application, text="Dossier fragile.", actor=advisor, internal=True)
    page = text(client.get(url("application", key)))
    assert "Puis-je venir avec ma sœur ?" in page
    assert "Bien sûr." in page
    assert "fragile" not in page
    mail = OutgoingEmail.objects.latest("pk")
    assert (mail.to, "Bien sûr." in mail.text) == (make.EMAIL, True)
    assert client.post(url("application_message", key), {"text": " "}).status_code == 422
    assert Message.objects.count() == 3


def test_withdrawing_asks_then_is_done_and_answers_leave_as_a_text() -> None:
    application = make.submitted()
    key, client = key_of(application), Client()
    kept = client.get(url("application_answers", key))
    assert "Ne pas rester seule." in kept.content.decode()
    assert client.get(url("application_withdraw", key)).status_code == 200
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert client.post(url("application_withdraw", key), {"reason": ""}).status_code == 302
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert client.get(url("application_withdraw", key)).status_code == 302


def test_who_is_signed_in_follows_their_own_and_only_theirs() -> None:
    make.submitted()
    user = make_user(RoleKind.CANDIDATE)
    client = client_of(user)
    assert client.get(url("application", "moi"))["Location"] == url("application_home")
    assert start(client)["Location"] == url("application", "moi")
    assert "0 étape" in text(client.get(url("application", "moi")))
    assert Client().get(url("application", "moi"))["Location"] == url("application_home")
    assert client_of(make_user(RoleKind.ADMINISTRATOR)).get(url("application", "moi")).status_code == 302


def test_staff_ask_check_and_send_back_and_others_see_nothing() -> None:
    staff, person = make_user(RoleKind.HUMAN_RESOURCES), make_person()
    client = client_of(staff)
    asked = client.post(url("paper_ask", person.pk), {"kind": "diploma", "precision": "", "due_on": ""})
    paper = DocumentRequest.objects.get(person=person)
    assert asked["Location"] == url("paper_detail", paper.pk)
    assert client.get(url("paper_list")).status_code == 200
    waived = {"act": "waive", "waive-reason": ""}
    assert client.post(url("paper_detail", paper.pk), waived).status_code == 422
    client.post(url("paper_detail", paper.pk), waived | {"waive-reason": "Vu sur place"})
    paper.refresh_from_db()
    assert paper.state == "waived"
    stranger = client_of(make_user(RoleKind.ENTREPRENEUR))
    assert stranger.get(url("paper_detail", paper.pk)).status_code == 403
    assert stranger.get(url("paper_bring", paper.pk)).status_code == 404
    assert client_of(make_user(RoleKind.AUDITOR)).get(url("paper_list")).status_code == 403
