"""Customers: numbers checked when they are typed, one record per firm, nothing shown to another activity."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cae.core.errors import Code, Refused
from invoicing.models import Customer
from invoicing.selectors.customers import customers_of, customers_visible
from invoicing.services.customers import (
    archive_customer,
    checked_content,
    create_customer,
    restore_customer,
    save_customer,
)
from invoicing.services.inputs import CustomerContent
from invoicing.states.sales import CustomerKind
from people.models import Organisation
from people.states import RoleKind
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

FIRM: dict[str, Any] = {
    "name": "Fer & Fils",
    "siren": make.SIRENS[0],
    "address_line": "1 rue Neuve",
    "postcode": "33000",
    "city": "Bordeaux",
}


def create(owner: Any, **details: Any) -> Customer:
    return create_customer(
        owner, content=CustomerContent(**FIRM | details), form_key=uuid.uuid4(), actor=None
    )


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"siren": "552100555"}, Code.SIREN_INVALID, "siren"),
        ({"siren": "55210055"}, Code.SIREN_INVALID, "siren"),
        ({"siren": ""}, Code.VALUE_MISSING, "siren"),
        ({"siret": "55210055400014"}, Code.SIRET_INVALID, "siret"),
        ({"siret": "73282932000074"}, Code.SIRET_INVALID, "siret"),
        ({"vat_number": "FR00552100554"}, Code.VALUE_INVALID, "vat_number"),
        ({"name": " "}, Code.VALUE_MISSING, "name"),
        ({"city": ""}, Code.VALUE_MISSING, "city"),
        ({"address_line": ""}, Code.VALUE_MISSING, "address_line"),
        ({"name": "x" * 10_000_000}, Code.TEXT_TOO_LONG, "name"),
        ({"email": "nobody"}, Code.VALUE_INVALID, "email"),
        ({"country": "France"}, Code.TEXT_TOO_LONG, "country"),
    ],
)
def test_what_is_wrong_is_named(details: dict[str, Any], code: Code, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        create(make_activity(), **details)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Customer.objects.exists()
    assert not Organisation.objects.exists()


def test_numbers_are_tidied_and_the_siren_read_from_the_siret() -> None:
    customer = create(make_activity(), siren="", siret="732 829 320 00074", vat_number="fr 44 732829320")
    assert (customer.siren, customer.siret, customer.vat_number) == (
        "732829320",
        "73282932000074",
        "FR44732829320",
    )


def test_a_private_person_has_no_siren() -> None:
    customer = create(make_activity(), kind="private_person", name="李小龍 🐉")
    assert (customer.siren, customer.name) == ("", "李小龍 🐉")
    assert customer.organisation is None


def test_a_foreign_firm_needs_no_siren() -> None:
    assert create(make_activity(), siren="", country="be", city="Bruxelles").country == "BE"


def test_two_customers_with_one_siren() -> None:
    owner = make_activity()
    first = create(owner)
    with pytest.raises(Refused) as refusal:
        create(owner, name="Fer et Fils")
    assert (refusal.value.code, refusal.value.field) == (Code.DUPLICATE, "siren")
    archive_customer(first, actor=None, at=timezone.now())
    with pytest.raises(Refused, match="archivé"):
        create(owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.create(activity=owner, **FIRM)
    assert Customer.objects.count() == 1


def test_two_activities_share_the_firm_and_see_their_own_customer() -> None:
    one, two = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    first, second = create(make_activity(one)), create(make_activity(two))
    assert first.organisation == second.organisation
    assert Organisation.objects.count() == 1
    assert list(customers_visible(one)) == [first]
    assert set(customers_visible(make_user(RoleKind.ACCOUNTANT))) == {first, second}
    assert not customers_visible(make_user(RoleKind.HUMAN_RESOURCES)).exists()


def test_the_same_form_sent_twice() -> None:
    owner, key = make_activity(), uuid.uuid4()
    first = create_customer(owner, content=CustomerContent(**FIRM), form_key=key, actor=None)
    assert create_customer(owner, content=CustomerContent(**FIRM), form_key=key, actor=None) == first


def test_the_longest_terms_to_the_end_of_a_month() -> None:
    """45 days between professionals (C. com. L441-10); a private person is bound by no such limit."""
    late = {"payment_days": 46, "payment_end_of_month": True}
    with pytest.raises(Refused) as refusal:
        checked_content(CustomerContent(**FIRM | late))
    assert (refusal.value.code, refusal.value.field) == (Code.VALUE_INVALID, "payment_days")
    assert checked_content(CustomerContent(**FIRM | late | {"payment_days": 45})).payment_days == 45
    private = late | {"kind": CustomerKind.PRIVATE_PERSON}
    assert checked_content(CustomerContent(**FIRM | private)).payment_days == 46


def test_saving_and_the_second_tab() -> None:
    customer = create(make_activity())
    saved = save_customer(customer, content=CustomerContent(**FIRM | {"city": "Pau"}), version=1, actor=None)
    assert (saved.city, saved.version) == ("Pau", 2)
    with pytest.raises(Refused) as refusal:
        save_customer(customer, content=CustomerContent(**FIRM | {"city": "Dax"}), version=1, actor=None)
    assert refusal.value.code == Code.STALE_FORM
    customer.refresh_from_db()
    assert customer.city == "Pau"


def test_archive_and_restore() -> None:
    customer = create(make_activity())
    archive_customer(customer, actor=None, at=timezone.now())
    assert not customers_of(customer.activity).exists()
    with pytest.raises(Refused) as refusal:
        archive_customer(customer, actor=None, at=timezone.now())
    assert refusal.value.code == Code.ALREADY_DONE
    assert not restore_customer(customer, actor=None).is_archived


def test_balance_of_a_customer(judges: Judges) -> None:
    accountant = make_user(RoleKind.ACCOUNTANT)
    invoice = make.issued(None, make.line("100"))
    make.pay(invoice, "20.00")
    make.draft(invoice.activity)
    shown = customers_visible(accountant).get()
    assert (str(shown.invoiced), str(shown.due), shown.invoice_count) == ("120.00", "100.00", 1)
    assert shown.last_invoiced_on == make.DAY
