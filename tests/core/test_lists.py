"""Every list the same way (CAE-12): search, filters in the address, columns, totals, views, pages, export."""

import csv
from io import BytesIO, StringIO
from types import SimpleNamespace
from typing import Any

import django_tables2 as tables
import pytest
from django import forms
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from cae.core import audit, form_drawing, paging
from cae.core.models import AuditEntry, SavedView
from cae.core.paging import PAGE_SIZE
from cae.core.tables import EmptyState, Filters, MoneyColumn, NamedRowField, Table, list_page, selected
from people.models import Territory
from people.states import RoleKind
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_territory, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

URL = "/journal/"


@pytest.fixture
def client() -> Client:
    """An administrator reading the journal, the list that every house has."""
    return client_of(make_user(RoleKind.ADMINISTRATOR))


def acts(count: int, verb: str = "test.acte") -> None:
    about = make_cooperative()
    for _n in range(count):
        audit.record(None, verb, about)


def shown(client: Client, **query: Any) -> Any:
    return client.get(URL, query).context["list"]


def test_words_are_searched_accents_and_case_apart(client: Client) -> None:
    acts(2, "test.réglé")
    assert shown(client, q="REGLE").count.rows == 2
    assert shown(client, q="regle coopérative").count.rows == 2
    assert shown(client, q="regle absent").count.rows == 0


def test_filters_in_force_are_pills_that_can_be_taken_away(client: Client) -> None:
    acts(1)
    found = shown(client, about_type="core.cooperative", q="essai")
    assert {str(pill.label): pill.value for pill in found.pills} == {
        "Rechercher": "essai",
        "Objet": "Identité de la coopérative",
    }
    assert found.is_filtered
    take = next(pill for pill in found.pills if str(pill.label) == "Objet").remove_url
    assert "about_type" not in take
    assert "q=essai" in take


def test_an_empty_list_and_an_empty_search_do_not_say_the_same(client: Client) -> None:
    page = client.get(URL, {"q": "introuvable"}).content.decode()
    assert "Rien ne répond à ces filtres." in page


def test_columns_are_chosen_in_the_address(client: Client) -> None:
    found = shown(client, colonnes=["at", "verb"])
    assert [column.name for column in found.table.columns] == ["at", "verb"]
    assert {choice.name for choice in found.columns if choice.shown} == {"at", "verb"}


def test_pages_of_fifty_and_the_same_questions_for_one_and_for_many(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    acts(1)
    client.get(URL)
    with django_assert_max_num_queries(60) as one:
        client.get(URL)
    acts(PAGE_SIZE + 5, "test.autre")
    with django_assert_max_num_queries(len(one.captured_queries)):
        found = client.get(URL).context["list"]
    assert len(found.table.page.object_list) == PAGE_SIZE
    assert shown(client, page=99).table.page.number == found.table.paginator.num_pages


def test_htmx_gets_the_results_alone(client: Client) -> None:
    part = client.get(URL, headers={"HX-Request": "true"})
    assert part.content.decode().strip().startswith('<div id="results"')
    assert "HX-Request" in part["Vary"]
    whole = client.get(URL, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole.content.decode()


def test_the_export_is_what_is_shown_and_never_a_formula(client: Client) -> None:
    acts(2, "=1+1")
    acts(1, "autre")
    response = client.get(URL, {"q": "=1+1", "export": "csv"})
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert [row[2] for row in rows] == ["Acte", "'=1+1", "'=1+1"]
    assert "autre" not in response.content.decode()
    book = load_workbook(BytesIO(client.get(URL, {"export": "xlsx"}).content))
    assert book.active.max_row == 1 + shown(client).count.rows


def test_control_characters_do_not_break_a_workbook(client: Client) -> None:
    """One strange name, pasted by one person, must not close the export of the whole house."""
    acts(1, "a\x0bb\x01\x1fc\ttab")
    book = load_workbook(BytesIO(client.get(URL, {"export": "xlsx"}).content))
    assert "abc\ttab" in [cell.value for row in book.active.iter_rows() for cell in row]


@pytest.mark.parametrize("key", ["9" * 30, "9" * 5000, "٣", "²", "-1", "1.0", ""])
def test_a_key_that_is_none_chooses_nothing(client: Client, key: str) -> None:
    acts(2)
    real = AuditEntry.objects.latest("pk")
    request = RequestFactory().post(URL, {"ids": [key, str(real.pk)]})
    assert list(selected(request, AuditEntry.objects.all(), Filters)) == [real]


def test_a_view_is_saved_reread_replaced_and_forgotten(client: Client) -> None:
    facts = {"page": "core.journal", "path": URL, "query": "q=essai", "name": "Mes actes"}
    assert client.post(reverse("core:save_view"), facts).url == f"{URL}?q=essai"
    client.post(reverse("core:save_view"), facts | {"query": "q=autre"})
    (view,) = shown(client).views
    assert view.query == "q=autre"
    for empty in ("  ", "\x00"):
        client.post(reverse("core:save_view"), facts | {"name": empty, "page": "a\x00"})
    assert SavedView.objects.count() == 1
    other = client_of(make_user(RoleKind.ADMINISTRATOR))
    assert shown(other).views == []
    assert other.post(reverse("core:forget_view", args=[view.pk])).status_code == 404
    assert client.post(reverse("core:forget_view", args=[view.pk]), {"path": URL}).url == URL
    assert not SavedView.objects.exists()


def test_the_team_shows_its_views_to_the_team_alone(client: Client) -> None:
    facts = {"page": "core.journal", "path": URL, "query": "q=essai", "name": "Essais", "shared": "1"}
    client.post(reverse("core:save_view"), facts)
    colleague = client_of(make_user(RoleKind.DATA_OFFICER))
    (view,) = shown(colleague).views
    assert (view.name, view.query) == ("Essais", "q=essai")
    page = colleague.get(URL, {"q": "essai"}).content.decode()
    assert "De l’équipe" in page
    assert "Oublier cette vue" not in page
    assert "Oublier cette vue" in client.get(URL, {"q": "essai"}).content.decode()
    assert colleague.post(reverse("core:forget_view", args=[view.pk])).status_code == 404
    auditor = client_of(make_user(RoleKind.AUDITOR))
    assert shown(auditor).views == [], "of the house, not of its team"
    auditor.post(reverse("core:save_view"), facts | {"name": "À part"})
    assert not SavedView.objects.get(name="À part").is_shared
    assert [view.name for view in shown(client).views] == ["Essais"]


def test_the_columns_one_chooses_are_kept(client: Client) -> None:
    every = " ".join(choice.name for choice in shown(client).columns)
    facts = {"page": "core.journal", "path": URL, "query": "q=essai&colonnes=ip", "all": every}
    kept = client.post(reverse("core:choose_columns"), facts | {"colonnes": ["at", "verb", "inconnue"]})
    assert kept.url == f"{URL}?q=essai&colonnes=at&colonnes=verb"
    assert [one.name for one in shown(client).columns if one.shown] == ["at", "verb"]
    assert list(shown(client).table.columns.names()) == ["at", "verb"]
    assert [one.name for one in shown(client, colonnes="ip").columns if one.shown] == ["ip"]
    assert shown(client).views == [], "it has no name"
    lines = client.get(URL, {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Le;Acte"
    other = client_of(make_user(RoleKind.ADMINISTRATOR))
    assert all(one.shown for one in shown(other).columns)
    client.post(reverse("core:choose_columns"), facts | {"colonnes": every.split()})
    assert all(one.shown for one in shown(client).columns)
    assert not SavedView.objects.exists()


def test_a_saved_view_never_sends_elsewhere(client: Client) -> None:
    facts = {"page": "x", "path": "https://ailleurs.example/", "query": "", "name": "x"}
    assert client.post(reverse("core:save_view"), facts).url == "/"


def test_without_javascript_the_filters_are_a_plain_form(client: Client) -> None:
    page = client.get(URL).content.decode()
    assert 'method="get"' in page
    assert 'name="q"' in page


class SumTable(Table):
    """Acts, with a column that adds up."""

    verb = tables.Column()
    rank = MoneyColumn(total=True)


class SumFilters(Filters):
    search = ("verb",)

    class Meta:
        model = AuditEntry
        fields: tuple[str, ...] = ()


def summed(query: str = "", *, htmx: bool = False, later: bool = True, counted: Any = None) -> HttpResponse:
    """A list of acts with a total, as its view answers."""
    request = RequestFactory().get(f"/essai/{query}")
    request.user = make_user(RoleKind.ADMINISTRATOR)
    request.session = {}  # type: ignore[assignment]
    request.htmx = SimpleNamespace(history_restore_request=False) if htmx else False  # type: ignore[attr-defined]
    return list_page(
        request,
        queryset=AuditEntry.objects.all(),
        table=SumTable,
        filters=SumFilters,
        page="core.sums",
        title="Essai",
        empty=EmptyState("Rien"),
        totals_later=later,
        counted=counted,
        template="components/list_results.html",
    )


def ranked(*ranks: int) -> None:
    acts(len(ranks))
    for entry, rank in zip(AuditEntry.objects.order_by("-pk"), ranks, strict=False):
        AuditEntry.objects.filter(pk=entry.pk).update(rank=rank, seal="x")


def test_the_sums_of_a_long_list_come_after_the_page() -> None:
    ranked(1000, 234)
    at_once = summed(later=False).content.decode()
    assert "1\u202f234,00" in at_once
    assert "Afficher les totaux" not in at_once
    page = summed("?q=test").content.decode()
    assert "1\u202f234,00" not in page
    assert 'hx-get="?q=test&amp;totaux=1"' in page
    assert 'href="?q=test&amp;totaux=1"' in page


def test_the_sums_are_a_part_of_the_page_or_the_page_with_them() -> None:
    ranked(1000, 234)
    part = summed("?totaux=1", htmx=True)
    assert part["Vary"] == "HX-Request"
    body = part.content.decode()
    assert body.strip().startswith("<tfoot")
    assert "1\u202f234,00" in body
    assert "hx-get" not in body
    whole = summed("?totaux=1").content.decode()
    assert "1\u202f234,00" in whole
    assert "<thead" in whole


def test_a_page_without_its_sums_asks_for_none() -> None:
    ranked(1, 2)
    with CaptureQueriesContext(connection) as asked:
        summed()
    assert not [query for query in asked if "SUM(" in query["sql"]]


class RowForm(forms.Form):
    territory = forms.ModelChoiceField(Territory.objects.order_by("name"), required=False, empty_label="Tous")


def test_a_choice_among_few_is_read_in_one_query_and_among_many_leaves_the_bar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = make_territory("Bassin")
    make_territory("Gironde")
    with CaptureQueriesContext(connection) as asked:
        few = form_drawing.filter_parts(RowForm({"territory": chosen.pk})["territory"])
    assert len(asked) == 1
    assert "selected>Bassin" in few["control"]
    assert "Gironde" in few["control"]
    monkeypatch.setattr(form_drawing, "MANY", 1)
    many = form_drawing.filter_parts(RowForm({"territory": chosen.pk})["territory"])
    assert many["hidden"]
    assert f'type="hidden" name="territory" value="{chosen.pk}"' in many["control"]


class NamedForm(forms.Form):
    territory = NamedRowField(
        Territory.objects.order_by("-pk"), named_by="name", required=False, empty_label=""
    )


def test_names_are_offered_in_the_order_of_a_dictionary() -> None:
    for name in ("Zone", "ébène", "Est", "Eau"):
        make_territory(name)
    drawn = form_drawing.filter_parts(NamedForm()["territory"])["control"]
    places = [drawn.index(f">{name}<") for name in ("Eau", "ébène", "Est", "Zone")]
    assert places == sorted(places)


def test_on_phones_a_menu_sorts(client: Client) -> None:
    acts(2)
    page = client.get(URL).content.decode()
    menu = page[page.index('class="list-sort"') : page.index('class="table-box"')]
    assert "tri=" in menu


def test_a_short_list_is_asked_as_a_whole_page(client: Client) -> None:
    """Told that three rows are enough, PostgreSQL reads the whole index of dates to find them."""
    acts(3)
    with CaptureQueriesContext(connection) as asked:
        client.get(URL)
    rows = [query["sql"] for query in asked if query["sql"].startswith('SELECT "core_auditentry"')]
    assert rows
    assert all(f"LIMIT {PAGE_SIZE}" in sql for sql in rows)


def test_rows_are_counted_without_what_is_annotated_to_them() -> None:
    ranked(1, 2, 3)
    with CaptureQueriesContext(connection) as asked:
        page = summed("?q=test", counted=AuditEntry.objects.all())
    assert "3 lignes" in text(page)
    counts = [
        query["sql"] for query in asked if "COUNT(" in query["sql"] and "core_auditentry" in query["sql"]
    ]
    assert len(counts) == 1


@pytest.fixture
def few_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pages are counted at once."""
    monkeypatch.setattr(paging, "COUNTED_AT_ONCE", 2 * PAGE_SIZE)


def limits(asked: CaptureQueriesContext) -> list[str]:
    """How each count of acts is told to stop."""
    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"]]
    return [sql.partition("LIMIT ")[2][:3] for sql in counts if "core_auditentry" in sql]


@pytest.mark.usefixtures("few_counted")
def test_the_rows_of_a_long_list_are_counted_after_the_page() -> None:
    acts(3 * PAGE_SIZE + 1)
    with CaptureQueriesContext(connection) as asked:
        page = text(summed("?q=test"))
    assert limits(asked) == ["101"]
    assert "plus de 100 lignes" in page
    assert "151" not in page
    with CaptureQueriesContext(connection) as asked:
        part = summed("?q=test&page=2&totaux=1", htmx=True).content.decode()
    assert limits(asked) == [""]
    place = part[part.index('id="list-pages"') :]
    assert 'hx-swap-oob="true"' in place
    assert "151 lignes" in place
    assert 'aria-current="page">2</a>' in place
    assert 'href="?q=test&amp;page=4"' in place


@pytest.mark.usefixtures("few_counted")
def test_a_far_page_or_one_without_script_counts_every_row() -> None:
    acts(3 * PAGE_SIZE + 1)
    for query in ("?q=test&page=3", "?q=test&page=4", f"?q=test&page={10**20}", "?q=test&totaux=1"):
        assert "151 lignes" in text(summed(query)), query
    assert "plus de 100 lignes" in text(summed("?q=test&page=2"))
    assert "plus de 100 lignes" in text(summed("?q=test&page=deux"))
    # More digits than Python reads.
    assert summed(f"?q=test&page={'9' * 5000}").status_code == 200


@pytest.mark.usefixtures("few_counted")
def test_a_list_that_ends_among_the_first_rows_says_so_at_once() -> None:
    acts(2 * PAGE_SIZE)
    page = text(summed("?q=test"))
    assert "100 lignes" in page
    assert "plus de" not in page
    assert "list-pages" not in summed("?q=test&totaux=1", htmx=True).content.decode()


def test_counts_are_written_as_figures_are() -> None:
    assert paging.RowCount(1).words == "1 ligne"
    assert paging.RowCount(12345).words == "12\u202f345 lignes"
    assert paging.RowCount(1000, exact=False).words == "plus de 1\u202f000 lignes"
