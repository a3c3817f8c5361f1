"""The first page: what waits for me, then my figures; a visitor reads the welcome and nothing else."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cae.core import facts
from cae.core.facts import Coming, Due, Todo
from cae.core.notices import notify
from cae.core.questions import Pile
from cae.core.sending import RETURNED
from invoicing.engines.checker import client as checker
from invoicing.models import Invoice
from people.models import User
from people.services.assistance import start_assistance
from people.services.invitations import invite_person
from people.services.scopes import save_portfolio
from people.states import RelationKind, RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity, make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import OrganisationFactory, make_person, make_role, make_user
from tests.invoicing.conftest import Judges
from tests.pages import client_of, text

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

    monkeypatch.setattr(facts, "_awaited", [])
    monkeypatch.setattr(facts, "_todos", [two])
    page = client_of(make_user(RoleKind.CANDIDATE)).get(reverse("portal:home")).content.decode()
    assert page.index("Tout de suite") < page.index("Plus tard")
    assert [todo.due for todo in facts.todos_of(None, today)] == [today, today + timedelta(days=9)]


def test_nothing_to_do_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_awaited", [])
    monkeypatch.setattr(facts, "_todos", [])
    assert "Rien à faire aujourd’hui." in client_of(make_user()).get(reverse("portal:home")).content.decode()


def test_the_title_counts_what_waits_and_says_the_oldest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_awaited", [])
    monkeypatch.setattr(
        facts,
        "_todos",
        [lambda user, day: [Todo("Trois", "/", due=day, count=3), Todo("Un", "/", since=date(2026, 1, 5))]],
    )
    page = text(client_of(make_user()).get(reverse("portal:home")))
    assert "À faire 4" in page
    assert "le plus ancien : le 05/01/2026" in page


def test_several_functions_see_one_list_a_room(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [Todo("Facturer", "/", group="Ventes"), Todo("Clore", "/", group="Comptabilité")]
    monkeypatch.setattr(facts, "_awaited", [])
    monkeypatch.setattr(facts, "_todos", [lambda user, day: rows])
    page = client_of(make_user()).get(reverse("portal:home"))
    assert [str(group.label) for group in page.context["home"].groups] == ["Ventes", "Comptabilité"]
    monkeypatch.setattr(facts, "_awaited", [])
    monkeypatch.setattr(facts, "_todos", [lambda user, day: rows[:1]])
    page = client_of(make_user()).get(reverse("portal:home"))
    assert [group.label for group in page.context["home"].groups] == [""]


def test_when_nothing_waits_the_next_date_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "_awaited", [])
    monkeypatch.setattr(facts, "_todos", [])
    closing = Pile("tests.claims", lambda: (User.objects.all(), "created_at"))
    coming = Coming(closing, lambda user, day: {}, lambda user, day: Due("note de frais", day, "/frais/"))
    monkeypatch.setattr(facts, "_coming", [coming])
    page = text(client_of(make_user()).get(reverse("portal:home")))
    assert f"Prochaine échéance : le {timezone.localdate():%d/%m/%Y}, note de frais." in page


def test_the_three_figures_of_an_activity_lead_to_their_lines() -> None:
    user, _activity = make_entrepreneur()
    client = client_of(user)
    page = client.get(reverse("portal:home"))
    figures = page.context["home"].figures
    assert [str(one.label) for one in figures] == [
        "À encaisser",
        "Trésorerie disponible",
        "Contribution du mois",
    ]
    assert reverse("portal:home_figures") not in page.content.decode()
    for one in figures:
        assert client.get(one.url).status_code == 200, one.url
    assert client.get(reverse("portal:home_figures")).status_code == 403


def test_many_activities_are_added_up_after_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "check", Judges().check)
    _user, activity = make_entrepreneur()
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    home = accountant.get(reverse("portal:home"))
    assert list(home.context["home"].figures) == []
    url = reverse("portal:home_figures")
    assert f'hx-get="{url}"' in home.content.decode()
    monkeypatch.setitem(facts._facts, "activity.cash", lambda objs, on: {activity.pk: Decimal("-12.50")})
    whole, part = accountant.get(url), accountant.get(url, headers={"HX-Request": "true"})
    assert "Toutes les activités" in text(whole)
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert "Trésorerie sous zéro" in text(part)
    assert activity.name in text(part)
    late = sales.issued(activity, on=date(2026, 3, 3), due_on=date(2026, 3, 4))
    assert late.total_incl_tax == Decimal("240.00")
    assert "dont 240,00 € en retard, sur une facture" in text(accountant.get(url))
    portfolio = save_portfolio(None, label="Suivies", scopes=[activity.scope], actor=None)
    followed = client_of(make_user(RoleKind.ADVISOR, scope=portfolio)).get(url)
    assert "Les activités que vous suivez" in text(followed)


@pytest.mark.parametrize("kinds", [*((kind,) for kind in RoleKind.values), RoleKind.values])
def test_nobody_has_more_than_seven_entries(kinds: Sequence[str]) -> None:
    page = client_of(make_user(*kinds)).get(reverse("portal:home"))
    assert 1 <= len(page.context["menu"]) <= 7


def test_the_pages_of_a_group_show_while_one_is_in_it() -> None:
    client = client_of(make_user(RoleKind.ADMINISTRATOR))
    inside, outside = client.get(reverse("core:journal")), client.get(reverse("portal:home"))
    assert 'class="menu-list menu-inner"' in inside.content.decode()
    assert 'class="menu-list menu-inner"' not in outside.content.decode()
    assert inside.content.decode().count('aria-current="page"') >= 1


def test_a_heading_that_bears_the_name_of_its_first_page_stands_for_it() -> None:
    user, _activity = make_entrepreneur()
    group = next(
        group
        for group in client_of(user).get(reverse("accounting:my_statement"), follow=True).context["menu"]
        if group.label == "Mon activité"
    )
    assert group.heads
    assert not group.is_alone
    assert "Mon activité" not in [entry.label for entry in group.inner]


def test_one_works_on_one_activity_at_a_time_and_only_one_s_own() -> None:
    user, first = make_entrepreneur(name="Aaa")
    assert user.person is not None
    second = make_activity(user.person, name="Bbb")
    other = make_activity(name="Ccc")
    client = client_of(user)
    url = reverse("portal:switch_activity")
    for elsewhere in ("rien", "https://ailleurs.example/"):
        answer = client.post(url, {"activity": second.pk, "next": elsewhere})
        assert answer.headers["Location"] == reverse("portal:home")
    assert client.session["activity_in_use"] == second.pk
    assert client.post(url, {"activity": first.pk, "next": "/aide/"}).url == "/aide/"
    for wrong in (other.pk, "x", ""):
        assert client.post(url, {"activity": wrong}).status_code == 404
    assert client.session["activity_in_use"] == first.pk


def test_the_next_invoice_to_be_paid_is_the_next_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker, "check", Judges().check)
    monkeypatch.setattr(facts, "_awaited", [])
    monkeypatch.setattr(facts, "_todos", [])
    user, activity = make_entrepreneur()
    today = timezone.localdate()
    customer = sales.firm(activity, name="Mairie de Lormont")
    invoice = sales.issued(activity, on=today, due_on=today + timedelta(days=20), customer=customer)
    page = text(client_of(user).get(reverse("portal:home")))
    assert f"paiement de {invoice.number} par Mairie de Lormont" in page
    assert facts.next_due(make_entrepreneur()[0], today) is None
    sales.pay(invoice, "240.00", on=today)
    assert facts.next_due(user, today) is None


KEEPERS = [
    (RoleKind.HUMAN_RESOURCES, ["Activités ouvertes", "Comptes ouverts", "Invitations en attente"]),
    (RoleKind.ADMINISTRATOR, ["Personnes", "Comptes ouverts", "Invitations en attente"]),
    (RoleKind.TRAINING_MANAGER, ["Personnes", "Comptes ouverts", "Invitations en attente"]),
    (RoleKind.DATA_OFFICER, ["Personnes", "Comptes ouverts", "Interventions en 30 jours"]),
    (RoleKind.PROJECT_MANAGER, ["Organismes", "Partenaires", "Financeurs"]),
]


@pytest.mark.parametrize(("kind", "labels"), KEEPERS)
def test_who_keeps_people_or_the_network_counts_them(kind: str, labels: list[str]) -> None:
    make_entrepreneur()
    user = make_user(kind)
    invite_person(make_person(), actor=user, now=timezone.now())
    OrganisationFactory(relations=[RelationKind.FUNDER])
    OrganisationFactory(relations=[RelationKind.FUNDER, RelationKind.PARTNER], is_archived=True)
    helped, helper = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ADMINISTRATOR)
    start_assistance(helped.person, reason="Elle le demande", actor=helper, now=timezone.now())
    client = client_of(user)
    page = client.get(reverse("portal:home"))
    figures = page.context["home"].figures
    assert [str(one.label) for one in figures] == labels
    for one in figures:
        lines = client.get(one.url).context["list"].count.rows
        assert lines == one.value, one.label
        assert f">{one.value}</a>" in page.content.decode()
    assert figures[-1].value == 1


def test_an_associate_reads_their_place_and_who_runs_the_house() -> None:
    make_cooperative()
    manager = make_user(RoleKind.CO_MANAGER)
    user, _activity = make_entrepreneur()
    assert "Vie associative" not in text(client_of(user).get(reverse("portal:home")))
    make_role(user.person, RoleKind.ASSOCIATE)
    page = text(client_of(User.objects.get(pk=user.pk)).get(reverse("portal:home")))
    assert "Vie associative" in page
    assert "Associé·e" in page
    assert manager.person.full_name in page
    assert "capital variable" in page


def test_a_new_account_is_told_its_place_and_whom_to_write_to() -> None:
    cooperative = make_cooperative()
    page = text(client_of(make_user()).get(reverse("portal:home")))
    assert "Votre place" in page
    assert "Aucun rôle en vigueur." in page
    assert cooperative.email in page
    staff = text(client_of(make_user(RoleKind.WEBMASTER)).get(reverse("portal:home")))
    assert "Votre place" in staff
    assert cooperative.email not in staff, "who works there knows it"


def test_the_last_notices_stand_on_the_page() -> None:
    user = make_user()
    for number in range(5):
        notify([user], RETURNED, subject=f"Avis {number}", url="/")
    page = client_of(user).get(reverse("portal:home"))
    assert [one.subject for one in page.context["home"].notices] == ["Avis 4", "Avis 3", "Avis 2"]


def test_drafts_of_others_do_not_wait_for_the_accountant() -> None:
    _user, activity = make_entrepreneur()
    accountant = make_user(RoleKind.ACCOUNTANT)
    sales.draft(activity)
    assert "brouillon" not in text(client_of(accountant).get(reverse("portal:home")))
    Invoice.objects.filter(pk=sales.draft(activity).pk).update(created_by=accountant)
    assert "Terminer 1 brouillon" in text(client_of(accountant).get(reverse("portal:home")))
