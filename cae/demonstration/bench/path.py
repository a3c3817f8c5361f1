"""The pages of the path among many: a board, a portfolio, the dates of a large house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.demonstration.bench.candidates import receive
from cae.demonstration.bench.pages import Say, Shown, measure_all, reader
from cae.demonstration.bench.people import REASON, open_activities
from cae.demonstration.bench.report import Comparison
from cae.demonstration.bench.support import date_people, follow
from entrepreneurs.models import Activity
from people.models import Scope, User
from people.services.accounts import open_account
from people.services.persons import PersonData, create_person
from people.services.roles import give_role
from people.services.scopes import save_portfolio
from people.states import RoleKind

OFFICER, FOLLOWER = "hr@demo.coop", "bench@demo.coop"


@dataclass(frozen=True)
class Sizes:
    """How many wait on the board, are followed by one advisor, have dates."""

    candidates: int = 300
    followed: int = 150
    people: int = 1000

    @property
    def tenth(self) -> Sizes:
        return Sizes(self.candidates // 10, self.followed // 10, self.people // 10)


def measure_path(*, seconds: float, say: Say, sizes: Sizes | None = None) -> list[Comparison]:
    """Each page against its template once the crowd is there; what it asks is counted before that, among a
    tenth of the crowd, and again at the end."""
    wanted = sizes or Sizes()
    today, crowd = timezone.localdate(), Crowd()
    pages = [
        Shown(f"welcome board, {wanted.candidates} applications", OFFICER, reverse("entrepreneurs:board")),
        Shown(f"portfolio of {wanted.followed} people", FOLLOWER, reverse("entrepreneurs:portfolio")),
        Shown(f"deadlines, {wanted.people} people", OFFICER, reverse("people:deadline_list")),
    ]
    crowd.grow(wanted.tenth, today=today)
    few = {page.name: questions_of(page) for page in pages}
    crowd.grow(wanted, today=today)
    many = {page.name: questions_of(page) for page in pages}
    found = measure_all(pages, seconds, say)
    return [replace(one, questions=(few[one.name], many[one.name])) for one in found]


def questions_of(page: Shown) -> int:
    """How often a page asks the database, once the process knows it."""
    client = reader(page.email)
    client.get(page.url)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(page.url)
    if answer.status_code != 200:
        raise RuntimeError(f"{page.url} answers {answer.status_code}")
    return len(asked)


class Crowd:
    """Those who are there so far; it grows in steps."""

    def __init__(self) -> None:
        self.sizes = Sizes(0, 0, 0)
        self.officer = User.objects.get(email=OFFICER)

    def grow(self, to: Sizes, *, today: date) -> None:
        since = date(today.year - 2, 1, 1)
        activities = open_activities(to.people, since=since)
        portfolio, follower = self._follower(activities[: to.followed], since)
        if follower.person is None or portfolio is None:
            raise LookupError(FOLLOWER)
        new = range(self.sizes.followed, to.followed)
        follow([activities[rank] for rank in new], new, advisor=follower.person, since=since, today=today)
        date_people(activities[self.sizes.people :], actor=self.officer, today=today)
        receive(range(self.sizes.candidates, to.candidates), actor=self.officer, today=today)
        self.sizes = to

    def _follower(self, followed: Sequence[Activity], since: date) -> tuple[Scope, User]:
        """An advisor of whom nothing is known but their portfolio."""
        known = Scope.objects.filter(label=REASON).first()
        portfolio = save_portfolio(
            known, label=REASON, scopes=[one.scope for one in followed], actor=self.officer
        )
        account = User.objects.filter(email=FOLLOWER).select_related("person").first()
        if account is None:
            person = create_person(PersonData("Maud", "Mesure", email=FOLLOWER), actor=self.officer)
            give_role(
                person,
                kind=RoleKind.ADVISOR,
                scope=portfolio,
                starts_on=since,
                reason=REASON,
                actor=self.officer,
            )
            account = open_account(person, email=FOLLOWER, password=None, actor=self.officer)
        return portfolio, account
