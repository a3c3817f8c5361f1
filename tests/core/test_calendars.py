"""Calendars: what the file says, who reads the feed, what withdrawing it does (CAE-21)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from cae.core import calendars
from cae.core.facts import Happening
from people.models import User
from people.services.accounts import close_account
from people.services.deadlines import close_deadlines
from people.states import RoleKind
from people.states.deadlines import DeadlineKind
from tests.factories.desk import make_deadline
from tests.factories.people import make_admin, make_person, make_user
from tests.pages import client_of

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def events(content: bytes) -> list[dict[str, str]]:
    return [
        {key: str(one[key]) for key in one if key != "DTSTAMP"}
        for one in Calendar.from_ical(content).walk("VEVENT")
    ]


def test_a_whole_day_and_a_moment() -> None:
    paris = ZoneInfo("Europe/Paris")
    start = datetime(2026, 7, 1, 14, 30, tzinfo=paris)
    content = calendars.calendar_text(
        [
            Happening("a", "Fin ; de contrat, CAPE", date(2026, 3, 31), date(2026, 3, 31)),
            Happening("b", "Rendez-vous", start, start + timedelta(hours=1), "Tours", "À prévoir", "/x/"),
            Happening("c", "Seul", date(2026, 3, 31)),
        ],
        name="Claire",
        now=NOW,
    )
    whole, moment, alone = Calendar.from_ical(content).walk("VEVENT")
    assert (whole["summary"], whole.decoded("dtstart")) == ("Fin ; de contrat, CAPE", date(2026, 3, 31))
    assert whole.decoded("dtend") == date(2026, 4, 1)
    assert moment.decoded("dtstart") == datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    assert moment.decoded("dtend") == datetime(2026, 7, 1, 13, 30, tzinfo=UTC)
    assert str(moment["location"]) == "Tours"
    assert str(moment["url"]).startswith("http")
    assert "DTEND" not in alone
    assert b"\r\n" in content


def test_one_event_is_a_file() -> None:
    answer = calendars.event_file(Happening("a", "Entretien", date(2026, 3, 31)), name="entretien")
    assert answer["Content-Type"].startswith("text/calendar")
    assert 'filename="entretien.ics"' in answer["Content-Disposition"]


@pytest.fixture
def claire(db: None) -> User:
    return make_user(RoleKind.ENTREPRENEUR, first_name="Claire", last_name="Lenoir")


def address(page: str) -> str:
    return (
        page.split('id="feed-url"')[1]
        .split('value="')[1]
        .split('"', maxsplit=1)[0]
        .partition("://")[2]
        .partition("/")[2]
    )


def test_the_feed_is_read_without_account_nor_cookie(claire: User, demonstration: None) -> None:
    assert claire.person
    today = timezone.localdate()
    make_deadline(claire.person, today + timedelta(days=9), label="CAPE")
    make_deadline(claire.person, today + timedelta(days=9), kind=DeadlineKind.AAH_END)
    make_deadline(make_person(), today + timedelta(days=9), label="Un autre")
    client = client_of(claire)
    assert "Créer l’adresse" in client.get("/mon-agenda/").content.decode()
    url = "/" + address(client.post("/mon-agenda/", {"do": "open"}).content.decode())
    assert "feed-url" not in client.get("/mon-agenda/").content.decode()
    answer = Client().get(url)
    assert answer.status_code == 200
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies
    assert sorted(one["SUMMARY"] for one in events(answer.content)) == ["CAPE", "Échéance réservée"]
    close_deadlines(claire.person, actor=None)
    assert events(Client().get(url).content) == []


def test_a_former_address_opens_nothing(claire: User, demonstration: None) -> None:
    client = client_of(claire)
    first = "/" + address(client.post("/mon-agenda/", {"do": "open"}).content.decode())
    second = "/" + address(client.post("/mon-agenda/", {"do": "renew"}).content.decode())
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    assert client.post("/mon-agenda/", {"do": "withdraw"}, follow=True).status_code == 200
    assert Client().get(second).status_code == 404
    assert Client().get("/agenda/inconnu.ics").status_code == 404


def test_a_closed_account_has_no_calendar(claire: User) -> None:
    token = calendars.open_feed(claire, actor=claire, at=timezone.now())
    url = f"/agenda/{token}.ics"
    User.objects.filter(pk=claire.pk).update(closes_on=timezone.localdate())
    assert Client().get(url).status_code == 404
    User.objects.filter(pk=claire.pk).update(closes_on=None)
    assert Client().get(url).status_code == 200
    close_account(claire, reason="Départ", actor=make_admin(), on=timezone.localdate())
    assert Client().get(url).status_code == 404


def test_human_resources_have_every_date(db: Any) -> None:
    hr = make_user(RoleKind.HUMAN_RESOURCES)
    person = make_person(first_name="Ana", last_name="Paz")
    make_deadline(person, timezone.localdate(), label="CAPE")
    make_deadline(person, timezone.localdate(), kind=DeadlineKind.MEDICAL_VISIT)
    titles = [one["SUMMARY"] for one in events(calendars.feed_text(hr, now=timezone.now()))]
    assert sorted(titles) == ["CAPE · Ana Paz", "Échéance réservée · Ana Paz"]
