"""Nothing typed is lost when the session ends: a note, a report come back to their author alone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core.kept_typing import HELD, MARK
from entrepreneurs.models import MeetingReport, PrivateNote
from people.models import User
from tests.factories.coaching import coach, make_advisor, make_coached, make_report
from tests.factories.people import PASSWORD
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

SECRET = "Elle hésite à continuer, à reparler seule."
BACK = "voici ce que vous aviez écrit"


def mark_in(page: Any) -> str:
    found = re.search(rf'name="{MARK}" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def end_session(client: Client) -> None:
    """The server forgets it, the browser keeps its cookies: two weeks went by, or the session was ended."""
    Session.objects.filter(session_key=client.session.session_key).delete()
    client.logout()


def held_by(client: Client) -> dict[str, str]:
    return dict(client.session.get(HELD, {}))


@pytest.fixture
def coached() -> tuple[User, User, MeetingReport]:
    user, advisor = make_coached()
    return user, advisor, make_report(user, advisor)


def test_a_private_note_comes_back_to_its_author(demonstration: None) -> None:
    user, advisor = make_coached()
    report = make_report(user, advisor, private="")
    page = reverse("entrepreneurs:report_note", args=[report.pk])
    client = client_of(advisor)
    typed = {"text": SECRET, MARK: mark_in(client.get(page))}
    end_session(client)
    answer = client.post(page, typed)
    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={page}"
    assert "votre saisie vous attend" in text(client.get(answer["Location"]))
    # Held locked: neither the store of sessions nor what is kept of it says a word.
    assert SECRET not in str(held_by(client))
    assert "hésite" not in str(held_by(client))
    assert not PrivateNote.objects.exists()
    signed = client.post(answer["Location"], {"login": advisor.email, "password": PASSWORD, "next": page})
    assert (signed.status_code, signed["Location"]) == (302, page)
    shown = client.get(page)
    assert shown.status_code == 200
    assert BACK in text(shown)
    assert SECRET in text(shown)
    # Read again before it is sent: still there. Sent: kept, and held no more.
    assert SECRET in text(client.get(page))
    assert client.post(page, {"text": SECRET}).status_code == 302
    assert PrivateNote.objects.get().text == SECRET
    assert held_by(client) == {}
    assert BACK not in text(client.get(page))


def test_nobody_else_reads_what_waits(coached: Any, demonstration: None) -> None:
    user, advisor, report = coached
    page = reverse("entrepreneurs:report_note", args=[report.pk])
    client = client_of(advisor)
    typed = {"text": SECRET, MARK: mark_in(client.get(page))}
    end_session(client)
    client.post(page, typed)
    # The desk of a place is shared: a colleague who may open this page signs in after them.
    successor = make_advisor()
    coach(user, successor, on=timezone.localdate())
    client.force_login(successor)
    told = client.get(page)
    assert told.status_code == 200
    assert SECRET not in text(told)
    assert held_by(client) == {}
    # The person of whom it speaks has no such page, whatever waits.
    client.logout()
    client.post(page, typed)
    client.force_login(user)
    assert client.get(page).status_code == 404


def test_a_page_that_hides_stays_hidden_from_strangers(coached: Any, demonstration: None) -> None:
    _user, advisor, report = coached
    page = reverse("entrepreneurs:report_note", args=[report.pk])
    elsewhere = reverse("entrepreneurs:report_add", args=[report.pk])
    mark = mark_in(client_of(advisor).get(elsewhere))
    for wrong in ("", "x", mark):
        stranger = Client()
        assert stranger.post(page, {"text": SECRET, MARK: wrong}).status_code == 404
        assert held_by(stranger) == {}
    assert Client().get(page).status_code == 404


def test_a_report_typed_before_another_tab_signed_in_again(coached: Any, demonstration: None) -> None:
    """The secret of the form is old: what was typed is on the page again, with a new one."""
    user, advisor, _report = coached
    page = reverse("entrepreneurs:report_new", args=[user.person_id])
    client = Client(enforce_csrf_checks=True)
    client.force_login(advisor)
    key = uuid4()
    typed = {
        "met_on": timezone.localdate().isoformat(),
        "mode": "place",
        "minutes": 60,
        "form_key": key,
        "said": "On a parlé des tarifs.",
        "private": SECRET,
        "csrfmiddlewaretoken": "old",
        MARK: mark_in(client.get(page)),
    }
    count = MeetingReport.objects.count()
    answer = client.post(page, typed)
    assert (answer.status_code, answer["Location"]) == (302, page)
    shown = client.get(page)
    assert BACK in text(shown)
    assert "On a parlé des tarifs." in text(shown)
    assert SECRET in text(shown)
    assert str(key) in shown.content.decode()
    assert MeetingReport.objects.count() == count
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', shown.content.decode())
    assert token is not None
    again = typed | {"csrfmiddlewaretoken": token[1], "plus-tard": "1"}
    assert client.post(page, again).status_code == 302
    assert MeetingReport.objects.get(form_key=key).said == "On a parlé des tarifs."
    # Without the mark of the house, an old secret is refused as before.
    assert client.post(page, {"said": "x", "csrfmiddlewaretoken": "old"}).status_code == 403


def test_what_waits_does_not_wait_for_ever(coached: Any, demonstration: None) -> None:
    user, advisor, _report = coached
    client = client_of(advisor)
    pages = [
        reverse("entrepreneurs:report_new", args=[user.person_id]),
        reverse("entrepreneurs:project_write", args=[user.person_id]),
    ]
    marks = {page: mark_in(client.get(page)) for page in pages}
    end_session(client)
    for page, mark in marks.items():
        client.post(page, {"said": "Bonjour", "idea": "Une idée", MARK: mark})
    assert set(held_by(client)) == set(pages)
    client.force_login(advisor)
    assert "Une idée" in text(client.get(pages[1]))
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert "Bonjour" not in text(client.get(pages[0]))
    assert set(held_by(client)) == {pages[1]}
