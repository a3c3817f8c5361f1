"""Pages of the books: what they show, to whom, and what they answer to bad input."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounting.calculations.statement import FIGURES, FLOWS
from accounting.models import Account, BooksControl, Entry, Journal, ScaleAssignment
from accounting.selectors.accounts import section_of
from accounting.selectors.statement import figure_total, figures_of, span_of
from accounting.services.contribution_months import run_month
from accounting.services.reversing import reverse_entry
from accounting.views.statement_parts import FIGURE_SLUGS, PERIOD_SLUGS
from cae.core import facts
from cae.core.facts import Source
from cae.core.models import Job
from cae.core.periods import Month
from cae.core.templatetags.formats import money
from entrepreneurs.models import Activity
from people.services.scopes import join_scope, open_scope
from people.states import RoleKind, ScopeKind
from tests.factories import accounting as books
from tests.factories import accounting_layouts as layouts
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING
from tests.factories.people import make_person, make_user
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

MARCH = "2026-03"
LISTS = (
    "entry_list",
    "general_ledger",
    "trial_balance",
    "activity_balances",
    "account_list",
    "assignment_list",
    "run_list",
    "exemption_list",
)
BOOKS = ("home", "overview", *LISTS, "scale_list", "control_list")


def url(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"accounting:{name}", args=args, query=query)


@pytest.fixture
def activity() -> Activity:
    books.scale()
    one = make_activity(code="A1")
    books.exemption(one)
    books.sale(one, "1234.50", on=date(2026, 3, 2), number="F-1")
    books.take(one, "1234.50", on=date(2026, 3, 2), number="F-1")
    return one


@pytest.fixture
def accountant() -> Client:
    return client_of(make_user(RoleKind.ACCOUNTANT))


def owner_of(activity: Activity) -> Client:
    who = make_person(last_name="Propriétaire")
    join_scope(who, scope=activity.scope, starts_on=BEGINNING, actor=None)
    return client_of(make_user(RoleKind.ENTREPRENEUR, person=who))


@pytest.mark.parametrize("name", BOOKS)
def test_every_page_of_the_books_opens(name: str, activity: Activity, accountant: Client) -> None:
    response = accountant.get(url(name))
    assert response.status_code == 200


@pytest.mark.parametrize("name", BOOKS)
def test_every_page_opens_on_empty_books(name: str, accountant: Client) -> None:
    response = accountant.get(url(name))
    assert response.status_code == 200


def test_home_says_the_state_of_the_books(activity: Activity, accountant: Client) -> None:
    said = text(accountant.get(url("overview")))
    assert "Égal aux débits" in said
    assert "1 728,30 €" in said
    assert "VE 1" in said


def test_home_says_that_a_control_found_faults(activity: Activity, accountant: Client) -> None:
    BooksControl.objects.create(entry_count=2, faults=["L’écriture VE 1 a été modifiée."])
    assert "1 anomalie" in text(accountant.get(url("overview")))
    assert "VE 1 a été modifiée" in text(accountant.get(url("control_list")))


def test_home_names_what_is_missing(accountant: Client) -> None:
    make_activity(code="NU", name="Atelier sans barème")
    Account.objects.filter(role="bank").update(role=None)
    said = text(accountant.get(url("overview")))
    assert "Atelier sans barème" in said
    assert "Banque" in said


def test_an_entry_shows_its_lines_and_its_reversal(activity: Activity, accountant: Client) -> None:
    entry = Entry.objects.get(journal__code="VE")
    reverse_entry(entry, on=date(2026, 4, 1), reason="Erreur", actor=None)
    said = text(accountant.get(url("entry", entry.pk)))
    assert "1 481,40 €" in said
    assert "706000" in said
    assert "VE 2" in said
    back = text(accountant.get(url("entry", Entry.objects.get(reverses=entry).pk)))
    assert "Contre-passe" in back


def test_an_entry_opens_the_document_it_comes_from(
    activity: Activity, accountant: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_person(last_name="Source")
    pages = {str(source.pk): Source("Facture F-7", "/ventes/factures/7/")}
    monkeypatch.setitem(
        facts._sources, "people.person", lambda _user, keys: {key: pages[key] for key in keys}
    )
    page = accountant.get(url("entry", books.sale(activity, number="F-7", source=source).pk))
    assert page.context["source"] == pages[str(source.pk)]
    assert 'href="/ventes/factures/7/"' in page.content.decode()
    hidden = books.sale(activity, number="F-8", source=activity)
    assert accountant.get(url("entry", hidden.pk)).context["source"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"journal": "VE"}, ["VE 1"]),
        ({"mois": MARCH}, ["AN 1", "VE 1"]),
        ({"compte": "bank"}, []),
        ({"compte": "customer"}, ["VE 1"]),
        ({"activite": "A1"}, ["AN 1", "VE 1"]),
        ({"q": "contribution"}, ["AN 1"]),
    ],
)
def test_entries_are_filtered(
    query: dict[str, str], found: list[str], activity: Activity, accountant: Client
) -> None:
    keys = {
        "journal": lambda code: Journal.objects.get(code=code).pk,
        "compte": lambda role: Account.objects.get(role=role).pk,
        "activite": lambda _code: section_of(activity).pk,
    }
    asked = {name: keys.get(name, lambda value: value)(value) for name, value in query.items()}
    response = accountant.get(url("entry_list", **asked))
    assert sorted(str(row.record) for row in response.context["list"].table.rows) == found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("name", LISTS)
def test_every_list_exports_what_it_shows(
    name: str, kind: str, activity: Activity, accountant: Client
) -> None:
    query = {"export": kind}
    if name == "general_ledger":
        query["compte"] = str(Account.objects.get(role="customer").pk)
    response = accountant.get(url(name, **query))
    assert response.status_code == 200
    assert response["Content-Disposition"].endswith(f'.{kind}"')
    if kind == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        assert len(lines) > 1
        assert "<a" not in lines[1]


def test_the_ledger_shows_the_balance_after_each_line(activity: Activity, accountant: Client) -> None:
    key = Account.objects.get(role="customer").pk
    said = text(accountant.get(url("general_ledger", compte=key, du="2026-04-01")))
    assert "411000 Clients, solde reporté au 01/04/2026 : 1 481,40 €" in said
    assert "solde reporté" not in text(accountant.get(url("general_ledger", compte=key)))


@pytest.mark.parametrize(
    "query", [{"du": "hier"}, {"compte": "999999"}, {"compte": "abc", "au": "31/02/2026"}]
)
@pytest.mark.parametrize("name", ["general_ledger", "trial_balance"])
def test_nonsense_in_the_address_is_not_an_error(
    name: str, query: dict[str, str], activity: Activity, accountant: Client
) -> None:
    assert accountant.get(url(name, **query)).status_code == 200


def test_the_trial_balance_shows_equal_totals(activity: Activity, accountant: Client) -> None:
    totals = accountant.get(url("trial_balance")).context["list"].table.totals
    assert totals["debits"] == totals["credits"] > 0
    assert totals["debit_balance"] == totals["credit_balance"] > 0


def test_the_statement_shows_figures_and_working(activity: Activity) -> None:
    said = text(owner_of(activity).get(url("activity_statement", activity.pk, mois=MARCH)))
    assert "Mars 2026" in said
    for figure in ("1 234,50 €", "123,45 €", "10 %", "1 111,05 €", "246,90 €", "1 481,40 €"):
        assert figure in said


@pytest.mark.parametrize("month", ["2026-02", "2026-13", "x", "", "0000-00", "1900-01", "9999-12"])
def test_the_statement_opens_for_any_month(month: str, activity: Activity, accountant: Client) -> None:
    response = accountant.get(url("activity_statement", activity.pk, mois=month))
    assert response.status_code == 200


@pytest.mark.parametrize("period", PERIOD_SLUGS)
def test_each_figure_opens_its_entries(period: str, activity: Activity) -> None:
    client = owner_of(activity)
    for figure in FIGURE_SLUGS:
        response = client.get(url("figure", activity.pk, MARCH, figure, period))
        assert response.status_code == 200


def test_the_lines_behind_a_figure_come_to_it(activity: Activity) -> None:
    month = Month.parse(MARCH)
    section, client = section_of(activity), owner_of(activity)
    shown = figures_of(section, month).now
    for slug, name in FIGURE_SLUGS.items():
        figure = getattr(shown, name)
        periods = {"mois": figure.month, "annee": figure.year} if name in FLOWS else {"toujours": figure}
        for period, amount in periods.items():
            assert figure_total(section, name, span_of(PERIOD_SLUGS[period], month)) == amount
            page = client.get(url("figure", activity.pk, MARCH, slug, period))
            assert str(page.context["list"].intro).endswith(f" : {money(amount)}")


def test_a_year_that_is_closed_keeps_its_figures_and_the_lines_behind_them(activity: Activity) -> None:
    month = Month.parse(MARCH)
    section = section_of(activity)
    before = figures_of(section, month).now
    layouts.close_year(section, {"706000": -before.sales.year}, month.last)
    assert figures_of(section, month).now == before
    for name in ("sales", "result"):
        for period in ("month", "year"):
            total = figure_total(section, name, span_of(period, month))
            assert total == getattr(getattr(before, name), period) != 0


@pytest.mark.parametrize(
    "wrong",
    [
        (MARCH, "autre", "mois"),
        (MARCH, "ventes", "autre"),
        ("2026-13", "ventes", "mois"),
        ("x", "ventes", "mois"),
    ],
)
def test_an_unknown_figure_is_not_found(
    wrong: tuple[str, ...], activity: Activity, accountant: Client
) -> None:
    assert accountant.get(url("figure", activity.pk, *wrong)).status_code == 404


def test_the_figures_of_the_address_are_all_there() -> None:
    assert set(FIGURE_SLUGS.values()) == set(FIGURES)


def test_contributions_are_exported_as_figures(activity: Activity, accountant: Client) -> None:
    response = accountant.get(url("contribution_list", activity.pk, MARCH, export="csv"))
    row = response.content.decode("utf-8-sig").splitlines()[1]
    assert row == "02/03/2026;F-1;Prélèvement;1234,50;123,45;;Barème general"


def test_a_list_names_the_month_of_a_contribution_in_words(accountant: Client) -> None:
    books.scale(rules=books.monthly())
    one = make_activity(code="A1")
    books.take(one, "1000.00", on=date(2026, 3, 10), number="F-1")
    run_month(one, Month(2026, 3), today=date(2026, 4, 1), actor=None)
    for page in (url("contribution_list", one.pk, MARCH), url("run_list")):
        assert "Mars 2026" in text(accountant.get(page))
        assert ";Mars 2026;" in accountant.get(page + "?export=csv").content.decode("utf-8-sig")
    listed = accountant.get(url("contribution_list", one.pk, MARCH))
    assert f'href="{one.contributions.get().get_absolute_url()}"' in listed.content.decode()
    in_march = accountant.get(url("contribution_list", one.pk, MARCH, mois="2026-03"))
    assert len(in_march.context["list"].table.rows) == 1


def test_a_credit_note_says_what_it_gives_back(activity: Activity, accountant: Client) -> None:
    books.take(activity, "-1234.50", on=date(2026, 3, 9), number="A-1", corrects="F-1")
    said = text(accountant.get(url("activity_statement", activity.pk, mois=MARCH)))
    assert "rend ce que F-1 avait versé" in said
    assert accountant.get(url("contribution_list", activity.pk, MARCH)).status_code == 200


def test_a_contribution_of_nothing_is_shown_without_entry(activity: Activity, accountant: Client) -> None:
    books.take(activity, "0.01", on=date(2026, 3, 9), number="F-2")
    for page in (
        url("contribution_list", activity.pk, MARCH),
        url("activity_statement", activity.pk, mois=MARCH),
    ):
        said = text(accountant.get(page))
        assert "F-2" in said


def test_contributions_of_the_year(activity: Activity, accountant: Client) -> None:
    said = text(accountant.get(url("contribution_list", activity.pk, MARCH)))
    assert "1 234,50 €" in said
    assert "123,45 €" in said


def test_my_activity_leads_to_ones_own(activity: Activity) -> None:
    assert owner_of(activity).get(url("my_statement")).headers["Location"] == url(
        "activity_statement", activity.pk
    )


def test_my_activity_of_somebody_without_one_is_not_found() -> None:
    assert client_of(make_user(RoleKind.PROJECT_HOLDER)).get(url("my_statement")).status_code == 404


# --- rights ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BOOKS)
@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (RoleKind.AUDITOR, 200),
        (RoleKind.CO_MANAGER, 200),
        (RoleKind.ENTREPRENEUR, 403),
        (RoleKind.ADMINISTRATOR, 403),
    ],
)
def test_who_reads_the_books(kind: str, status: int, name: str, activity: Activity) -> None:
    assert client_of(make_user(kind)).get(url(name)).status_code == status


@pytest.mark.parametrize("name", ["account_add", "scale_add", "scale_assign"])
@pytest.mark.parametrize("kind", [RoleKind.AUDITOR, RoleKind.CO_MANAGER, RoleKind.ADVISOR])
def test_who_reads_does_not_write(kind: str, name: str, activity: Activity) -> None:
    client = client_of(make_user(kind))
    assert client.get(url(name)).status_code == 403
    assert client.post(url(name), {}).status_code == 403


def test_only_the_accountant_asks_for_a_control(activity: Activity) -> None:
    for kind in (RoleKind.AUDITOR, RoleKind.CO_MANAGER, RoleKind.ENTREPRENEUR):
        assert client_of(make_user(kind)).post(url("check_books")).status_code == 403
    assert not Job.objects.exists()


def advisor_of(activity: Activity) -> Client:
    portfolio = open_scope(ScopeKind.PORTFOLIO, label="Portefeuille", actor=None)
    activity.scope.portfolio = portfolio
    activity.scope.save()
    return client_of(make_user(RoleKind.ADVISOR, scope=portfolio))


def test_an_advisor_of_the_whole_cooperative_sees_every_activity_and_no_more(activity: Activity) -> None:
    rows = client_of(make_user(RoleKind.ADVISOR)).get(url("activity_balances")).context["list"].table.rows
    assert [row.record.code for row in rows] == ["A1"]


def test_an_advisor_sees_the_activities_of_the_portfolio_only(activity: Activity) -> None:
    other = make_activity(code="B2")
    client = advisor_of(activity)
    rows = client.get(url("activity_balances")).context["list"].table.rows
    assert [row.record.code for row in rows] == ["A1"]
    assert client.get(url("activity_statement", activity.pk)).status_code == 200
    assert client.get(url("activity_statement", other.pk)).status_code == 404
    assert client.get(url("entry_list")).status_code == 403


def test_an_entrepreneur_sees_only_their_own_activity(activity: Activity) -> None:
    other = make_activity(code="B2")
    hidden = books.sale(other, number="F-9")
    client = owner_of(activity)
    for page in (
        url("activity_statement", other.pk),
        url("figure", other.pk, MARCH, "ventes", "mois"),
        url("contribution_list", other.pk, MARCH),
        url("entry", hidden.pk),
    ):
        assert client.get(page).status_code == 404
    assert client.get(url("entry", Entry.objects.get(label__startswith="F-1").pk)).status_code == 200


def test_an_entrepreneur_reads_only_the_lines_of_their_section(
    activity: Activity, accountant: Client
) -> None:
    entry = Entry.objects.get(journal__code="AN")
    lines = owner_of(activity).get(url("entry", entry.pk)).context["lines"]
    assert {line.analytic.code for line in lines} == {"A1"}
    assert len(accountant.get(url("entry", entry.pk)).context["lines"]) == 4


def test_a_visitor_is_sent_to_the_login(activity: Activity) -> None:
    for page in (url("overview"), url("activity_statement", activity.pk)):
        assert Client().get(page).status_code == 302


# --- acts --------------------------------------------------------------------------------------


def test_the_accountant_adds_an_account(accountant: Client) -> None:
    facts = {"number": "512100", "label": "Banque postale", "kind": "balance", "role": "bank"}
    assert accountant.post(url("account_add"), facts).status_code == 302
    assert Account.objects.get(role="bank").number == "512100"


def test_a_refused_account_says_why_at_its_field(accountant: Client) -> None:
    facts = {"number": "512000", "label": "Banque", "kind": "balance", "role": ""}
    response = accountant.post(url("account_add"), facts)
    assert response.status_code == 422
    assert response.context["form"].errors["number"] == ["Le compte 512000 existe déjà."]
    assert Account.objects.filter(number="512000").count() == 1


def test_the_accountant_renames_an_account(accountant: Client) -> None:
    account = Account.objects.get(role="bank")
    assert accountant.get(url("account_change", account.pk)).status_code == 200
    facts = {"label": "Crédit coopératif", "kind": "balance", "role": "bank"}
    assert accountant.post(url("account_change", account.pk), facts).status_code == 302
    account.refresh_from_db()
    assert (account.label, account.role) == ("Crédit coopératif", "bank")
    assert accountant.post(url("account_change", account.pk), facts | {"label": ""}).status_code == 422


def test_the_accountant_gives_a_scale(accountant: Client) -> None:
    activity = make_activity(code="A1")
    scale = books.scale()
    given = {"activity": activity.pk, "scale": scale.pk, "starts_on": "2026-01-01", "reason": "Contrat"}
    given["confirme"] = "1"
    assert accountant.post(url("scale_assign"), given).status_code == 302
    assert ScaleAssignment.objects.get().activity == activity
    response = accountant.post(url("scale_assign"), given)
    assert response.status_code == 422
    assert "starts_on" in response.context["form"].errors
    assert ScaleAssignment.objects.count() == 1


def test_the_accountant_controls_the_books(
    activity: Activity, accountant: Client, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        response = accountant.post(url("check_books"))
    job = Job.objects.get()
    assert response.headers["Location"] == reverse("core:job_detail", args=[job.pk])
    assert BooksControl.objects.get().faults == []
    assert "Livres intacts" in text(accountant.get(url("control_list")))
    assert "Livres intacts" in text(accountant.get(url("overview")))


@pytest.mark.parametrize("name", ["overview", "control_list"])
def test_a_control_is_offered_to_who_may_start_it(name: str, accountant: Client) -> None:
    button = f'action="{url("check_books")}"'
    assert button in accountant.get(url(name)).content.decode()
    assert button not in client_of(make_user(RoleKind.CO_MANAGER)).get(url(name)).content.decode()


def test_a_control_starts_by_post_only(accountant: Client) -> None:
    assert accountant.get(url("check_books")).status_code == 405
    assert not Job.objects.exists()


# --- as many queries for 1 and 30 rows ------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["home", "overview", *LISTS, "activity_statement", "figure", "contribution_list"]
)
def test_a_page_costs_the_same_for_1_and_30_rows(
    name: str, activity: Activity, accountant: Client, django_assert_max_num_queries: Any
) -> None:
    args = {
        "activity_statement": [activity.pk],
        "contribution_list": [activity.pk, MARCH],
        "figure": [activity.pk, MARCH, "ventes", "annee"],
    }
    query: dict[str, Any] = {"mois": MARCH} if name == "activity_statement" else {}
    if name == "general_ledger":
        query["compte"] = Account.objects.get(role="customer").pk
    page = url(name, *args.get(name, []), **query)
    accountant.get(page)
    with django_assert_max_num_queries(40) as first:
        accountant.get(page)
    for rank in range(30):
        books.sale(make_activity(code=f"X{rank}"), on=date(2026, 3, 5))
        books.sale(activity, on=date(2026, 3, 6), number=f"G-{rank}")
        books.take(activity, "10.00", on=date(2026, 3, 6), number=f"G-{rank}")
    with django_assert_max_num_queries(len(first)):
        accountant.get(page)
