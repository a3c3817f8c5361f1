"""One box finds everything (CAE-11), through one query a room, and only what the person may see."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cae.core import search
from cae.core.plain import with_words
from cae.core.search import Hit
from cae.portal.handbook import TOPICS
from invoicing.engines.checker import client as checker
from invoicing.services.catalogue import archive_item
from people.models import Person, User
from people.selectors.persons import persons_visible_to
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories.entrepreneurs import make_entrepreneur
from tests.factories.kernel import make_cooperative
from tests.factories.people import PersonFactory, make_person, make_user
from tests.invoicing.conftest import Judges
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judged")]


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """The official rules say yes."""
    monkeypatch.setattr(checker, "check", Judges().check)


def found(user: User, terms: str) -> dict[str, list[str]]:
    return {str(group.label): [str(hit.label) for hit in group.hits] for group in search.search(user, terms)}


def test_people_by_any_part_of_their_name_accents_apart() -> None:
    admin = make_user(RoleKind.ADMINISTRATOR)
    make_person(first_name="Aïcha", last_name="N’Diaye-Çelik", email="aicha@exemple.fr")
    for terms in ("celik", "AICHA", "diaye aïcha", "aicha@ex"):
        assert found(admin, terms)["Personnes"] == ["Aïcha N’Diaye-Çelik"], terms
    assert "Personnes" not in found(admin, "celik absente")


def test_a_person_finds_nobody_but_themselves_without_a_role_that_reads() -> None:
    user, _activity = make_entrepreneur()
    make_person(first_name="Zoé", last_name="Voisine")
    assert found(user, "voisine") == {}
    assert user.person is not None
    assert found(user, user.person.last_name)["Personnes"] == [user.person.full_name]


def test_customers_and_documents_stay_inside_their_activity() -> None:
    make_cooperative()
    claire, hers = make_entrepreneur()
    marc, his = make_entrepreneur()
    for activity, name in ((hers, "Mairie de Lormont"), (his, "Mairie de Cenon")):
        customer = sales.firm(activity, name=name)
        sales.issued(activity, sales.line("1028.75"), customer=customer)
    number = hers.invoices.get().number
    for user, own, other in (
        (claire, "Mairie de Lormont", "Mairie de Cenon"),
        (marc, "Mairie de Cenon", "Mairie de Lormont"),
    ):
        assert found(user, "mairie")["Clients"] == [own]
        assert other not in str(found(user, "mairie cenon lormont"))
        assert len(found(user, "1 234,50")["Documents"]) == 1
    assert found(claire, number)["Documents"] == [number]
    assert "Documents" not in found(marc, number)
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert sorted(found(accountant, "mairie")["Clients"]) == ["Mairie de Cenon", "Mairie de Lormont"]
    assert len(found(accountant, "1234,50 €")["Documents"]) == 2
    assert len(found(accountant, "1028.75")["Documents"]) == 2
    assert "Documents" not in found(accountant, "1234,51")


def test_quotes_stay_inside_their_activity() -> None:
    claire, hers = make_entrepreneur()
    marc, his = make_entrepreneur()
    quote, other = quotes.approved(hers, sales.line("1028.75")), quotes.approved(his, sales.line("10.00"))
    for terms in (str(quote.number), "1 234,50", "1028,75"):
        assert found(claire, terms)["Documents"] == [str(quote)], terms
        assert str(quote) not in str(found(marc, terms)), terms
    assert found(marc, str(other.number))["Documents"] == [str(other)]


def test_a_document_by_its_name_as_its_page_writes_it() -> None:
    make_cooperative()
    claire, hers = make_entrepreneur()
    invoice = sales.issued(hers)
    quote = quotes.approved(hers)
    for terms in (f"Devis {quote.number}", f"devis n° {quote.number} v1", str(quote.number)[1:]):
        assert str(quote) in found(claire, terms)["Documents"], terms
    assert found(claire, f"devis {quote.number}")["Documents"] == [str(quote)]
    for terms in (f"Facture {invoice.number}", str(invoice.number).lower(), str(invoice.number)[-4:]):
        assert invoice.number in found(claire, terms)["Documents"], terms
    assert "Documents" not in found(claire, "devis")
    assert "Documents" not in found(claire, "facture 1")


def test_items_of_the_catalogue_in_sight_and_still_sold() -> None:
    make_cooperative()
    claire, hers = make_entrepreneur()
    marc, his = make_entrepreneur()
    sales.item(hers, label="Séance photo à l’école", reference="PH-01")
    sales.item(his, label="Séance de sophrologie")
    sales.item(None, label="Séance d’information")
    archive_item(sales.item(hers, label="Séance ancienne"), actor=claire, at=timezone.now())
    assert found(claire, "seance")["Catalogue"] == ["Séance d’information", "Séance photo à l’école"]
    assert found(marc, "seance")["Catalogue"] == ["Séance d’information", "Séance de sophrologie"]
    assert found(claire, "ph-01 ecole")["Catalogue"] == ["Séance photo à l’école"]
    assert len(found(make_user(RoleKind.ACCOUNTANT), "seance")["Catalogue"]) == 3
    assert "Catalogue" not in found(make_user(), "seance")


def test_an_entry_by_its_number_for_who_reads_it() -> None:
    make_cooperative()
    claire, hers = make_entrepreneur()
    sales.issued(hers)
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert found(accountant, "ve 1")["Écritures"] == ["VE 1"]
    assert found(claire, "VE1")["Écritures"] == ["VE 1"]
    assert "Écritures" not in found(make_entrepreneur()[0], "VE 1")
    assert "Écritures" not in found(accountant, "VE 2")


def test_pages_and_acts_are_those_the_person_may_open() -> None:
    user, _activity = make_entrepreneur()
    assert found(user, "nouvelle")["Actions"] == ["Nouvelle facture", "Nouvelle affaire"]
    assert found(user, "compt")["Pages"] == ["Mon compte"]
    accountant = make_user(RoleKind.ACCOUNTANT)
    assert "Écritures" in found(accountant, "compt")["Pages"]
    assert "Actions" not in found(make_user(), "nouvelle")
    assert found(make_user(), "accueil")["Pages"] == ["Accueil"]


def test_one_letter_asks_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(search, "_providers", [lambda user, terms, limit: asked.append(terms) or []])
    search.search(make_user(), "a")
    assert asked == []
    search.search(make_user(), " a  b ")
    assert asked == ["a b"]


def test_a_group_shows_a_few_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def many(user: Any, terms: str, limit: int) -> list[Hit]:
        return [Hit("Choses", str(place), "", "/") for place in range(50)]

    monkeypatch.setattr(search, "_providers", [many])
    assert len(found(make_user(), "chose")["Choses"]) == search.LIMIT


def test_as_many_queries_whatever_is_found(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    admin = make_user(RoleKind.ADMINISTRATOR)
    PersonFactory.create_batch(2, last_name="Martin")
    search.search(admin, "martin")  # roles are read once
    # Persons, organisations, activities, catalogue, pages of the guide; associates, assemblies, resolutions,
    # decisions, secret ballots; places, coworkers, bookings, events, courses.
    with django_assert_num_queries(15) as few:
        assert len(search.search(admin, "martin")[0].hits) == 2
    PersonFactory.create_batch(30, last_name="Martin")
    with django_assert_num_queries(len(few.captured_queries)):
        assert len(search.search(admin, "martin")[0].hits) == search.LIMIT


def plan_of(queryset: Any) -> str:
    sql, params = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_names_are_found_through_their_index() -> None:
    rows = with_words(Person.objects.all(), "celik noé", "=sort_name", "=email").order_by()
    assert "person_found" in plan_of(rows)
    seen = with_words(persons_visible_to(make_user(RoleKind.ADMINISTRATOR)), "celik", "=sort_name", "=email")
    assert "person_found" in plan_of(seen.order_by())


@pytest.mark.parametrize(
    ("terms", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1\u202f234,50\u00a0€", "1234.50"),
        ("1234.5", "1234.50"),
        ("12", "12.00"),
        ("0", None),
        ("1,234", None),
        ("douze", None),
        ("99999999999", None),
    ],
)
def test_an_amount_as_people_type_it(terms: str, amount: str | None) -> None:
    assert (str(search.amount_in(terms)) if search.amount_in(terms) else None) == amount


def test_the_page_and_the_palette_say_the_same() -> None:
    user, _activity = make_entrepreneur()
    client = client_of(user)
    url = reverse("core:search")
    page = client.get(url, {"q": "accueil"})
    assert "Accueil" in text(page)
    assert 'role="option"' not in page.content.decode()
    assert "Rien ne répond à ces mots." in text(client.get(url, {"q": "zzzzzz"}))
    options = client.get(url, {"q": "accueil"}, headers={"HX-Request": "true"})
    assert options.content.decode().count('role="option"') == 1
    assert "1 résultat" in text(options)
    assert "<html" not in options.content.decode()
    nothing = client.get(url, {"q": "zzzzzz"}, headers={"HX-Request": "true"})
    assert "Rien de ce que vous pouvez voir" in text(nothing)
    empty = client.get(url, headers={"HX-Request": "true"})
    assert "Nouvelle facture" in text(empty)
    assert client.get(url, {"q": "é" * 5000}).status_code == 200


def test_what_it_finds_opens() -> None:
    make_cooperative()
    claire, hers = make_entrepreneur()
    sales.issued(hers, on=date(2026, 3, 3), customer=sales.firm(hers, name="Mairie de Lormont"))
    admin = make_user(RoleKind.ADMINISTRATOR)
    for user, terms in (
        (claire, "mairie"),
        (claire, "ve 1"),
        (claire, hers.name),
        (admin, hers.name),
        (admin, "pers"),
    ):
        groups = search.search(user, terms)
        assert groups, terms
        for group in groups:
            for hit in group.hits:
                assert client_of(user).get(hit.url, follow=True).status_code == 200, hit


def test_the_handbook_answers_and_leads_to_its_topic() -> None:
    user = make_user(RoleKind.CANDIDATE)
    assert found(user, "avoir partie")["Aide"] == ["Corriger une facture émise"]
    assert found(user, "compte")["Aide"] == ["Protéger mon compte"], "a title before the texts"
    assert found(user, "bandeau")["Aide"] == ["Quelqu’un peut-il agir pour moi ?"]
    assert "Aide" not in found(user, "introuvable")
    (hit,) = next(group.hits for group in search.search(user, "raccourcis") if str(group.label) == "Aide")
    page = client_of(user).get(hit.url.partition("#")[0]).content.decode()
    assert f'id="{hit.url.partition("#")[2]}"' in page
    assert all(f'id="{topic.anchor}"' in page for topic in TOPICS)


def test_what_no_keyboard_types_is_no_fault_of_the_server() -> None:
    answer = client_of(make_user()).get(reverse("core:search"), {"q": "a\x00b"})
    assert answer.status_code == 200
