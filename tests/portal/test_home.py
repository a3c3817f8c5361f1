"""The first page: what waits for me, then my figures; a visitor reads the welcome and nothing else."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core import facts
from cae.core.facts import Todo
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_a_visitor_reads_the_welcome_help_and_accessibility() -> None:
    make_cooperative()
    for name in ("welcome", "help", "accessibility"):
        page = Client().get(reverse(f"portal:{name}"))
        assert page.status_code == 200
        assert "Coopérative d’essai" in page.content.decode() or name != "welcome"
    assert Client().get(reverse("portal:home")).status_code == 302


@pytest.mark.parametrize("kind", RoleKind.values)
def test_every_role_has_a_home(kind: str) -> None:
    client = client_of(make_user(kind))
    assert client.get(reverse("portal:welcome")).status_code == 302
    assert client.get(reverse("portal:home")).status_code == 200


def test_what_waits_comes_with_the_oldest_due_first(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()

    def two(user: Any, day: date) -> list[Todo]:
        return [Todo("Plus tard", "/b/", due=day + timedelta(days=9)), Todo("Tout de suite", "/a/", due=day)]

    monkeypatch.setattr(facts, "_todos", [two])
    page = client_of(make_user(RoleKind.CANDIDATE)).get(reverse("portal:home")).content.decode()
    assert page.index("Tout de suite") < page.index("Plus tard")
    assert [todo.due for todo in facts.todos_of(None, today)] == [today, today + timedelta(days=9)]


def test_nothing_to_do_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_todos", [])
    assert "Rien à faire aujourd’hui." in client_of(make_user()).get(reverse("portal:home")).content.decode()


def test_figures_are_those_of_the_activity_or_of_the_house() -> None:
    user, activity = make_entrepreneur()
    page = client_of(user).get(reverse("portal:home")).content.decode()
    assert reverse("accounting:activity_statement", args=[activity.pk]) in page
    assert (
        reverse("accounting:activity_balances")
        in client_of(make_user(RoleKind.ACCOUNTANT)).get(reverse("portal:home")).content.decode()
    )


def test_one_works_on_one_activity_at_a_time_and_only_one_s_own() -> None:
    user, first = make_entrepreneur(name="Aaa")
    assert user.person is not None
    second = make_activity(user.person, name="Bbb")
    other = make_activity(name="Ccc")
    client = client_of(user)
    url = reverse("portal:switch_activity")
    assert client.post(url, {"activity": second.pk, "next": "https://ailleurs.example/"}).url == reverse(
        "portal:home"
    )
    assert client.session["activity_in_use"] == second.pk
    assert client.post(url, {"activity": first.pk, "next": "/aide/"}).url == "/aide/"
    for wrong in (other.pk, "x", ""):
        assert client.post(url, {"activity": wrong}).status_code == 404
    assert client.session["activity_in_use"] == first.pk
