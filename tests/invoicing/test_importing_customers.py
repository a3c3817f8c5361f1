"""Customers from a sheet: what the trial says is what happens, and it is undone exactly."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cae.core.errors import Refused
from cae.core.importing import FateKind, Made, Outcome, Row
from entrepreneurs.models import Activity
from invoicing.models import Customer
from invoicing.services.importing_customers import (
    activities_to_import_into,
    import_customer,
    known_customers,
    plan_customer,
    undo_customer,
)
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

FIRM = {
    "name": "Librairie des Lices",
    "siren": "552 100 554",
    "address_line": "1 place des Lices",
    "postcode": "35000",
    "city": "Rennes",
}
PERSON = {"name": "Jeanne Martin", "address_line": "3 rue du Port", "city": "Quimper"}


def row(values: dict[str, str], number: int = 2) -> Row:
    return Row(number, values)


@pytest.fixture
def target(seller: User, shop: Activity) -> Any:
    return known_customers(str(shop.pk), seller)


def bring(values: dict[str, str], target: Any, seller: User) -> Customer:
    line = row(values)
    return import_customer(line, plan_customer(line, target), target, seller)


def test_a_firm_and_a_person(target: Any, seller: User, shop: Activity) -> None:
    assert plan_customer(row(FIRM), target).kind == FateKind.NEW
    firm, person = bring(FIRM, target, seller), bring(PERSON, target, seller)
    assert (firm.kind, firm.siren, firm.activity) == ("firm", "552100554", shop)
    assert (person.kind, person.siren, person.country) == ("private_person", "", "FR")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (FIRM | {"siren": "123456789"}, "SIREN n’existe pas"),
        (FIRM | {"name": " "}, "nom du client"),
        (FIRM | {"city": ""}, "ville"),
        (FIRM | {"kind": "martien"}, "martien"),
        (FIRM | {"country": "Atlantide"}, "Atlantide"),
        (FIRM | {"email": "pas une adresse"}, "adresse"),
        (FIRM | {"payment_days": "90"}, "60 au plus"),
        (FIRM | {"payment_days": "bientôt"}, "nombre de jours"),
        (FIRM | {"payment_days": "9" * 5000}, "nombre de jours"),
        (PERSON | {"kind": "Entreprise"}, "SIREN d’un client professionnel"),
        (PERSON | {"phone": "0" * 31}, "30"),
    ],
)
def test_what_a_line_is_refused_for(values: dict[str, str], sentence: str, target: Any) -> None:
    with pytest.raises(Refused, match=sentence):
        plan_customer(row(values), target)
    assert not Customer.objects.exists()


@pytest.mark.parametrize(
    ("country", "code"), [("", "FR"), ("be", "BE"), ("Allemagne", "DE"), ("Germany", "DE")]
)
def test_countries_as_people_write_them(country: str, code: str, target: Any, seller: User) -> None:
    values = PERSON | {"country": country}
    assert bring(values, target, seller).country == code


def test_what_the_sheet_lacks_is_kept(seller: User, shop: Activity) -> None:
    stored = sales.firm(shop, phone="02 99 00 00 00", note="Fidèle")
    target = known_customers(str(shop.pk), seller)
    fate = plan_customer(row(FIRM | {"email": "lices@example.org"}), target)
    assert fate.kind == FateKind.UPDATE
    assert fate.after["email"] == "lices@example.org"
    assert "phone" not in fate.after
    changed = bring(FIRM | {"email": "lices@example.org"}, target, seller)
    assert (changed.pk, changed.phone, changed.note) == (stored.pk, "02 99 00 00 00", "Fidèle")
    again = known_customers(str(shop.pk), seller)
    assert plan_customer(row(FIRM | {"email": "lices@example.org"}), again).kind == FateKind.UNCHANGED


def made(customer: Customer, *, created: bool, before: Any = None, after: Any = None) -> Made:
    return Made(str(customer.pk), created, before or {}, after or {})


def test_what_was_created_is_erased_or_archived(
    target: Any, seller: User, shop: Activity, judges: Judges
) -> None:
    unused, used = bring(PERSON, target, seller), bring(FIRM, target, seller)
    sales.draft(shop, sales.line(quantity=Decimal(1)), customer=used)
    assert undo_customer(made(unused, created=True), seller) == Outcome.REMOVED
    assert undo_customer(made(used, created=True), seller) == Outcome.ARCHIVED
    assert [one.is_archived for one in Customer.objects.all()] == [True]


def test_what_was_changed_is_put_back_unless_changed_since(seller: User, shop: Activity) -> None:
    stored = sales.firm(shop, email="avant@example.org")
    target = known_customers(str(shop.pk), seller)
    line = row(FIRM | {"name": "Client A", "email": "apres@example.org"})
    fate = plan_customer(line, target)
    import_customer(line, fate, target, seller)
    change = made(stored, created=False, before=fate.before, after=fate.after)
    assert undo_customer(change, seller) == Outcome.PUT_BACK
    stored.refresh_from_db()
    assert stored.email == "avant@example.org"
    assert undo_customer(change, seller) == Outcome.CHANGED_SINCE
    stored.refresh_from_db()
    assert stored.email == "avant@example.org"


def test_nobody_imports_into_the_activity_of_another(shop: Activity) -> None:
    stranger = make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)
    assert str(shop.pk) not in [one.key for one in activities_to_import_into(stranger)]
    with pytest.raises(Refused, match="n’est plus ouverte"):
        known_customers(str(shop.pk), stranger)


def test_an_activity_closed_since_is_told(seller: User, shop: Activity) -> None:
    Activity.objects.filter(pk=shop.pk).update(closed_on=date(2026, 1, 31), close_reason="Départ")
    with pytest.raises(Refused, match="n’est plus ouverte"):
        known_customers(str(shop.pk), seller)
