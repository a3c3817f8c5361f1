"""The pages of quotes, and what the editor does for both kinds: catalogue, paste, groups, sheet, copies."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from accounting.models import ContributionRun
from cae.core.models import Job
from entrepreneurs.models import Activity
from invoicing.models import CatalogueItem, Customer, EditorPreference, Invoice, Mention, Quote
from invoicing.selectors.search import find_quotes
from invoicing.services.converting import invoice_quote
from people.models import User
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories import quotes, sendings
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import make_cooperative
from tests.factories.people import make_user
from tests.invoicing.conftest import Judges
from tests.invoicing.pages import draft_form, line, stored_form, url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]

D = Decimal


@pytest.fixture
def customer(shop: Activity) -> Customer:
    make_cooperative()
    return sales.firm(shop)


def rows(response: Any) -> list[dict[str, Any]]:
    names = ("label", "quantity", "unit", "unit_price", "vat_rate", "description", "group_title")
    return [{name: form[name].value() or "" for name in names} for form in response.context["lines"]]


def test_a_quote_with_groups_options_discount_and_mention(seller: User, customer: Customer) -> None:
    mention = Mention.objects.create(
        code="essai", title="Devis gratuit", text="Devis gratuit.", compulsory=False, valid_from=sales.DAY
    )
    form = draft_form(
        line(0, group_title="Prise de vue", unit_price="1000", quantity="1"),
        line(1, unit_price="500", quantity="1", optional="on"),
        total_discount_rate="10",
        payment_days="45",
        valid_until="2027-01-31",
        mentions=str(mention.pk),
        internal_note="Marge faible",
    )
    client = client_of(seller)
    response = client.post(url("quote_new"), form)
    quote = Quote.objects.get()
    assert response["Location"] == quote.get_absolute_url()
    assert (quote.total_excl_tax, quote.payment_days, quote.internal_note) == (
        D("900.00"),
        45,
        "Marge faible",
    )
    page = text(client.get(quote.get_absolute_url()))
    for said in (
        "Prise de vue",
        "En option, hors du total",
        "Devis gratuit.",
        "Remise sur le total",
        "45 jours",
    ):
        assert said in page
    again = client.get(url("quote_edit", quote.pk)).content.decode()
    assert 'value="Prise de vue"' in again
    assert "3 renseignés" not in again
    assert "Mode de saisie" in again


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"total_discount_rate": "101"}, "sans dépasser ce total"),
        ({"total_discount_amount": "99999"}, "sans dépasser ce total"),
        ({"total_discount_rate": "5", "total_discount_amount": "5"}, "pas les deux"),
        ({"payment_days": "90"}, "60"),
        ({"valid_until": "31/02/2026"}, "date"),
        ({"mentions": "999"}, "999"),
        ({"lines-0-group_title": "x" * 251}, "250"),
    ],
)
def test_bad_input_is_refused_and_kept(
    values: dict[str, str], sentence: str, seller: User, customer: Customer
) -> None:
    response = client_of(seller).post(url("quote_new"), draft_form() | values)
    assert response.status_code == 422
    assert sentence in text(response)
    for typed in values.values():
        assert typed in response.content.decode()
    assert not Quote.objects.exists()


def test_lines_pasted_from_a_sheet_are_added_and_doubts_are_named(seller: User, customer: Customer) -> None:
    pasted = "Désignation\tQté\tUnité\tPrix\tTVA\nSéance\t2\theures\t80\t20 %\nCadre\t1\tlune\t12O\t33 %"
    form = draft_form(line(0, label="Déjà là"), pasted=pasted, do="paste")
    response = client_of(seller).post(url("quote_new"), form)
    assert response.status_code == 200
    assert [row["label"] for row in rows(response)] == ["Déjà là", "Séance", "Cadre"]
    second, third = rows(response)[1:]
    assert (second["quantity"], second["unit"], second["unit_price"]) == ("2", "HUR", "80")
    assert (third["unit_price"], third["description"]) == ("12O", "lune\n33 %")
    said = text(response)
    for what in ("Ligne collée n° 2 : l’unité « lune »", "le prix « 12O »", "le taux « 33 % »"):
        assert what in said
    assert not Quote.objects.exists()


def test_a_paste_too_long_moves_nothing(seller: User, customer: Customer) -> None:
    pasted = "\n".join(f"Ligne {place}\t10" for place in range(201))
    response = client_of(seller).post(url("quote_new"), draft_form(pasted=pasted, do="paste"))
    assert len(rows(response)) == 1
    assert "Ligne 200\t10" in response.content.decode()
    assert "ce collage en ajouterait 201" in text(response)


@pytest.fixture
def item(shop: Activity) -> CatalogueItem:
    return CatalogueItem.objects.create(
        activity=shop,
        reference="PH-1",
        label="Séance en studio",
        description="Deux fonds.",
        unit="HUR",
        unit_price=D("100"),
        price_includes_tax=True,
        vat_code="normal",
        nature="services",
    )


@pytest.mark.parametrize("typed", ["ph-1", "Séance en studio", "séance", "PH-1 · Séance en studio"])
def test_a_line_is_filled_from_the_catalogue(
    typed: str, seller: User, customer: Customer, item: CatalogueItem
) -> None:
    client = client_of(seller)
    form = draft_form(line(0, label=typed, unit_price="", quantity="3", unit="C62"), do="fill-0")
    (row,) = rows(client.post(url("quote_new"), form))
    assert (row["label"], row["quantity"], row["unit"]) == ("Séance en studio", "3", "HUR")
    assert (row["unit_price"], row["description"]) == ("83,3333", "Deux fonds.")
    page = client.get(url("quote_new")).content.decode()
    assert 'data-unitprice="83,3333"' in page


def test_an_unknown_reference_is_said(seller: User, customer: Customer, item: CatalogueItem) -> None:
    response = client_of(seller).post(url("quote_new"), draft_form(line(0, label="ZZ"), do="fill-0"))
    assert "Aucun article du catalogue" in text(response)
    assert rows(response)[0]["label"] == "ZZ"


def test_the_article_of_a_line_is_kept_if_it_is_offered(
    seller: User, customer: Customer, item: CatalogueItem
) -> None:
    stranger = CatalogueItem.objects.create(
        activity=make_activity(), label="Ailleurs", unit_price=D(1), vat_code="normal"
    )
    form = draft_form(line(0, item=str(item.pk)), line(1, item=str(stranger.pk)))
    client_of(seller).post(url("quote_new"), form)
    assert [row.item for row in Quote.objects.get().lines.order_by("position")] == [item, None]


@pytest.mark.parametrize(
    ("act", "labels", "groups"),
    [
        ("add-group", ["A", "B", ""], [2]),
        ("group-1", ["A", "B"], [1]),
        ("above-1", ["A", "A"], []),
        ("above-0", ["A", "B"], []),
    ],
)
def test_groups_and_the_line_above_without_javascript(
    act: str, labels: list[str], groups: list[int], seller: User, customer: Customer
) -> None:
    lines = [line(place, label=label) for place, label in enumerate("AB")]
    response = client_of(seller).post(url("quote_new"), draft_form(*lines, do=act))
    assert [row["label"] for row in rows(response)] == labels
    opened = [place for place, form in enumerate(response.context["lines"]) if form.shows_group]
    assert opened == groups


def test_the_mode_is_kept_for_the_person(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    assert 'data-mode="quick"' in client.get(url("quote_new")).content.decode()
    page = client.post(url("quote_new"), draft_form(do="mode-full", purpose="Gardé")).content.decode()
    assert 'data-mode="full"' in page
    assert 'value="Gardé"' in page
    assert 'data-mode="full"' in client.get(url("invoice_new")).content.decode()
    assert client.post(url("editor_mode"), {"mode": "quick"}).status_code == 204
    assert client.post(url("editor_mode"), {"mode": "other"}).status_code == 422
    assert EditorPreference.objects.get().mode == "quick"


def test_the_sheet_shows_what_is_typed_and_keeps_nothing(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    form = draft_form(
        line(0, label="Séance", unit_price="100", quantity="1", group_title="Prise de vue"),
        line(1, label="Moitié", unit_price="x"),
        total_discount_rate="10",
        kind="quote",
    )
    response = client.post(url("live_preview"), form, headers={"X-Fragment": "1"})
    said = text(response)
    for what in ("Devis", "Brouillon", "Client A", "Prise de vue", "Séance", "90,00 €", "108,00 €"):
        assert what in said
    assert "Moitié" not in said
    assert "<html" not in response.content.decode()
    whole = client.post(url("live_preview"), form | {"kind": "invoice", "total_discount_rate": "500"})
    assert "<html" in whole.content.decode()
    assert "120,00 €" in text(whole)
    nobody = client.post(url("live_preview"), form | {"customer": ""})
    assert "Client à choisir" in text(nobody)
    assert Quote.objects.count() == Invoice.objects.count() == 0


def test_warnings_come_before_errors(seller: User, customer: Customer, judges: Judges) -> None:
    sales.issued(customer.activity)
    response = client_of(seller).post(url("live_totals"), draft_form(kind="quote"))
    assert "1 facture de ce client est en retard, pour 240,00 €." in text(response)


YEAR_TIERS = [
    {"up_to": "1000.00", "rate": "0.1500"},
    {"up_to": "3000.00", "rate": "0.1100"},
    {"up_to": None, "rate": "0.0750"},
]
SCALES = {
    "flat": books.flat("0.1250"),
    "slices": books.flat("0")
    | {"shape": {"kind": "slices", "window": "year", "slices": YEAR_TIERS}, "taken_on": "document"},
}
DISCOUNTS = {
    "none": {},
    "share": {"total_discount_rate": "3,33"},
    "amount": {"total_discount_amount": "100,01"},
}


@pytest.mark.parametrize("discount", DISCOUNTS.values(), ids=DISCOUNTS.keys())
@pytest.mark.parametrize("rules", SCALES.values(), ids=SCALES.keys())
def test_the_estimate_is_what_the_books_take(
    rules: dict[str, Any], discount: dict[str, str], seller: User, judges: Judges
) -> None:
    """Rates, natures, a discount on the whole, after a first sale: the same cent in both places."""
    make_cooperative()
    books.scale(rules=rules)
    shop = make_activity(seller)
    customer = sales.firm(shop)
    sales.issued(shop, sales.line("777.77"))
    lines = [
        line(0, unit_price="333,33", quantity="1"),
        line(1, unit_price="66,67", quantity="3", vat_rate=str(sales.rate("reduced").pk), nature="goods"),
        line(2, unit_price="450", quantity="1", vat_rate=str(sales.rate("training").pk), nature="training"),
    ]
    form = draft_form(*lines, kind="invoice") | discount
    client = client_of(seller)
    totals = client.post(url("live_totals"), form)
    found = totals.context["totals"]
    assert found.estimate.exact
    assert "Reste pour vous" in text(totals)
    assert "estimation" not in text(totals)
    client.post(url("invoice_new"), form | {"customer": customer.name})
    invoice = sales.issue(Invoice.objects.drafts().get())
    assert ContributionRun.objects.get(subject=str(invoice.number)).due == found.estimate.due
    assert found.rest == invoice.total_excl_tax - found.estimate.due


def test_under_a_monthly_scale_it_is_called_an_estimate(seller: User) -> None:
    books.scale(rules=books.monthly())
    make_activity(seller)
    said = text(client_of(seller).post(url("live_totals"), draft_form(kind="quote")))
    assert "(estimation)" in said


def test_a_new_version_says_what_it_changes(seller: User, customer: Customer) -> None:
    first = quotes.approved(customer.activity, sales.line("100", label="Séance"))
    client = client_of(seller)
    assert "Nouvelle version" in text(client.get(first.get_absolute_url()))
    response = client.post(url("quote_revise", first.pk), {"form_key": str(uuid4())})
    new = Quote.objects.get(revision=2)
    assert response["Location"] == url("quote_edit", new.pk)
    form = stored_form(new, line(0, label="Séance", unit_price="120", quantity="1"))
    assert client.post(url("quote_edit", new.pk), form).status_code == 302
    said = text(client.get(new.get_absolute_url()))
    assert "Depuis la version 1" in said
    assert "Modifié : Séance, 100,00 € HT → 120,00 € HT." in said
    assert client.get(url("quote_edit", first.pk)).status_code == 409


def test_a_copy_goes_to_a_customer_of_another_own_activity(
    seller: User, customer: Customer, judges: Judges
) -> None:
    other = make_activity(seller)
    target = sales.firm(other, siren=sales.SIRENS[1], name="Client B")
    invoice = sales.issued(customer.activity)
    client = client_of(seller)
    page = client.get(url("invoice_copy", invoice.pk))
    assert "Client B" in page.content.decode()
    form = {"customer": "Client B", "kind": "quote", "form_key": str(uuid4())}
    response = client.post(url("invoice_copy", invoice.pk), form)
    quote = Quote.objects.get()
    assert response["Location"] == url("quote_edit", quote.pk)
    assert (quote.activity, quote.customer, quote.total_incl_tax) == (other, target, invoice.total_incl_tax)
    client.post(url("invoice_copy", invoice.pk), form | {"kind": "invoice", "form_key": str(uuid4())})
    assert Invoice.objects.filter(customer=target).count() == 1
    refused = client.post(url("quote_copy", quote.pk), form | {"customer": "Inconnu"})
    assert refused.status_code == 422
    assert Quote.objects.count() == 1
    assert client.get(url("invoice_copy", sales.credit(invoice).pk)).status_code == 409


def test_discard_and_restore(seller: User, customer: Customer) -> None:
    quote, client = quotes.quote(customer.activity), client_of(seller)
    client.post(url("quote_discard", quote.pk))
    quote.refresh_from_db()
    assert quote.state == "discarded"
    client.post(url("quote_restore", quote.pk))
    quote.refresh_from_db()
    assert quote.is_draft
    assert client.get(url("quote_preview", quote.pk))["Content-Type"] == "application/pdf"
    assert "Brouillon" in text(client.get(url("quote_list")))


@pytest.mark.parametrize(
    "name", ["quote_edit", "quote_detail", "quote_copy", "quote_preview", "quote_duplicate", "quote_revise"]
)
def test_others_do_not_find_it(name: str, customer: Customer) -> None:
    quote, other = quotes.quote(customer.activity), make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    assert client_of(other).post(url(name, quote.pk)).status_code == 404


@pytest.mark.parametrize("kind", [RoleKind.AUDITOR, RoleKind.CO_MANAGER])
def test_who_only_reads_writes_no_quote(kind: str, customer: Customer) -> None:
    quote, client = quotes.quote(customer.activity), client_of(make_user(kind))
    assert client.get(url("quote_detail", quote.pk)).status_code == 200
    for name in ("quote_edit", "quote_copy"):
        assert client.get(url(name, quote.pk)).status_code == 403
    for name in ("quote_duplicate", "quote_revise", "quote_discard"):
        assert client.post(url(name, quote.pk)).status_code == 403
    assert client.get(url("quote_new")).status_code == 403
    assert client.post(url("live_preview"), draft_form()).status_code == 403
    assert Quote.objects.get().version == quote.version


# --- the list, by what is to be done ---


@pytest.fixture
def every_state(shop: Activity) -> dict[str, Quote]:
    today = localdate()
    with_customer = sendings.sent_quote(shop)[0]
    answered, token = sendings.sent_quote(shop)
    return {
        "to_check": quotes.submitted(shop, on=today),
        "to_send": sendings.ready_quote(shop),
        "with_customer": with_customer,
        "to_invoice": sendings.accept(answered, token),
        "expired": sendings.let_time_pass(sendings.sent_quote(shop)[0]),
    }


@pytest.mark.parametrize("step", ["to_check", "to_send", "with_customer", "to_invoice", "expired"])
def test_a_step_keeps_the_quotes_that_are_at_it(
    step: str, seller: User, every_state: dict[str, Quote]
) -> None:
    page = client_of(seller).get(url("quote_list", step=step)).content.decode()
    shown = {name for name, quote in every_state.items() if quote.get_absolute_url() in page}
    assert shown == {step}


def test_an_invoiced_quote_is_no_more_to_invoice(seller: User, every_state: dict[str, Quote]) -> None:
    quote = every_state["to_invoice"]
    invoice_quote(quote, form_key=uuid4(), actor=None)
    page = client_of(seller).get(url("quote_list", step="to_invoice")).content.decode()
    assert quote.get_absolute_url() not in page


def test_the_pdfs_of_chosen_quotes_in_one_archive(seller: User, every_state: dict[str, Quote]) -> None:
    client = client_of(seller)
    chosen = [every_state["to_send"].pk, every_state["with_customer"].pk, every_state["to_check"].pk]
    response = client.post(url("gather", "quotes"), {"ids": [str(pk) for pk in chosen]})
    job = Job.objects.get()
    assert response["Location"] == f"/travaux/{job.pk}/"
    assert job.total == 2


def test_a_quote_is_found_by_number_or_amount_within_sight(
    seller: User, every_state: dict[str, Quote]
) -> None:
    sent = every_state["with_customer"]
    assert str(sent) in [hit.label for hit in find_quotes(seller, str(sent.number), 10)]
    assert len(list(find_quotes(seller, "240,00", 10))) == 4
    assert list(find_quotes(seller, "introuvable", 10)) == []
    stranger = make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)
    assert list(find_quotes(stranger, str(sent.number), 10)) == []
