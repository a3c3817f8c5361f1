"""What the pages of every day ask the database: few questions, and no more when the house has grown."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from entrepreneurs.models import Activity
from invoicing.engines.checker import client as checker
from people.models import User
from people.services.scopes import save_portfolio
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

# Page → the most that it may ask, by who reads it.
MOST = {
    "home": {"accountant": 10, "entrepreneur": 9, "advisor": 8},
    "statement": {"accountant": 11, "entrepreneur": 12, "advisor": 12},
    "invoice": {"accountant": 11, "entrepreneur": 12, "advisor": 12},
    "invoices": {"accountant": 9, "entrepreneur": 9, "advisor": 10},
    "quotes": {"accountant": 9, "entrepreneur": 9, "advisor": 10},
    "credit notes": {"accountant": 9, "entrepreneur": 9, "advisor": 10},
}


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, Client], Activity]:
    """An activity with an invoice paid in part; its entrepreneur, the accountant, an advisor of it."""
    monkeypatch.setattr(checker, "check", Judges().check)
    make_cooperative()
    owner, activity = make_entrepreneur()
    sales.pay(sales.issued(activity), "100.00")
    followed = save_portfolio(None, label="Suivies", scopes=[activity.scope], actor=None)
    readers: dict[str, User] = {
        "accountant": make_user(RoleKind.ACCOUNTANT),
        "entrepreneur": owner,
        "advisor": make_user(RoleKind.ADVISOR, scope=followed),
    }
    return {kind: client_of(user) for kind, user in readers.items()}, activity


def _pages(activity: Activity) -> Iterator[tuple[str, str]]:
    yield "home", reverse("portal:home")
    yield "statement", reverse("accounting:activity_statement", args=[activity.pk])
    yield "invoice", activity.invoices.order_by("pk")[0].get_absolute_url()
    yield "invoices", reverse("invoicing:invoice_list")
    yield "quotes", reverse("invoicing:quote_list")
    yield "credit notes", reverse("invoicing:credit_note_list")


@pytest.mark.parametrize("kind", ["accountant", "entrepreneur", "advisor"])
def test_pages_ask_few_questions_however_large_the_house(
    kind: str, house: tuple[dict[str, Client], Activity], django_assert_max_num_queries: Any
) -> None:
    clients, activity = house
    client = clients[kind]
    counts = {}
    for name, url in _pages(activity):
        assert client.get(url).status_code == 200
        with django_assert_max_num_queries(MOST[name][kind]) as asked:
            client.get(url)
        counts[name] = len(asked)
    other = make_activity()
    for _turn in range(3):
        sales.issued(activity)
        sales.issued(other)
    for name, url in _pages(activity):
        # One who sees several activities may then choose one in the bar: nothing else is asked.
        with django_assert_max_num_queries(counts[name] + (name not in ("home", "statement", "invoice"))):
            client.get(url)


@pytest.mark.parametrize("name", ["invoice_list", "credit_note_list", "quote_list", "draft_list"])
def test_sums_of_many_activities_come_after_the_list(
    name: str, house: tuple[dict[str, Client], Activity]
) -> None:
    clients, _activity = house
    sales.draft(make_activity())
    own = clients["entrepreneur"].get(reverse(f"invoicing:{name}")).context["list"].table
    assert own.totals is not None
    every = clients["accountant"].get(reverse(f"invoicing:{name}")).context["list"].table
    assert every.totals is None
    assert every.totals_url
