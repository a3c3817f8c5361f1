"""Each activity has its own address under the SIREN of the cooperative, for ever (INV-36)."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cae.core.errors import Code, Refused
from entrepreneurs.models import Activity
from entrepreneurs.services.opening import open_activity
from invoicing.engines.model import EInvoice
from invoicing.models import RoutingAddress
from invoicing.selectors.routing import activity_of_address, routing_address_of
from invoicing.services.routing import give_address, give_first_address
from people.models import User
from tests.factories import invoicing_exchange as ex
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 5)


@pytest.fixture
def activity() -> Activity:
    make_cooperative()
    return make_activity(code="LENOIR")


def given(activity: Activity, suffix: str, starts_on: date = DAY) -> RoutingAddress:
    return give_address(activity, suffix=suffix, starts_on=starts_on, actor=None)


def given_to(activity: Activity) -> list[tuple[str, date | None]]:
    rows = RoutingAddress.objects.filter(activity=activity)
    return [(row.suffix, row.ends_on) for row in rows]


def test_a_new_activity_has_its_address(seller: User, activity: Activity) -> None:
    assert seller.person is not None
    opened = open_activity(
        name="Bois et formes",
        trade=activity.trade,
        code="BOIS",
        email="bois@example.org",
        people=[seller.person],
        on=DAY,
        actor=None,
    )
    row = RoutingAddress.objects.get(activity=opened)
    assert (row.suffix, row.starts_on, row.ends_on) == ("BOIS", DAY, None)
    assert routing_address_of(opened, on=DAY) == f"{ex.SIREN}_BOIS"


def test_the_rule_takes_the_first_free(activity: Activity) -> None:
    given(activity, "ATELIER")
    given(activity, "ATELIER2", DAY + timedelta(days=1))
    other = make_activity(code="ATELIER")
    assert RoutingAddress.objects.get(activity=other).suffix == "ATELIER3"
    assert give_first_address(other, on=DAY, actor=None).suffix == "ATELIER3"
    assert activity_of_address(f"{ex.SIREN}_ATELIER") == activity


def test_without_a_row_the_code_serves(activity: Activity) -> None:
    """As those that were opened before addresses were given."""
    with pgtrigger.ignore("invoicing.RoutingAddress:routing_kept"):
        RoutingAddress.objects.filter(activity=activity).delete()
    assert routing_address_of(activity, on=DAY) == f"{ex.SIREN}_LENOIR"
    assert activity_of_address(f" {ex.SIREN}_lenoir ") == activity


@pytest.mark.parametrize(
    "address", ["", ex.SIREN, f"{ex.SIREN}_", f"{ex.SIREN}_PERSONNE", "552100554_LENOIR"]
)
def test_an_address_of_nobody(activity: Activity, address: str) -> None:
    assert activity_of_address(address) is None


def test_nobody_is_found_before_the_cooperative_has_a_name() -> None:
    make_activity(code="LENOIR")
    assert activity_of_address("732829320_LENOIR") is None


def test_the_former_address_still_leads_here(activity: Activity) -> None:
    second = given(activity, "photo", DAY)
    first = RoutingAddress.objects.get(suffix="LENOIR")
    assert (first.starts_on, first.ends_on) == (activity.opened_on, DAY - timedelta(days=1))
    assert (second.suffix, second.ends_on) == ("PHOTO", None)
    assert routing_address_of(activity, on=DAY - timedelta(days=1)) == f"{ex.SIREN}_LENOIR"
    assert routing_address_of(activity, on=DAY) == f"{ex.SIREN}_PHOTO"
    for suffix in ("LENOIR", "PHOTO"):
        assert activity_of_address(f"{ex.SIREN}_{suffix}") == activity


WRONG: list[tuple[str, Code, str]] = [
    ("", Code.VALUE_MISSING, "Écrivez le suffixe de cette adresse."),
    ("A" * 41, Code.TEXT_TOO_LONG, "Ce suffixe dépasse 40 caractères."),
    (
        "MA BOÎTE",
        Code.VALUE_INVALID,
        "Un suffixe s’écrit avec des lettres sans accent, des chiffres et + - _ /, sans espace.",
    ),
    (
        "AUTRE",
        Code.DUPLICATE,
        "Ce suffixe est celui de Atelier d’à côté : un suffixe ne se donne qu’une fois.",
    ),
    ("LENOIR", Code.DUPLICATE, "Ce suffixe est déjà, ou a déjà été, celui de cette activité."),
]


@pytest.mark.parametrize(("suffix", "code", "sentence"), WRONG)
def test_a_wrong_suffix_changes_nothing(activity: Activity, suffix: str, code: Code, sentence: str) -> None:
    make_activity(code="AUTRE", name="Atelier d’à côté")
    with pytest.raises(Refused) as caught:
        given(activity, suffix)
    assert (caught.value.code, caught.value.field, str(caught.value)) == (code, "suffix", sentence)
    assert given_to(activity) == [("LENOIR", None)]


def test_an_address_begins_after_the_present_one(activity: Activity) -> None:
    with pytest.raises(Refused) as caught:
        given(activity, "PHOTO", activity.opened_on)
    assert caught.value.field == "starts_on"
    day = activity.opened_on.strftime("%d/%m/%Y")
    assert str(caught.value) == f"L’adresse actuelle a commencé le {day} : la suivante commence après."
    assert given_to(activity) == [("LENOIR", None)]


@pytest.mark.usefixtures("judges")
def test_an_issued_document_carries_the_address_of_its_day(shop: Activity) -> None:
    make_cooperative()
    given(shop, "ENSEIGNE", ex.DAY + timedelta(days=1))
    before, after = ex.issued(shop), ex.issued(shop, on=ex.DAY + timedelta(days=1))
    addresses = [
        EInvoice.from_json(one.facts).seller.electronic_address for one in (before, after) if one.facts
    ]
    assert addresses == [f"{ex.SIREN}_{shop.code}", f"{ex.SIREN}_ENSEIGNE"]


def test_the_database_has_the_last_word(activity: Activity) -> None:
    row = RoutingAddress.objects.get(activity=activity)
    other = make_activity(code="AUTRE")
    for wrong in (
        {"activity": other, "suffix": "LENOIR", "starts_on": DAY},
        {"activity": activity, "suffix": "PHOTO", "starts_on": DAY},
        {"activity": other, "suffix": "minuscule", "starts_on": DAY},
        {"activity": other, "suffix": "PHOTO", "starts_on": DAY, "ends_on": DAY - timedelta(days=1)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoutingAddress.objects.create(**wrong)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        RoutingAddress.objects.filter(pk=row.pk).update(suffix="PHOTO")
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        row.delete()
