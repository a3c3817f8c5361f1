"""What the pages about a person and the desk ask the database: as much for many rows as for a few."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.calendars import open_feed
from entrepreneurs.services.papers import ask_paper
from people.models import User
from people.states import RoleKind
from people.states.requests import SLUGS, Department
from tests.factories.coaching import make_past_meeting, make_report, make_salaried, person_of
from tests.factories.desk import make_absence, make_deadline, make_exit, make_hiring, make_request
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_person, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


class House:
    """Somebody coached and salaried, human resources and the advisor, with what each page gathers."""

    def __init__(self) -> None:
        self.advisor, self.hr = make_user(RoleKind.ADVISOR), make_user(RoleKind.HUMAN_RESOURCES)
        self.user = make_salaried(self.advisor)
        self.days = iter(range(1, 99))

    def grow(self) -> None:
        today, person = timezone.localdate(), person_of(self.user)
        other = make_person()
        for whose in (person, other):
            due_on = today + timedelta(days=next(self.days))
            make_deadline(whose, due_on, about=make_activity(whose))
            ask_paper(person=whose, kind="cv", about=whose, due_on=due_on, actor=self.hr)
        make_request(self.user)
        make_request(make_user(RoleKind.ENTREPRENEUR))
        make_past_meeting(self.user, self.advisor, days=next(self.days))
        make_report(self.user, self.advisor, said=f"Point {next(self.days)}.")
        make_absence(make_user(RoleKind.ENTREPRENEUR))
        make_exit(make_person(), self.hr)
        make_hiring()

    def pages(self) -> list[tuple[User, str]]:
        sheet = reverse("people:person_detail", args=[person_of(self.user).pk])
        queue = reverse("people:queue", args=[SLUGS[Department.HUMAN_RESOURCES]])
        of_staff = [sheet, reverse("people:deadline_list"), reverse("people:person_list")]
        now = timezone.now()
        feed = reverse("core:calendar_feed", args=[open_feed(self.user, actor=self.user, at=now)])
        own = ("people:own_deadlines", "people:own_requests", "core:calendar", "portal:home")
        return [
            *((self.hr, url) for url in (*of_staff, queue, reverse("portal:home"))),
            *((self.advisor, url) for url in (sheet, reverse("portal:home"))),
            *((self.user, reverse(name)) for name in own),
            (self.user, feed),
        ]


def _asked(client: Client, url: str) -> list[str]:
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return [query["sql"] for query in asked]


def test_pages_ask_no_more_when_there_are_more_rows() -> None:
    house = House()
    house.grow()
    pages = house.pages()
    clients = {user.pk: client_of(user) for user, _url in pages}
    before = {(user.pk, url): _asked(clients[user.pk], url) for user, url in pages}
    for _time in range(3):
        house.grow()
    grown: dict[Any, list[str]] = {(user.pk, url): _asked(clients[user.pk], url) for user, url in pages}
    more = {page: len(grown[page]) - len(asked) for page, asked in before.items()}
    assert {page: count for page, count in more.items() if count > 0} == {}
