"""What the pages of the path ask the database: as much for many rows as for a few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from entrepreneurs.models import Activity, Contract
from entrepreneurs.services.papers import ask_paper
from entrepreneurs.services.plans import add_action, set_goal
from entrepreneurs.services.signals import raise_alerts
from entrepreneurs.services.support import ask_support
from people.models import User
from people.states import RoleKind
from tests.factories.coaching import (
    coach,
    make_advisor,
    make_past_meeting,
    make_report,
    make_salaried,
    make_slots,
    make_support,
    person_of,
)
from tests.factories.collectives import gathered
from tests.factories.contracts import hand_over, make_draft, make_signer
from tests.factories.desk import make_absence, make_exit, make_hiring
from tests.factories.people import make_person, make_user
from tests.factories.welcome import candidature, convened, criteria, manager, review, stages
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

Grow = Callable[[], Any]
# The addresses of one subject, each with who reads it, and what makes the house larger.
House = tuple[list[tuple[User, str]], Grow]


def _url(name: str, *args: Any) -> str:
    return reverse(f"entrepreneurs:{name}", args=args)


def _welcome() -> House:
    """The board, a file with what is asked about it, committees."""
    stages()
    criteria()
    boss, today = manager(), timezone.localdate()
    followed = candidature()

    def grow() -> None:
        review(followed, make_user(RoleKind.CO_MANAGER))
        ask_paper(person=None, kind="cv", about=followed, due_on=today, actor=boss)
        candidature()
        convened(candidature(), chair=boss)

    pages = ("board", "candidate_list", "committee_list", "pool_list")
    return [*((boss, _url(page)) for page in pages), (boss, _url("candidate_file", followed.pk))], grow


def _coaching() -> House:
    """An advisor’s day, portfolio and one person of it, with what they did together."""
    advisor, today = make_advisor(), timezone.localdate()
    user = make_salaried(advisor)
    person, rank, years = person_of(user), iter(range(1, 99)), iter(range(2000, 2020))
    make_slots(advisor)

    def grow() -> None:
        coach(make_user(RoleKind.ENTREPRENEUR), advisor)
        make_salaried(advisor)
        make_past_meeting(user, advisor, days=next(rank))
        make_report(user, advisor, said=f"Point {next(rank)}.")
        goal = set_goal(person, kind="skills", label="Tenir", due_on=None, actor=advisor, on=today)
        add_action(person, label="Ouvrir", owner=person, goal=goal, due_on=today, actor=advisor, on=today)
        raise_alerts(on=today)
        year = next(years)
        make_draft(person, kind="other", starts_on=date(year, 7, 1), ends_on=date(year, 9, 30))
        ask_support(make_support(), person=person, words="", actor=user, on=today)

    advised = ("portfolio", "my_day", "support_catalogue")
    shared = ("coaching_path", "coaching_plan")
    own = [(user, _url("own_path")), (advisor, _url("person_path", person.pk))]
    return [
        *((advisor, _url(page)) for page in advised),
        *((advisor, _url(page, person.pk)) for page in shared),
        *own,
    ], grow


def _contracts() -> House:
    """Contracts, one of them with its signature in progress; absences, hirings, departures."""
    hr, years = make_user(RoleKind.HUMAN_RESOURCES), iter(range(2027, 2090))
    user = make_signer()
    contract = make_draft(person_of(user))
    hand_over(contract.terms.get())

    def grow() -> None:
        year = next(years)
        other = make_signer()
        make_draft(person_of(other))
        make_draft(person_of(user), kind="other", starts_on=date(year, 7, 1), ends_on=date(year, 9, 30))
        make_absence(make_user(RoleKind.ENTREPRENEUR))
        make_exit(make_person(), hr)
        make_hiring()

    lists = ("contract_list", "absence_list", "exit_list", "hiring_list", "register_list")
    one: Contract = contract
    return [*((hr, _url(page)) for page in lists), (hr, _url("contract_detail", one.pk))], grow


def _activity() -> House:
    """A collective activity with its members, agreements, covers and demands."""
    user = make_user(RoleKind.ENTREPRENEUR)
    activity: Activity = gathered(user)["activity"]

    def grow() -> None:
        gathered(user)

    return [(user, _url("activity_detail", activity.pk)), (user, _url("activity_covers", activity.pk))], grow


def _count(client: Client, url: str) -> list[str]:
    assert client.get(url).status_code == 200, url
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return [query["sql"] for query in asked]


@pytest.mark.parametrize("house", [_welcome, _coaching, _contracts, _activity])
def test_pages_ask_no_more_when_there_are_more_rows(house: Callable[[], House]) -> None:
    pages, grow = house()
    grow()
    clients = {user.pk: client_of(user) for user, _url in pages}
    before = {url: _count(clients[user.pk], url) for user, url in pages}
    for _time in range(3):
        grow()
    grown = {url: _count(clients[user.pk], url) for user, url in pages}
    more = {url: len(grown[url]) - len(asked) for url, asked in before.items()}
    assert {url: count for url, count in more.items() if count > 0} == {}
