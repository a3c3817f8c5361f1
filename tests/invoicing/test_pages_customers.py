"""Customers: created from their page or in the middle of an invoice, changed, archived, refused in words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from entrepreneurs.models import Activity
from invoicing.models import Customer
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import (
    customer_form,
    draft_form,
    line,
    url,
)
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


def test_a_firm_is_created_with_its_siren_typed_with_spaces(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    page = client.get(url("customer_new"))
    assert page.status_code == 200
    response = client.post(url("customer_new"), customer_form())
    customer = Customer.objects.get()
    assert response["Location"] == customer.get_absolute_url()
    assert (customer.siren, customer.activity, customer.created_by) == ("552100554", shop, seller)


def test_a_private_person_needs_no_siren_and_may_have_any_name(seller: User, shop: Activity) -> None:
    form = customer_form(kind="private_person", name="李明 🌸 O’Brien", siren="123", siret="456")
    assert client_of(seller).post(url("customer_new"), form).status_code == 302
    customer = Customer.objects.get()
    assert (customer.name, customer.siren, customer.siret) == ("李明 🌸 O’Brien", "", "")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"siren": "552 100 555"}, "Ce numéro SIREN n’existe pas : vérifiez ses neuf chiffres."),
        ({"siren": ""}, "Le SIREN d’un client professionnel est obligatoire sur ses factures."),
        ({"siret": "552 100 554 00014"}, "Ce numéro SIRET n’existe pas"),
        ({"vat_number": "FR00000000000"}, "Ce numéro de TVA intracommunautaire n’existe pas."),
        ({"name": "x" * 161}, "160"),
        ({"email": "claire"}, "adresse"),
        ({"address_line": ""}, "obligatoire"),
        ({"kind": "martian"}, "martian"),
    ],
)
def test_a_wrong_customer_is_refused_at_its_field(
    change: dict[str, str], sentence: str, seller: User, shop: Activity
) -> None:
    response = client_of(seller).post(url("customer_new"), customer_form(**change))
    assert response.status_code == 422
    assert sentence in text(response)
    assert 'class="field-error"' in response.content.decode()
    assert not Customer.objects.exists()
    if "name" not in change:
        assert 'value="Peugeot Invest"' in response.content.decode()  # what was typed stays


def test_two_customers_of_one_activity_never_share_a_siren(seller: User, shop: Activity) -> None:
    sales.firm(shop, name="Déjà là")
    response = client_of(seller).post(url("customer_new"), customer_form())
    assert response.status_code == 422
    assert "« Déjà là » porte déjà ce SIREN dans cette activité." in text(response)
    assert Customer.objects.count() == 1


def test_a_double_click_creates_one_customer(seller: User, shop: Activity) -> None:
    client, form = client_of(seller), customer_form()
    first, second = client.post(url("customer_new"), form), client.post(url("customer_new"), form)
    assert first["Location"] == second["Location"]
    assert Customer.objects.count() == 1


def test_a_customer_is_changed_and_two_tabs_never_overwrite_each_other(seller: User, shop: Activity) -> None:
    customer, client = sales.firm(shop), client_of(seller)
    form = customer_form(version=str(customer.version), name="Nouveau nom")
    assert client.post(url("customer_edit", customer.pk), form).status_code == 302
    again = client.post(url("customer_edit", customer.pk), form | {"name": "Autre onglet"})
    assert again.status_code == 409
    assert "Ce client a été modifié entre-temps" in text(again)
    assert 'value="Autre onglet"' in again.content.decode()
    customer.refresh_from_db()
    assert customer.name == "Nouveau nom"


def test_a_page_without_its_version_is_stale(seller: User, shop: Activity) -> None:
    customer = sales.firm(shop)
    response = client_of(seller).post(url("customer_edit", customer.pk), customer_form(name="Sans version"))
    assert response.status_code == 409
    customer.refresh_from_db()
    assert customer.name == "Client A"


def test_archive_and_its_undo(seller: User, shop: Activity) -> None:
    customer, client = sales.firm(shop), client_of(seller)
    archived = client.post(url("customer_archive", customer.pk), follow=True)
    assert "« Client A » est archivé" in text(archived)
    assert url("customer_restore", customer.pk) in archived.content.decode()
    assert 'type="submit" form="restore">Rétablir</button>' in archived.content.decode()
    assert url("invoice_new") + "?activite" not in archived.content.decode()
    restored = client.post(url("customer_restore", customer.pk), follow=True)
    assert "« Client A » est de nouveau proposé" in text(restored)
    assert client.post(url("customer_restore", customer.pk)).status_code == 409


def test_the_page_of_a_customer_tells_what_it_owes(seller: User, shop: Activity, judges: Any) -> None:
    customer, today = sales.firm(shop), timezone.localdate()
    sales.pay(sales.issued(shop, on=today - timedelta(days=3), customer=customer), "40.00", on=today)
    sales.draft(shop, customer=customer, purpose="À venir")
    response = client_of(seller).get(customer.get_absolute_url())
    said = text(response)
    assert response.status_code == 200
    for part in ("552 100 554", "240,00 €", "200,00 €", "Réglée en partie", "À venir", "Brouillon"):
        assert part in said


def test_customers_out_of_sight_are_not_found(shop: Activity) -> None:
    customer, other = sales.firm(shop), make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    client = client_of(other)
    for name in ("customer_detail", "customer_edit"):
        assert client.get(url(name, customer.pk)).status_code == 404
    for name in ("customer_archive", "customer_edit", "customer_restore"):
        assert client.post(url(name, customer.pk), customer_form(version="1")).status_code == 404
    customer.refresh_from_db()
    assert (customer.name, customer.archived_at) == ("Client A", None)


def test_who_only_reads_is_refused(shop: Activity) -> None:
    customer = sales.firm(shop)
    client = client_of(make_user(RoleKind.AUDITOR))
    page = client.get(customer.get_absolute_url())
    assert page.status_code == 200
    assert url("customer_edit", customer.pk) not in page.content.decode()
    assert client.get(url("customer_new")).status_code == 403
    assert client.get(url("customer_edit", customer.pk)).status_code == 403
    assert client.post(url("customer_archive", customer.pk)).status_code == 403
    customer.refresh_from_db()
    assert customer.archived_at is None


def test_several_activities_ask_for_which_one(seller: User, shop: Activity) -> None:
    """The accountant works for nobody in particular: the page asks first."""
    second = make_activity()
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    asked = client.get(url("customer_new"))
    assert "Pour quelle activité ?" in text(asked)
    chosen = client.get(url("customer_new", activite=second.pk))
    assert "Raison sociale" in text(chosen)
    client.post(url("customer_new"), customer_form(activity=str(second.pk)))
    assert Customer.objects.get().activity == second


def test_an_activity_of_others_is_not_found(seller: User, shop: Activity) -> None:
    other = make_activity()
    assert client_of(seller).get(url("customer_new", activite=other.pk)).status_code == 404
    response = client_of(seller).post(url("customer_new"), customer_form(activity=str(other.pk)))
    assert response.status_code == 404
    assert not Customer.objects.exists()


def test_the_activity_in_use_is_the_one_a_customer_goes_to(seller: User, shop: Activity) -> None:
    second = make_activity(seller)
    client = client_of(seller)
    session = client.session
    session["activity_in_use"] = second.pk
    session.save()
    client.post(url("customer_new"), customer_form())
    assert Customer.objects.get().activity == second


def test_creating_a_customer_in_the_middle_of_an_invoice_loses_nothing(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    form = draft_form(line(0, label="Déjà saisie", unit_price="12,34"), customer="", do="new-customer")
    away = client.post(url("invoice_new"), form)
    assert url("customer_new") in away["Location"]
    page = client.get(away["Location"])
    assert "Enregistrer et revenir à la facture" in text(page)
    back = client.post(away["Location"], customer_form())
    customer = Customer.objects.get()
    assert f"client={customer.pk}" in back["Location"]
    editor = client.get(back["Location"]).content.decode()
    for typed in (
        "Déjà saisie",
        "12,34",
        "Peugeot Invest · 552100554",
        form["form_key"],
        "Reportage au salon",
    ):
        assert typed in editor


def test_a_made_up_return_leads_to_the_customer(seller: User, shop: Activity) -> None:
    response = client_of(seller).post(url("customer_new", retour="nothing-kept"), customer_form())
    assert response["Location"] == Customer.objects.get().get_absolute_url()


def test_terms_and_addresses_of_a_customer(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    form = customer_form(
        payment_days="45",
        payment_end_of_month="on",
        service_code="SERVICE-42",
        delivery_address="Entrepôt 3\n33000 Bordeaux",
        note="Payer par chèque",
    )
    response = client.post(url("customer_new"), form, follow=True)
    customer = Customer.objects.get()
    assert (customer.payment_days, customer.payment_end_of_month) == (45, True)
    said = text(response)
    for words in ("45 jours fin de mois", "SERVICE-42", "Entrepôt 3", "Payer par chèque"):
        assert words in said


@pytest.mark.parametrize("days", ["61", "-1", "beaucoup"])
def test_terms_that_the_law_refuses(days: str, seller: User, shop: Activity) -> None:
    response = client_of(seller).post(url("customer_new"), customer_form(payment_days=days))
    assert response.status_code == 422
    assert not Customer.objects.exists()


def test_contacts_of_a_customer(seller: User, shop: Activity) -> None:
    customer, client = sales.firm(shop), client_of(seller)
    form = {"name": "Anne Duval", "function": "Comptable", "email": "anne@example.org", "phone": "05 00"}
    response = client.post(url("contact_new", customer.pk), form, follow=True)
    assert "Anne Duval" in text(response)
    contact = customer.contacts.get()
    client.post(url("contact_edit", contact.pk), form | {"name": "Anne Dupont"})
    assert customer.contacts.get().name == "Anne Dupont"
    assert "Anne Dupont" in text(client.get(url("contact_edit", contact.pk)))
    response = client.post(url("contact_remove", contact.pk), follow=True)
    assert "« Anne Dupont » est retiré des contacts." in text(response)
    assert not customer.contacts.exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [({"name": ""}, "obligatoire"), ({"name": " "}, "obligatoire"), ({"email": "anne"}, "valide")],
)
def test_a_wrong_contact_is_refused(
    values: dict[str, str], sentence: str, seller: User, shop: Activity
) -> None:
    customer = sales.firm(shop)
    response = client_of(seller).post(url("contact_new", customer.pk), {"name": "Anne"} | values)
    assert response.status_code == 422
    assert sentence in text(response)
    assert not customer.contacts.exists()


def test_a_customer_has_twenty_contacts_at_most(seller: User, shop: Activity) -> None:
    customer, client = sales.firm(shop), client_of(seller)
    for rank in range(20):
        customer.contacts.create(name=f"Personne {rank}")
    response = client.post(url("contact_new", customer.pk), {"name": "De trop"})
    assert response.status_code == 422
    assert "vingt contacts" in text(response)
    assert customer.contacts.count() == 20


def test_the_contacts_of_others_are_not_found(shop: Activity) -> None:
    contact = sales.firm(shop).contacts.create(name="Anne")
    stranger = make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)
    client = client_of(stranger)
    assert client.get(url("contact_edit", contact.pk)).status_code == 404
    assert client.post(url("contact_remove", contact.pk)).status_code == 404
    assert client.post(url("contact_new", contact.customer_id), {"name": "X"}).status_code == 404
    assert [one.name for one in contact.customer.contacts.all()] == ["Anne"]


@pytest.mark.usefixtures("judges")
def test_the_list_counts_its_rows_without_what_each_owes_unless_it_is_asked(shop: Activity) -> None:
    owing, settled = (
        sales.issued(shop, customer=sales.firm(shop, siren=siren)) for siren in sales.SIRENS[:2]
    )
    sales.pay(settled, str(settled.total_incl_tax))
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    for query, found in (({}, {owing.customer, settled.customer}), ({"owing": "1"}, {owing.customer})):
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(url("customer_list", **query)).context["list"]
        assert {row.record for row in shown.table.page.object_list} == found
        assert shown.count.rows == len(found)
        (count,) = (one["sql"] for one in asked if "COUNT(*)" in one["sql"])
        assert ("invoicing_customerbalance" in count) is bool(query)
