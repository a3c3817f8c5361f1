"""The catalogue: items of an activity and shared ones, typed, copied, archived, brought in from a sheet."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.importing import FateKind, Made, Outcome, Row
from entrepreneurs.models import Activity
from invoicing.models import CatalogueItem
from invoicing.selectors.catalogue import catalogue_visible
from invoicing.services.catalogue import (
    archive_item,
    create_item,
    duplicate_item,
    remove_item,
    restore_item,
    save_item,
)
from invoicing.services.importing_catalogue import (
    IMPORT_CODE,
    SHARED,
    catalogues_to_import_into,
    import_item,
    known_items,
    plan_item,
    undo_item,
)
from invoicing.services.inputs import ItemContent
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import customer_form, draft_form, line, url
from tests.pages import client_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


def content(**values: Any) -> ItemContent:
    plain = {"label": "Reportage", "unit_price": Decimal("620.00"), "vat_code": "normal"}
    return ItemContent(**plain | values)


def item(activity: Activity | None, **values: Any) -> CatalogueItem:
    return create_item(activity, content=content(**values), on=DAY, actor=None)


def test_price_before_tax_and_margin(shop: Activity, seller: User) -> None:
    item(shop, label="Tirage", unit_price=Decimal("60.00"), price_includes_tax=True, cost=Decimal("20.00"))
    item(shop, label="Reportage", cost=Decimal("180.00"))
    rows = {one.label: one for one in catalogue_visible(seller, on=DAY)}
    assert (rows["Tirage"].net_price, rows["Tirage"].margin) == (Decimal("50.0000"), Decimal("30.0000"))
    assert rows["Reportage"].margin == Decimal("440.0000")


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"label": "  "}, Code.VALUE_MISSING, "label"),
        ({"label": "x" * 251}, Code.TEXT_TOO_LONG, "label"),
        ({"unit_price": Decimal(-1)}, Code.AMOUNT_INVALID, "unit_price"),
        ({"unit_price": Decimal("1.00001")}, Code.AMOUNT_INVALID, "unit_price"),
        ({"cost": Decimal("1.001")}, Code.AMOUNT_INVALID, "cost"),
        ({"cost": Decimal(-1)}, Code.AMOUNT_INVALID, "cost"),
        ({"unit": "XXX"}, Code.VALUE_INVALID, "unit"),
        ({"nature": "magic"}, Code.VALUE_INVALID, "nature"),
        ({"vat_code": "gone"}, Code.VAT_RATE_NOT_IN_FORCE, "vat_code"),
        ({"reference": "REP"}, Code.DUPLICATE, "reference"),
    ],
)
def test_what_an_item_refuses(shop: Activity, values: dict[str, Any], code: Code, field: str) -> None:
    item(shop, reference="REP")
    before = list(CatalogueItem.objects.values())
    with pytest.raises(Refused) as refusal:
        item(shop, **values)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert list(CatalogueItem.objects.values()) == before


def test_a_reference_is_one_in_its_catalogue(shop: Activity) -> None:
    item(shop, reference="REP")
    item(None, reference="REP")
    item(make_activity(), reference="REP")
    with pytest.raises(Refused):
        item(None, reference="REP")


def test_an_old_form_changes_nothing(shop: Activity) -> None:
    one = item(shop)
    save_item(one, content=content(label="Neuf"), version=1, on=DAY, actor=None)
    with pytest.raises(Refused) as refusal:
        save_item(one, content=content(label="Vieux"), version=1, on=DAY, actor=None)
    assert refusal.value.code == Code.STALE_FORM
    assert CatalogueItem.objects.get().label == "Neuf"


def test_archived_and_back_and_copied(shop: Activity) -> None:
    one = item(shop, reference="REP", category="Photo")
    archive_item(one, actor=None, at=timezone.now())
    assert not CatalogueItem.objects.offered_to(shop).exists()
    with pytest.raises(Refused):
        archive_item(one, actor=None, at=timezone.now())
    restore_item(one, actor=None)
    copy = duplicate_item(one, activity=shop, on=DAY, actor=None)
    assert (copy.label, copy.reference, copy.category) == ("Reportage (copie)", "", "Photo")
    assert remove_item(copy, actor=None)


def test_a_used_item_is_not_erased(shop: Activity) -> None:
    one = item(shop)
    sales.draft(shop, sales.line(item=one))
    assert not remove_item(one, actor=None)
    assert CatalogueItem.objects.filter(pk=one.pk).exists()


# Pages


def test_the_list_holds_own_and_shared(shop: Activity, seller: User) -> None:
    item(shop, label="Le mien", category="Photo")
    item(None, label="Le commun")
    item(make_activity(), label="Ailleurs")
    archive_item(item(shop, label="Le vieux"), actor=None, at=timezone.now())
    client = client_of(seller)
    page = client.get(url("catalogue_list")).content.decode()
    for shown in ("Le mien", "Le commun"):
        assert shown in page
    for hidden in ("Ailleurs", "Le vieux"):
        assert hidden not in page
    assert "Le commun" not in client.get(url("catalogue_list", category="Photo")).content.decode()
    assert "Le mien" not in client.get(url("catalogue_list", activity="commun")).content.decode()
    assert "Le vieux" in client.get(url("catalogue_list", archived="1")).content.decode()
    assert b"Le mien" in client.get(url("catalogue_list", export="csv")).content


def typed(**values: str) -> dict[str, str]:
    plain = {"label": "Portrait", "unit_price": "120,50", "unit": "C62", "vat_code": "normal"}
    return plain | {"nature": "services", "reference": "", "category": "", "description": ""} | values


def test_an_entrepreneur_writes_their_own(shop: Activity, seller: User) -> None:
    client = client_of(seller)
    answer = client.post(url("catalogue_new"), typed(cost="40", price_includes_tax="on"))
    one = CatalogueItem.objects.get()
    assert answer["Location"] == one.get_absolute_url()
    assert (one.activity, one.unit_price, one.cost) == (shop, Decimal("120.5000"), Decimal("40.00"))
    page = client.get(one.get_absolute_url()).content.decode()
    assert "60,42" in page
    assert (
        client.post(url("catalogue_edit", one.pk), typed(version="1", label="Portrait fin")).status_code
        == 302
    )
    again = client.post(url("catalogue_edit", one.pk), typed(version="1", label="Perdu"))
    assert again.status_code == 422
    assert "Perdu" in again.content.decode()
    for act in ("archive", "restore", "duplicate"):
        assert client.post(url(f"catalogue_{act}", one.pk)).status_code == 302
    assert sorted(CatalogueItem.objects.values_list("label", flat=True)) == [
        "Portrait fin",
        "Portrait fin (copie)",
    ]


def test_a_shared_item_is_the_accountant_s_and_the_administrator_s(
    shop: Activity, seller: User, demonstration: None
) -> None:
    one = item(None)
    client = client_of(seller)
    assert client.get(one.get_absolute_url()).status_code == 200
    assert client.get(url("catalogue_edit", one.pk)).status_code == 403
    assert client.post(url("catalogue_archive", one.pk)).status_code == 403
    assert client.post(url("catalogue_new", activite="commun"), typed()).status_code == 403
    client.post(url("catalogue_duplicate", one.pk))
    assert CatalogueItem.objects.get(activity=shop).label == "Reportage (copie)"
    for kind in (RoleKind.ACCOUNTANT, RoleKind.ADMINISTRATOR):
        keeper = client_of(make_user(kind))
        assert keeper.post(url("catalogue_new"), typed(activity="commun", label=kind)).status_code == 302
        assert CatalogueItem.objects.filter(activity=None, label=kind).exists()
        assert keeper.get(url("catalogue_edit", one.pk)).status_code == 200


def test_an_item_of_another_activity_does_not_exist(
    seller: User, shop: Activity, demonstration: None
) -> None:
    one = item(make_activity(), label="Ailleurs")
    before = list(CatalogueItem.objects.values())
    client = client_of(seller)
    for name in ("detail", "edit"):
        assert client.get(url(f"catalogue_{name}", one.pk)).status_code == 404
    for name in ("edit", "archive", "restore", "duplicate"):
        assert client.post(url(f"catalogue_{name}", one.pk), typed()).status_code == 404
    assert client.post(url("catalogue_new", activite=str(one.activity_id)), typed()).status_code == 404
    advisor = client_of(make_user(RoleKind.ADVISOR))
    assert advisor.get(url("catalogue_new")).status_code == 403
    assert list(CatalogueItem.objects.values()) == before


def test_the_editor_fills_a_line_with_it(shop: Activity, seller: User) -> None:
    one = item(shop, reference="TIR", label="Tirage", unit_price=Decimal("60.00"), price_includes_tax=True)
    client = client_of(seller)
    client.post(url("customer_new"), customer_form(name="Client A"))
    body = draft_form(line(0, label="TIR", unit_price=""), do="fill-0")
    page = client.post(url("quote_new"), body).content.decode()
    assert 'value="Tirage"' in page
    assert 'value="50,00"' in page
    body = draft_form(line(0, label="Tirage", unit_price="50,00", item=str(one.pk)))
    assert client.post(url("quote_new"), body).status_code == 302
    assert shop.quotes.get().lines.get().item == one


def test_an_article_is_picked_from_the_catalogue_beside_the_lines(shop: Activity, seller: User) -> None:
    one, other = item(shop, label="Tirage"), item(make_activity(), label="Ailleurs")
    client = client_of(seller)
    page = client.get(url("quote_new")).content.decode()
    assert f'value="item-{one.pk}"' in page
    assert f'value="item-{other.pk}"' not in page
    for typed_label, labels in (("", ["Tirage"]), ("Reportage", ["Reportage", "Tirage"])):
        body = draft_form(line(0, label=typed_label, unit_price=""), do=f"item-{one.pk}")
        shown = client.post(url("quote_new"), body)
        assert [form["label"].value() for form in shown.context["lines"]] == labels
        assert shown.context["lines"].forms[-1]["quantity"].value()
        assert shown.content.decode().count("autofocus") == 1
    unknown = client.post(url("quote_new"), draft_form(line(0), do=f"item-{other.pk}"))
    assert [form["label"].value() for form in unknown.context["lines"]] == ["Reportage"]


# Sheets


def test_a_sheet_says_what_it_will_do_and_is_undone(shop: Activity, seller: User) -> None:
    stored = item(shop, reference="REP", cost=Decimal("180.00"))
    known = known_items(str(shop.pk), seller)
    new = Row(2, {"label": "Tirage", "unit_price": "45", "price_includes_tax": "oui", "vat_code": "5,5 %"})
    change = Row(3, {"label": "Reportage", "unit_price": "650,00 €", "reference": "REP", "unit": "jours"})
    same = Row(4, {"label": "Reportage", "unit_price": "620", "reference": "REP"})
    assert [plan_item(one, known).kind for one in (new, change, same)] == [
        FateKind.NEW,
        FateKind.UPDATE,
        FateKind.UNCHANGED,
    ]
    made = import_item(new, plan_item(new, known), known, seller)
    assert (made.vat_code, made.price_includes_tax, made.activity) == ("reduced", True, shop)
    fate = plan_item(change, known)
    changed = import_item(change, fate, known, seller)
    assert (changed.unit_price, changed.unit, changed.cost) == (Decimal("650.00"), "DAY", Decimal("180.00"))
    assert undo_item(Made(str(stored.pk), False, fate.before, fate.after), seller) == Outcome.PUT_BACK
    assert undo_item(Made(str(stored.pk), False, fate.before, fate.after), seller) == Outcome.CHANGED_SINCE
    assert undo_item(Made(str(made.pk), True, {}, {}), seller) == Outcome.REMOVED
    stored.refresh_from_db()
    assert (stored.unit_price, stored.unit) == (Decimal("620.0000"), "C62")


def test_a_used_item_of_a_sheet_is_archived(shop: Activity, seller: User) -> None:
    one = item(shop)
    sales.draft(shop, sales.line(item=one))
    assert undo_item(Made(str(one.pk), True, {}, {}), seller) == Outcome.ARCHIVED


@pytest.mark.parametrize(
    "values",
    [
        {"unit_price": "cher"},
        {"unit_price": ""},
        {"vat_code": "19 %"},
        {"vat_code": "zut"},
        {"unit": "poignée"},
        {"nature": "magie"},
        {"price_includes_tax": "peut-être"},
        {"cost": "-3"},
        {"label": ""},
    ],
)
def test_a_line_that_cannot_be(shop: Activity, seller: User, values: dict[str, str]) -> None:
    row = Row(2, {"label": "Tirage", "unit_price": "45"} | values)
    with pytest.raises(Refused):
        plan_item(row, known_items(str(shop.pk), seller))
    assert not CatalogueItem.objects.exists()


def test_the_list_leads_to_the_import(shop: Activity, seller: User) -> None:
    client = client_of(seller)
    address = reverse("core:import_new", args=[IMPORT_CODE])
    assert address in client.get(url("catalogue_list")).content.decode()
    assert client.get(address).status_code == 200


def test_who_may_bring_into_which_catalogue(shop: Activity, seller: User) -> None:
    make_activity()
    assert [one.key for one in catalogues_to_import_into(seller)] == [str(shop.pk)]
    assert SHARED in [one.key for one in catalogues_to_import_into(make_user(RoleKind.ACCOUNTANT))]
    assert [one.key for one in catalogues_to_import_into(make_user(RoleKind.ADMINISTRATOR))] == [SHARED]
    assert list(catalogues_to_import_into(make_user(RoleKind.ADVISOR))) == []
