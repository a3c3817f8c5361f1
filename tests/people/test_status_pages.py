"""Pages of statuses: the history in words, writing by hand, lists that tell staff apart, figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cae.core.models import AuditEntry
from cae.core.options import OptionData, decide_option
from people.models import Person, StatusPeriod, StatusVersion
from people.options import STATUSES
from people.selectors.headcount import MEMBERS, Reading, counted, headcount
from people.services.statuses import correct_status, end_status, open_status
from people.states import RoleKind
from people.states.statuses import StatusKind
from tests.factories.people import make_member, make_person, make_scope, make_user
from tests.pages import client_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]
TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-25 10:00:00+01:00", tick=False):
        yield


@pytest.fixture
def hr() -> Client:
    return client_of(make_user(RoleKind.HUMAN_RESOURCES))


def opened(person: Person, kind: str, starts_on: date, **more: object) -> StatusPeriod:
    return open_status(person, kind=kind, starts_on=starts_on, reason="pour le test", actor=None, **more)  # type: ignore[arg-type]


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def test_the_history_is_in_words_with_its_definition(hr: Client) -> None:
    person = make_person()
    opened(person, StatusKind.PROJECT_HOLDER, date(2025, 1, 1), ends_on=date(2025, 12, 31))
    associate = opened(person, StatusKind.ASSOCIATE, date(2026, 1, 1))
    correct_status(associate, starts_on=date(2026, 2, 1), ends_on=None, reason="lu de travers", actor=None)
    decide_option(
        STATUSES, "project_holder", data=OptionData("En test"), valid_from=TODAY, reason="vote", actor=None
    )
    page = text(hr, person.get_absolute_url())
    # The past keeps the word of its time.
    assert "Porteur·se de projet" in page
    assert "une personne, une voix" in page
    assert "lu de travers" in page
    assert "2 changements" in page
    assert "Aucun statut" in text(hr, make_person().get_absolute_url())


def test_human_resources_write_a_status_by_hand(hr: Client) -> None:
    person = make_person()
    url = reverse("people:status_record", args=[person.pk])
    assert "community_member" in text(hr, url)
    typed = {"kind": "community_member", "starts_on": "2026-11-01", "ends_on": "", "reason": "mutuelle"}
    assert hr.post(url, typed).url == person.get_absolute_url()  # type: ignore[attr-defined]
    status = StatusPeriod.objects.get()
    assert (status.kind, status.starts_on, str(status.author.person)) == (
        "community_member", date(2026, 11, 1), str(status.author.person),
    )  # fmt: skip
    again = hr.post(url, typed)
    assert again.status_code == 422
    assert "déjà" in again.content.decode()
    assert hr.post(url, typed | {"kind": "entrepreneur"}).status_code == 422
    assert hr.post(url, typed | {"ends_on": "2026-10-01"}).status_code == 422
    assert StatusPeriod.objects.count() == 1


def test_acts_on_a_status_written_by_hand(hr: Client) -> None:
    status = opened(make_person(), StatusKind.COMMUNITY_MEMBER, date(2026, 1, 1))

    def post(name: str, **typed: str) -> int:
        url = reverse(f"people:status_{name}", args=[status.pk])
        assert "Membre de la communauté" in text(hr, url)
        return hr.post(url, {"reason": "décision", **typed}).status_code

    assert post("end", last_day="2025-01-01") == 422
    assert post("end", last_day="2026-12-31") == 302
    assert post("prolong", ends_on="2026-06-30") == 422
    assert post("prolong", ends_on="2027-06-30") == 302
    assert post("correct", starts_on="2026-02-01", ends_on="") == 302
    assert post("correct", starts_on="2026-02-01", ends_on="") == 422
    assert post("withdraw") == 302
    assert post("withdraw") == 422
    assert [version.change for version in status.versions.all()] == [
        "opened", "ended", "prolonged", "corrected", "withdrawn",
    ]  # fmt: skip


def test_what_a_contract_made_is_not_changed_by_hand(hr: Client) -> None:
    status = opened(make_person(), StatusKind.ENTREPRENEUR, date(2026, 1, 1), about=make_person())
    for name in ("end", "prolong", "correct", "withdraw"):
        url = reverse(f"people:status_{name}", args=[status.pk])
        assert hr.post(url, {"reason": "x", "last_day": "2026-12-01"}).status_code == 403
    assert StatusVersion.objects.count() == 1


@pytest.mark.parametrize("kind", [RoleKind.ADVISOR, RoleKind.ENTREPRENEUR, RoleKind.WEBMASTER])
def test_others_write_no_status(kind: str) -> None:
    client, person = client_of(make_user(kind)), make_person()
    status = opened(person, StatusKind.ASSOCIATE, date(2026, 1, 1))
    before = AuditEntry.objects.count()
    typed = {"kind": "staff", "starts_on": "2026-11-01", "last_day": "2026-12-01", "reason": "x"}
    assert client.post(reverse("people:status_record", args=[person.pk]), typed).status_code == 403
    for name in ("end", "prolong", "correct", "withdraw"):
        assert client.post(reverse(f"people:status_{name}", args=[status.pk]), typed).status_code == 403
    assert AuditEntry.objects.count() == before


def test_lists_tell_the_support_staff_from_entrepreneurs(hr: Client) -> None:
    staff, seller, both = (
        make_person(last_name="Appui"),
        make_person(last_name="Vente"),
        make_person(last_name="Deux"),
    )
    opened(staff, StatusKind.STAFF, date(2025, 1, 1))
    opened(seller, StatusKind.ENTREPRENEUR, date(2026, 1, 1))
    opened(both, StatusKind.STAFF, date(2025, 1, 1), ends_on=date(2026, 6, 30))
    opened(both, StatusKind.PROJECT_HOLDER, date(2026, 6, 1))
    url = reverse("people:person_list")

    def names(query: str) -> set[str]:
        rows = hr.get(f"{url}?{query}").context["list"].table.rows
        return {row.record.last_name for row in rows}

    assert names("group=team") == {"Appui"}
    assert names("group=path") == {"Vente", "Deux"}
    assert names("group=team&status_on=2026-06-15") == {"Appui", "Deux"}
    assert names("status=project_holder") == {"Deux"}
    assert names("status=project_holder&status_on=2026-05-31") == set()
    assert names("status_on=2025-06-01") == {"Appui", "Deux"}
    exported = hr.get(f"{url}?export=csv&group=path").content.decode()
    assert "Entrepreneur·e salarié·e" in exported


def test_figures_of_any_day_and_their_lists(hr: Client) -> None:
    one, two = make_person(last_name="Un"), make_person(last_name="Deux")
    opened(one, StatusKind.ENTREPRENEUR, date(2024, 1, 1))
    opened(one, StatusKind.STAFF, date(2026, 1, 1))
    opened(two, StatusKind.CANDIDATE, date(2026, 11, 1))
    make_member(one, make_scope(), starts_on=date(2024, 1, 1))
    by_status, sums = headcount(Reading(TODAY))
    found = {figure.code: figure.count for figure in [*by_status, *sums]}
    assert found == {
        "candidate": 1, "community_member": 0, "project_holder": 0, "entrepreneur": 1, "associate": 0,
        "staff": 1, "coworker": 0, "leaver": 0, "parcours": 1, "equipe-et-activite": 1, "activites": 1,
        "ensemble": 2,
    }  # fmt: skip
    assert counted(MEMBERS, Reading(date(2023, 12, 31))).count() == 0
    page = text(hr, reverse("people:headcount") + "?au=2025-06-01")
    assert "?au=2025-06-01" in page
    for figure in [*by_status, *sums]:
        url = reverse("people:headcount_list", args=[figure.code])
        rows = hr.get(url).context["list"].table.rows
        assert len(rows) == figure.count, figure
    listed = hr.get(reverse("people:headcount_list", args=["ensemble"]) + "?export=csv").content.decode()
    assert "Entrepreneur·e salarié·e, Équipe d’appui" in listed
    assert hr.get(reverse("people:headcount_list", args=["lune"])).status_code == 404
    assert hr.get(reverse("people:headcount") + "?au=hier").status_code == 422


def test_a_figure_read_as_it_was_known_never_changes(hr: Client) -> None:
    with time_machine.travel("2026-03-31 18:00:00+02:00", tick=False):
        status = opened(make_person(), StatusKind.ENTREPRENEUR, date(2026, 1, 1))

    def figure(query: str) -> int:
        answer = hr.get(reverse("people:headcount") + query)
        return next(one.count for one in answer.context["by_status"] if one.code == "entrepreneur")

    march = "?au=2026-03-31&su=2026-03-31"
    assert figure(march) == 1
    end_status(status, last_day=date(2026, 2, 28), reason="appris en novembre", actor=None)
    assert figure("?au=2026-03-31") == 0
    assert figure(march) == 1
    listed = hr.get(reverse("people:headcount_list", args=["entrepreneur"]) + march)
    assert len(listed.context["list"].table.rows) == 1
    assert "ne changera plus" in text(hr, reverse("people:headcount") + march)
    # Before it was written, nobody knew.
    assert figure("?au=2026-03-31&su=2026-03-30") == 0


def test_figures_cost_the_same_whatever_the_number(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _rank in range(30):
        opened(make_person(), StatusKind.ENTREPRENEUR, date(2026, 1, 1))
    with django_assert_max_num_queries(5):
        headcount(Reading(TODAY))


@pytest.mark.parametrize("kind", [RoleKind.ADVISOR, RoleKind.ENTREPRENEUR, RoleKind.AUDITOR])
def test_figures_of_the_whole_house_are_for_who_sees_it_whole(kind: str) -> None:
    client = client_of(make_user(kind))
    assert client.get(reverse("people:headcount")).status_code == 403
    assert client.get(reverse("people:headcount_list", args=["staff"])).status_code == 403


def test_everybody_reads_the_words_of_the_house() -> None:
    user = make_user()
    page = text(client_of(user), reverse("people:glossary"))
    assert "Contrat d’appui au projet d’entreprise" in page
