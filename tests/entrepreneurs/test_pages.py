"""The pages of activities: rights, refusals at their field, as many queries for thirty as for one."""

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy
from pytest_django import DjangoAssertNumQueries

from entrepreneurs.models import Activity
from people.states import RoleKind
from tests.factories.entrepreneurs import make_activity, make_entrepreneur, make_trade
from tests.factories.people import make_person, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

LIST = reverse_lazy("entrepreneurs:activity_list")


def test_the_list_shows_what_one_sees_and_filters_by_words() -> None:
    make_activity(name="Menuiserie Étienne", code="BOIS")
    make_activity(name="Couture Ana", code="FIL")
    page = client_of(make_user(RoleKind.ADVISOR)).get(LIST, {"q": "etienne"})
    assert "Menuiserie Étienne" in page.content.decode()
    assert "Couture Ana" not in page.content.decode()


def test_who_has_no_function_is_refused_the_list() -> None:
    assert client_of(make_user(RoleKind.CANDIDATE)).get(LIST).status_code == 403
    assert Client().get(LIST).status_code == 302


def test_the_list_asks_as_much_for_thirty_as_for_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    make_activity()
    client.get(LIST)
    with django_assert_max_num_queries(60) as one:
        client.get(LIST)
    for _n in range(29):
        make_activity()
    with django_assert_max_num_queries(len(one.captured_queries)):
        client.get(LIST)


def test_export_gives_what_the_list_shows() -> None:
    make_activity(name="=cmd()", code="DANGER")
    response = client_of(make_user(RoleKind.ACCOUNTANT)).get(LIST, {"export": "csv"})
    text = response.content.decode("utf-8-sig")
    assert response["Content-Disposition"].startswith("attachment")
    assert "'=cmd()" in text, "a name that looks like a formula is written as text"
    assert client_of(make_user(RoleKind.ACCOUNTANT)).get(LIST, {"export": "xlsx"}).content.startswith(b"PK")


def test_another_person_s_activity_does_not_exist() -> None:
    user, _own = make_entrepreneur()
    other = make_activity()
    client = client_of(user)
    for name in ("activity_detail", "activity_change"):
        assert client.get(reverse(f"entrepreneurs:{name}", args=[other.pk])).status_code == 404


def test_the_owner_reads_and_changes_their_own() -> None:
    user, own = make_entrepreneur(name="Avant")
    client = client_of(user)
    assert client.get(reverse("entrepreneurs:activity_detail", args=[own.pk])).status_code == 200
    facts = {"name": "Après", "trade": own.trade_id, "email": "a@exemple.fr", "links": "exemple.fr"}
    response = client.post(reverse("entrepreneurs:activity_change", args=[own.pk]), facts)
    assert response.status_code == 302
    changed = Activity.objects.get()
    assert (changed.name, changed.links) == ("Après", ["https://exemple.fr"])


def test_who_sees_may_still_not_change() -> None:
    activity = make_activity()
    client = client_of(make_user(RoleKind.AUDITOR))
    assert client.get(reverse("entrepreneurs:activity_detail", args=[activity.pk])).status_code == 200
    assert client.get(reverse("entrepreneurs:activity_change", args=[activity.pk])).status_code == 403


def test_who_does_not_read_accounts_sees_the_activity_without_its_money() -> None:
    activity = make_activity()
    statement = reverse("accounting:activity_statement", args=[activity.pk])
    address = reverse("entrepreneurs:activity_detail", args=[activity.pk])
    assert statement in client_of(make_user(RoleKind.AUDITOR)).get(address).content.decode()
    page = client_of(make_user(RoleKind.ADMINISTRATOR)).get(address)
    assert page.status_code == 200
    assert statement not in page.content.decode()
    assert "€" not in page.content.decode()


def test_opening_through_the_page_and_its_refusal() -> None:
    client = client_of(make_user(RoleKind.ADVISOR))
    who = make_person()
    facts = {
        "name": "Couture",
        "code": "FIL",
        "trade": make_trade("Couture").pk,
        "people": [who.pk],
        "email": "fil@exemple.fr",
        "opened_on": "2026-03-01",
    }
    url = reverse("entrepreneurs:activity_open")
    assert client.get(LIST).status_code == 200
    assert client.post(url, facts).status_code == 302
    again = client.post(url, facts | {"name": "Autre"})
    assert again.status_code == 422
    assert "Autre" in again.content.decode(), "what was typed is kept"
    assert Activity.objects.count() == 1
