"""The pages of the room, through the client: what they show, what they refuse, with which status."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.models import AuditEntry
from people.models import Organisation, Person, Role, Scope, Territory, User
from people.services.organisations import ContactData, OrganisationData, save_organisation
from people.services.scopes import save_portfolio
from people.states import RoleKind, ScopeKind
from tests.factories.people import (
    make_admin,
    make_member,
    make_person,
    make_role,
    make_scope,
    make_territory,
    make_user,
    scope_of_territory,
)
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def admin() -> User:
    return make_admin(first_name="Fatou", last_name="Diop")


@pytest.fixture
def client(admin: User) -> Client:
    return client_of(admin)


class TestPersonList:
    def test_search_forgives_accents_and_filters_combine(self, client: Client) -> None:
        territory = make_territory()
        emile = make_person(first_name="Émile", last_name="Roussel", territory=territory)
        make_role(emile, RoleKind.CANDIDATE)
        make_person(first_name="Zoé", last_name="Martin")
        url = reverse("people:person_list")
        page = client.get(url, {"q": "emile rous"}).content.decode()
        assert "Émile Roussel" in page
        assert "Zoé Martin" not in page
        filters = {"role": "candidate", "territory": territory.pk, "account": "none"}
        found = client.get(url, filters).content.decode()
        assert "Émile Roussel" in found
        assert "Zoé Martin" not in found
        assert "Émile Roussel" not in client.get(url, {"account": "open"}).content.decode()

    def test_export_gives_what_is_shown(self, client: Client) -> None:
        make_person(first_name="Émile", last_name="Roussel", email="emile@exemple.fr")
        make_person(first_name="Zoé", last_name="Martin")
        response = client.get(reverse("people:person_list"), {"q": "roussel", "export": "csv"})
        content = b"".join(response) if response.streaming else response.content
        assert "emile@exemple.fr" in content.decode("utf-8-sig")
        assert "Martin" not in content.decode("utf-8-sig")

    def test_the_list_stops_at_the_reach_of_the_reader(self) -> None:
        scope = make_scope()
        followed, stranger = make_person(last_name="Suivie"), make_person(last_name="Inconnue")
        make_member(followed, scope)
        advisor = make_user(RoleKind.ADVISOR, scope=scope)
        page = client_of(advisor).get(reverse("people:person_list")).content.decode()
        assert "Suivie" in page
        assert "Inconnue" not in page
        assert client_of(advisor).get(stranger.get_absolute_url()).status_code == 404
        assert client_of(advisor).get(followed.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("kind", [RoleKind.WEBMASTER, RoleKind.AUDITOR, RoleKind.ENTREPRENEUR])
    def test_no_list_for_those_who_read_no_file(self, kind: str) -> None:
        assert client_of(make_user(kind)).get(reverse("people:person_list")).status_code == 403

    @pytest.mark.parametrize("name", ["people:person_list", "people:organisation_list"])
    def test_as_many_queries_for_1_and_30_rows(
        self, name: str, client: Client, django_assert_num_queries: Any
    ) -> None:
        def fill(count: int) -> None:
            for _n in range(count):
                user = make_user(RoleKind.ASSOCIATE, territory=make_territory(code=uuid.uuid4().hex[:12]))
                assert user.person
                data = OrganisationData(f"Organisme {uuid.uuid4()}")
                save_organisation(None, data=data, contacts=[ContactData("Ana")], actor=None)

        fill(1)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as few:
            client.get(reverse(name))
        fill(29)
        with django_assert_num_queries(len(few)):
            client.get(reverse(name))


class TestPersonPage:
    def test_it_shows_roles_their_giver_and_where_the_person_is(self, client: Client) -> None:
        person, activity = (
            make_person(first_name="Claire", last_name="Lenoir"),
            make_scope("Photographie Lenoir"),
        )
        make_member(person, activity)
        make_role(person, RoleKind.ENTREPRENEUR)
        page = text(client.get(person.get_absolute_url()))
        assert "Entrepreneur·e salarié·e" in page
        assert "Photographie Lenoir" in page
        assert "Pas de compte" in page

    def test_editing_says_faults_at_their_field(self, client: Client) -> None:
        person = make_person(first_name="Claire")
        url = reverse("people:person_edit", args=[person.pk])
        assert client.get(url).status_code == 200
        response = client.post(
            url, {"first_name": "", "last_name": "Lenoir", "country": "FR", "email": "pas-une-adresse"}
        )
        assert response.status_code == 422
        assert {"first_name", "email"} <= set(response.context["form"].errors)
        person.refresh_from_db()
        assert person.first_name == "Claire"

    def test_two_tabs(self, client: Client) -> None:
        person = make_person(first_name="Claire")
        url = reverse("people:person_edit", args=[person.pk])
        fields = {"first_name": "Clara", "last_name": "Lenoir", "country": "FR", "version": "1"}
        assert client.post(url, fields).status_code == 302
        response = client.post(url, fields | {"first_name": "Klara"})
        assert response.status_code == 422
        assert "entre-temps" in text(response)
        person.refresh_from_db()
        assert person.first_name == "Clara"

    def test_a_person_corrects_contact_details_but_not_their_name(self) -> None:
        user = make_user(RoleKind.ENTREPRENEUR, first_name="Claire", territory=make_territory())
        person = user.person
        assert person
        url = reverse("people:person_edit", args=[person.pk])
        fields = {
            "first_name": "Reine",
            "email": "neuve@exemple.fr",
            "phone": "0601",
            "country": "FR",
            "version": "1",
        }
        assert client_of(user).post(url, fields).status_code == 302
        person.refresh_from_db()
        assert (person.first_name, person.phone) == ("Claire", "0601")
        assert person.territory is not None

    def test_names_in_any_script(self, client: Client) -> None:
        person = make_person()
        url = reverse("people:person_edit", args=[person.pk])
        fields = {"first_name": "美玲 🐝", "last_name": "王", "country": "CN", "version": "1"}
        assert client.post(url, fields).status_code == 302
        assert "美玲 🐝 王" in text(client.get(person.get_absolute_url()))

    def test_ten_megabytes_of_text(self, client: Client) -> None:
        person = make_person(first_name="Claire")
        url = reverse("people:person_edit", args=[person.pk])
        response = client.post(url, {"first_name": "a" * 10_000_000, "last_name": "b", "country": "FR"})
        assert response.status_code in {400, 413}
        person.refresh_from_db()
        assert person.first_name == "Claire"


class TestRolePages:
    def fields(self, **changed: Any) -> dict[str, Any]:
        return {
            "kind": "advisor",
            "starts_on": timezone.localdate().isoformat(),
            "reason": "embauche",
        } | changed

    def test_giving_and_ending(self, client: Client, admin: User) -> None:
        person = make_person()
        give = reverse("people:role_give", args=[person.pk])
        assert client.get(give).status_code == 200
        assert client.post(give, self.fields()).status_code == 302
        role = person.roles.get()
        assert role.given_by == admin
        end = reverse("people:role_end", args=[role.pk])
        assert client.get(end).status_code == 200
        yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
        assert client.post(end, {"last_day": yesterday, "reason": "départ"}).status_code == 302
        role.refresh_from_db()
        assert not role.is_in_force(timezone.localdate())
        assert client.post(end, {"last_day": yesterday, "reason": "départ"}).status_code == 422

    def test_a_second_click_gives_nothing_twice(self, client: Client) -> None:
        person = make_person()
        give = reverse("people:role_give", args=[person.pk])
        client.post(give, self.fields())
        response = client.post(give, self.fields())
        assert response.status_code == 422
        assert "déjà ce rôle" in text(response)
        assert person.roles.count() == 1

    def test_human_resources_give_no_staff_role(self) -> None:
        hr, person = make_user(RoleKind.HUMAN_RESOURCES), make_person()
        give = reverse("people:role_give", args=[person.pk])
        response = client_of(hr).post(give, self.fields(kind="administrator"))
        assert response.status_code == 422
        assert "kind" in response.context["form"].errors
        assert not person.roles.exists()
        assert client_of(hr).post(give, self.fields(kind="entrepreneur")).status_code == 302
        role = make_role(make_person(), RoleKind.ADVISOR)
        end = reverse("people:role_end", args=[role.pk])
        assert client_of(hr).post(end, {"last_day": timezone.localdate(), "reason": "x"}).status_code == 403
        role.refresh_from_db()
        assert role.ends_on is None

    def test_an_advisor_gives_no_role(self) -> None:
        advisor, person = make_user(RoleKind.ADVISOR), make_person()
        response = client_of(advisor).post(reverse("people:role_give", args=[person.pk]), self.fields())
        assert response.status_code == 403
        assert not person.roles.exists()

    def test_the_last_administrator_cannot_leave_the_house_empty(self, client: Client, admin: User) -> None:
        assert admin.person
        role = admin.person.roles.get()
        end = reverse("people:role_end", args=[role.pk])
        response = client.post(end, {"last_day": timezone.localdate(), "reason": "x"})
        assert response.status_code == 422
        assert Role.objects.get(pk=role.pk).ends_on is None


class TestAccountPages:
    def test_preferences_change_the_language_at_once(self, client: Client, admin: User) -> None:
        url = reverse("people:account")
        assert client.get(url).status_code == 200
        fields = {"language": "en", "theme": "dark", "density": "compact"}
        assert client.post(url, fields).status_code == 302
        assert 'lang="en"' in client.get(url).content.decode()
        admin.refresh_from_db()
        assert (admin.theme, admin.density, admin.shortcuts) == ("dark", "compact", False)
        assert client.post(url, fields | {"theme": "pink"}).status_code == 422

    def test_an_account_without_person_has_a_page(self) -> None:
        alone = User.objects.create_user("seule@exemple.fr", "x")
        assert client_of(alone).get(reverse("people:account")).status_code == 200

    def test_closing_shuts_the_open_session(self, client: Client) -> None:
        user = make_user(RoleKind.ENTREPRENEUR)
        theirs = client_of(user)
        assert user.person
        assert theirs.get(reverse("people:account")).status_code == 200
        url = reverse("people:account_close", args=[user.person.pk])
        assert client.get(url).status_code == 200
        assert client.post(url, {"reason": ""}).status_code == 422
        assert client.post(url, {"reason": "fin de contrat"}).status_code == 302
        assert theirs.get(reverse("people:account")).status_code == 302
        assert "Compte fermé" in text(client.get(user.person.get_absolute_url()))
        reopen = reverse("people:account_reopen", args=[user.person.pk])
        assert client.get(reopen).status_code == 200
        assert client.post(reopen, {"reason": "retour"}).status_code == 302
        user.refresh_from_db()
        assert user.is_active

    def test_human_resources_close_no_staff_account(self) -> None:
        hr, staff = make_user(RoleKind.HUMAN_RESOURCES), make_user(RoleKind.ADVISOR)
        assert staff.person
        url = reverse("people:account_close", args=[staff.person.pk])
        assert client_of(hr).post(url, {"reason": "x"}).status_code == 403
        staff.refresh_from_db()
        assert staff.is_active


class TestOrganisationPages:
    def fields(self, **changed: Any) -> dict[str, Any]:
        management = {"contacts-TOTAL_FORMS": "2", "contacts-INITIAL_FORMS": "0"}
        blank = {
            f"contacts-{n}-{name}": "" for n in range(2) for name in ("name", "function", "email", "phone")
        }
        known = {
            "name": "Mairie de Talence",
            "kind": "public_body",
            "country": "FR",
            "relations": ["customer"],
        }
        return management | blank | known | {"form_key": str(uuid.uuid4())} | changed

    def test_creating_reading_and_changing(self, client: Client) -> None:
        create = reverse("people:organisation_create")
        assert client.get(create).status_code == 200
        links = "https://exemple.social/@talence\nhttps://exemple.org/talence"
        fields = self.fields(
            siret="732 829 320 00074",
            social_links=links,
            **{"contacts-0-name": "Ana Silva", "contacts-0-function": "Achats"},
        )
        assert client.post(create, fields).status_code == 302
        saved = Organisation.objects.get()
        assert saved.siren == "732829320"
        assert saved.social_links == links.split()
        page = text(client.get(saved.get_absolute_url()))
        assert "Ana Silva" in page
        assert "Achats" in page
        edit = reverse("people:organisation_edit", args=[saved.pk])
        assert "Ana Silva" in client.get(edit).content.decode()
        assert client.post(edit, self.fields(name="Ville de Talence", version="1")).status_code == 302
        saved.refresh_from_db()
        assert (saved.name, saved.contacts.count()) == ("Ville de Talence", 0)
        assert client.post(edit, self.fields(name="Autre", version="1")).status_code == 422

    def test_a_double_click_makes_one(self, client: Client) -> None:
        fields = self.fields()
        for _again in range(2):
            assert client.post(reverse("people:organisation_create"), fields).status_code == 302
        assert Organisation.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"siren": "123456789"}, "siren"),
            ({"siret": "73282932000075"}, "siret"),
            ({"vat_number": "XX1"}, "vat_number"),
            ({"name": ""}, "name"),
            ({"social_links": "javascript:alert(1)"}, "social_links"),
            ({"website": "nulle part"}, "website"),
            ({"relations": ["friend"]}, "relations"),
            ({"country": "France"}, "country"),
        ],
    )
    def test_faults_are_said_at_their_field(
        self, client: Client, changed: dict[str, Any], field: str
    ) -> None:
        response = client.post(reverse("people:organisation_create"), self.fields(**changed))
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {field}
        assert not Organisation.objects.exists()

    def test_a_contact_without_name(self, client: Client) -> None:
        fields = self.fields(**{"contacts-0-email": "ana@exemple.fr"})
        response = client.post(reverse("people:organisation_create"), fields)
        assert response.status_code == 422
        assert "nom du contact" in text(response)
        assert not Organisation.objects.exists()

    def test_a_known_siren_leads_to_its_record(self, client: Client) -> None:
        known = save_organisation(None, data=OrganisationData("Mairie", siren="732829320"), actor=None)
        response = client.post(reverse("people:organisation_create"), self.fields(siret="73282932000074"))
        assert response.status_code == 422
        page = response.content.decode()
        assert "déjà celui de « Mairie »" in page
        assert f'href="{known.get_absolute_url()}"' in page

    def test_archiving_one_or_many(self, client: Client) -> None:
        rows = [save_organisation(None, data=OrganisationData(f"N{n}"), actor=None) for n in range(3)]
        url = reverse("people:organisation_archive")
        assert client.get(url).status_code == 405
        assert client.post(url, {"ids": [rows[0].pk, rows[1].pk]}).status_code == 302
        assert Organisation.objects.filter(is_archived=True).count() == 2
        assert "archivé" in text(client.get(rows[0].get_absolute_url()))
        client.post(url, {"ids": rows[0].pk, "archived": "no"})
        assert Organisation.objects.filter(is_archived=True).count() == 1
        names = {
            wanted: {
                f"N{n}"
                for n in range(3)
                if f"N{n}" in text(client.get(reverse("people:organisation_list"), {"archived": wanted}))
            }
            for wanted in ("", "yes", "all")
        }
        assert names == {"": {"N0", "N2"}, "yes": {"N1"}, "all": {"N0", "N1", "N2"}}

    def test_who_only_reads_changes_nothing(self) -> None:
        officer = client_of(make_user(RoleKind.DATA_OFFICER))
        assert officer.get(reverse("people:organisation_list")).status_code == 200
        assert officer.post(reverse("people:organisation_create"), self.fields()).status_code == 403
        assert (
            client_of(make_user(RoleKind.WEBMASTER)).get(reverse("people:organisation_list")).status_code
            == 403
        )
        assert not Organisation.objects.exists()


class TestTerritoryPages:
    def test_the_tree_and_its_forms(self, client: Client) -> None:
        page = text(client.get(reverse("people:territory_list")))
        assert "Aucun territoire" in page
        create = reverse("people:territory_create")
        fields = {"name": "Aquitaine", "code": "A", "kind": "region", "parent": ""}
        assert client.post(create, fields).status_code == 302
        region = Territory.objects.get()
        assert (
            client.post(
                create, {"name": "Gironde", "code": "33", "kind": "department", "parent": region.pk}
            ).status_code
            == 302
        )
        below = Territory.objects.get(code="33")
        edit = reverse("people:territory_edit", args=[region.pk])
        assert client.get(edit).status_code == 200
        assert client.post(edit, fields | {"parent": below.pk}).status_code == 422
        assert client.post(create, fields).status_code == 422
        assert Territory.objects.count() == 2
        page = text(client.get(reverse("people:territory_list")))
        assert page.index("Aquitaine") < page.index("Gironde")

    def test_portfolios(self, client: Client) -> None:
        one, two = make_scope("Un"), make_scope("Deux")
        create = reverse("people:portfolio_create")
        assert client.get(create).status_code == 200
        assert client.post(create, {"label": "Nord", "scopes": [one.pk]}).status_code == 302
        portfolio = Scope.objects.get(kind=ScopeKind.PORTFOLIO)
        edit = reverse("people:portfolio_edit", args=[portfolio.pk])
        assert client.get(edit).status_code == 200
        assert client.post(edit, {"label": "Nord", "scopes": [two.pk]}).status_code == 302
        assert list(portfolio.followed.all()) == [two]
        assert client.post(create, {"label": "Nord"}).status_code == 422
        assert client.post(create, {"label": ""}).status_code == 422
        assert client.get(reverse("people:portfolio_edit", args=[one.pk])).status_code == 404

    def test_a_co_manager_reads_and_changes_nothing(self) -> None:
        save_portfolio(None, label="Nord", scopes=[], actor=None)
        make_territory()
        manager = client_of(make_user(RoleKind.CO_MANAGER))
        assert "Nord" in text(manager.get(reverse("people:territory_list")))
        assert manager.get(reverse("people:territory_create")).status_code == 403
        assert manager.post(reverse("people:portfolio_create"), {"label": "Sud"}).status_code == 403
        assert scope_of_territory(Territory.objects.get()).label == "Gironde"


def test_a_visitor_is_sent_to_the_login_page() -> None:
    for name in ("people:person_list", "people:organisation_list", "people:account", "people:territory_list"):
        response = Client().get(reverse(name))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))


def test_every_act_has_its_author(client: Client, admin: User) -> None:
    person = make_person()
    url = reverse("people:person_edit", args=[person.pk])
    client.post(url, {"first_name": "Clara", "last_name": "Lenoir", "country": "FR", "version": "1"})
    entry = AuditEntry.objects.get(verb="people.person.change")
    assert entry.actor == admin
    assert Person.objects.get(pk=person.pk).first_name == "Clara"
