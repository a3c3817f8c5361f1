"""Writing an invoice: with and without JavaScript, true totals, bad input kept and explained."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, VatRate
from invoicing.services.customers import archive_customer
from invoicing.states.sales import MAX_LINES
from people.models import User
from people.states import RoleKind
from tests.factories import accounting as books
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import (
    counted,
    draft_form,
    line,
    stored_form,
    url,
)
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def shop(seller: User) -> Activity:
    books.scale("0.1000")
    return make_activity(seller)


@pytest.fixture
def customer(shop: Activity) -> Customer:
    return sales.firm(shop)


def test_a_new_invoice_is_saved_as_a_draft(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    page = client.get(url("invoice_new", client=customer.pk))
    assert page.status_code == 200
    assert 'value="Client A · 552100554"' in page.content.decode()
    form = draft_form(
        line(0, quantity="2", unit_price="1 234,56 €", discount_rate="10"),
        line(1, label="", unit_price="", quantity="1"),
        line(2, label="Tirage", unit_price="85", quantity="0,5", discount_amount="2,50", nature="goods"),
        order_reference="BC-7",
        due_on="2027-01-31",
    )
    response = client.post(url("invoice_new"), form)
    draft = Invoice.objects.get()
    assert response["Location"] == draft.get_absolute_url()
    first, second = draft.lines.order_by("position")
    assert (first.net, first.discount_rate) == (Decimal("2222.21"), Decimal("0.1000"))
    assert (second.net, second.discount_amount, second.nature) == (Decimal("40.00"), Decimal("2.50"), "goods")
    assert draft.total_incl_tax == Decimal("2714.65")
    assert (draft.order_reference, draft.due_on, draft.created_by) == ("BC-7", date(2027, 1, 31), seller)


def test_check_and_issue_saves_then_leads_to_the_confirmation(seller: User, customer: Customer) -> None:
    response = client_of(seller).post(url("invoice_new"), draft_form(do="check"))
    assert response["Location"] == url("invoice_issue", Invoice.objects.get().pk)


@pytest.mark.parametrize("typed", ["client a", "552 100 554", "Client A · 552100554", "Cli"])
def test_a_customer_is_found_by_name_or_number(typed: str, seller: User, customer: Customer) -> None:
    client_of(seller).post(url("invoice_new"), draft_form(customer=typed))
    assert Invoice.objects.get().customer == customer


def test_namesakes_are_told_apart(seller: User, customer: Customer) -> None:
    sales.firm(customer.activity, siren="443061841", name="Client A")
    client = client_of(seller)
    refused = client.post(url("invoice_new"), draft_form(customer="Client A"))
    assert refused.status_code == 422
    assert "Plusieurs clients répondent à ce nom" in text(refused)
    client.post(url("invoice_new"), draft_form(customer="Client A · 443061841"))
    assert Invoice.objects.get().customer.siren == "443061841"


@pytest.mark.parametrize(
    ("act", "labels"),
    [
        ("add", ["A", "B", "C", ""]),
        ("up-2", ["A", "C", "B"]),
        ("down-0", ["B", "A", "C"]),
        ("up-0", ["A", "B", "C"]),
        ("copy-1", ["A", "B", "B", "C"]),
        ("remove-1", ["A", "C"]),
        ("up-99", ["A", "B", "C"]),
        ("dance", ["A", "B", "C"]),
    ],
)
def test_lines_are_handled_without_javascript(
    act: str, labels: list[str], seller: User, customer: Customer
) -> None:
    rows = [line(place, label=label, unit_price="x") for place, label in enumerate("ABC")]
    response = client_of(seller).post(url("invoice_new"), draft_form(*rows, do=act))
    assert response.status_code == 200
    shown = [form["label"].value() or "" for form in response.context["lines"]]
    assert shown == labels
    assert "field-error" not in response.content.decode()  # nobody asked for a verdict yet
    assert not Invoice.objects.exists()


@pytest.mark.parametrize(
    ("act", "focused"),
    [
        ("add", "id_lines-2-label"),
        ("add-group", "id_lines-2-group_title"),
        ("group-0", "id_lines-0-group_title"),
        ("up-1", "id_lines-0-label"),
        ("down-0", "id_lines-1-label"),
        ("copy-0", "id_lines-1-label"),
        ("remove-1", "id_lines-0-label"),
        ("mode-full", ""),
    ],
)
def test_one_goes_on_typing_where_the_button_led(
    act: str, focused: str, seller: User, customer: Customer
) -> None:
    page = client_of(seller).post(url("invoice_new"), draft_form(line(0), line(1), do=act)).content.decode()
    fields = [tag for tag in page.split("<") if " autofocus" in tag]
    assert [f'id="{focused}"' in tag for tag in fields] == ([True] if focused else [])


@pytest.mark.parametrize(
    ("row", "values", "sentence"),
    [
        ({}, {"customer": "Inconnu"}, "Aucun client ne porte ce nom ou ce numéro"),
        ({}, {"customer": ""}, "obligatoire"),
        ({"unit_price": "douze"}, {}, "nombre"),
        ({"unit_price": ""}, {}, "obligatoire"),
        ({"label": ""}, {}, "obligatoire"),
        ({"quantity": "0"}, {}, "Une quantité n’est pas nulle"),
        ({"unit_price": "-5"}, {}, "Un prix est positif"),
        ({"discount_amount": "99999"}, {}, "sans dépasser sa ligne"),
        ({"discount_rate": "150"}, {}, "sans dépasser sa ligne"),
        ({"discount_rate": "5", "discount_amount": "5"}, {}, "pas les deux"),
        ({"unit": "XXX"}, {}, "XXX"),
        ({"vat_rate": "9999"}, {}, "9999"),
        ({"label": "x" * 251}, {}, "250"),
        ({"description": "x" * 4001}, {}, "4000"),
        ({}, {"purpose": "x" * 251}, "250"),
        ({}, {"due_on": "31/02/2026"}, "date"),
        ({}, {"due_on": "0001-01-01"}, "Cette date est trop éloignée."),
    ],
)
def test_bad_input_is_refused_in_words_and_kept(
    row: dict[str, str], values: dict[str, str], sentence: str, seller: User, customer: Customer
) -> None:
    before = counted()
    response = client_of(seller).post(url("invoice_new"), draft_form(line(0, **row), **values))
    assert response.status_code == 422
    said = text(response)
    assert sentence in said
    assert "à corriger" in said
    assert 'class="field-error"' in response.content.decode()
    for typed in values.values():
        assert typed in response.content.decode()
    assert counted() == before


def test_a_refusal_about_a_line_stands_at_the_row_that_was_typed(seller: User, customer: Customer) -> None:
    """Empty rows are no lines: the second line of the document may be the third row of the page."""
    rows = [line(0), line(1, label="", unit_price="", quantity="1"), line(2, quantity="0")]
    response = client_of(seller).post(url("invoice_new"), draft_form(*rows))
    wrong = [place for place, form in enumerate(response.context["lines"]) if form.errors]
    assert wrong == [2]


def test_the_summary_names_the_line_and_leads_to_the_field(seller: User, customer: Customer) -> None:
    rows = (line(0), line(1, vat_rate="9999"), line(2, unit_price="douze", discount_amount="deux"))
    page = client_of(seller).post(url("invoice_new"), draft_form(*rows)).content.decode()
    summary = page[page.index("data-error-summary") :]
    summary = summary[: summary.index("</ul>")]
    for target, label in (
        ("id_lines-1-vat_rate", "Ligne 2, TVA :"),
        ("id_lines-2-unit_price", "Ligne 3, prix unitaire HT :"),
        ("id_lines-2-discount_amount", "Ligne 3, remise en euros :"),
    ):
        assert f'<a href="#{target}">{label}' in summary
        assert f'id="{target}"' in page
    assert "Ligne 1" not in summary


def test_a_share_is_typed_with_or_without_its_sign(seller: User, customer: Customer) -> None:
    form = draft_form(line(0, discount_rate="12,5%"), total_discount_rate="10 %")
    client_of(seller).post(url("invoice_new"), form)
    draft = Invoice.objects.get()
    assert (draft.lines.get().discount_rate, draft.discount_rate) == (Decimal("0.125"), Decimal("0.1"))


def test_two_hundred_and_one_lines_are_too_many_and_none_is_lost(seller: User, customer: Customer) -> None:
    rows = [line(place, label=f"Ligne {place}") for place in range(MAX_LINES + 1)]
    response = client_of(seller).post(url("invoice_new"), draft_form(*rows))
    assert response.status_code == 422
    assert "Un document compte au plus 200 lignes ; celui-ci en a 201." in text(response)
    assert 'value="Ligne 200"' in response.content.decode()
    assert not Invoice.objects.exists()


def test_ten_megabytes_of_text_are_refused_in_one_sentence(seller: User, customer: Customer) -> None:
    response = client_of(seller).post(
        url("invoice_new"), draft_form(line(0, description="x" * 10 * 1024 * 1024))
    )
    assert response.status_code == 413
    assert "Ce que vous envoyez est trop long" in text(response)
    assert not Invoice.objects.exists()


def test_a_double_click_saves_one_draft(seller: User, customer: Customer) -> None:
    client, form = client_of(seller), draft_form()
    first, second = client.post(url("invoice_new"), form), client.post(url("invoice_new"), form)
    assert first["Location"] == second["Location"]
    assert Invoice.objects.count() == 1


def test_a_draft_is_changed_and_two_tabs_never_overwrite_each_other(seller: User, customer: Customer) -> None:
    draft, client = sales.draft(customer.activity), client_of(seller)
    page = client.get(url("invoice_edit", draft.pk))
    assert page.status_code == 200
    assert 'value="200,00"' in page.content.decode()
    form = stored_form(draft, line(0, unit_price="300"))
    assert client.post(url("invoice_edit", draft.pk), form).status_code == 302
    stale = client.post(url("invoice_edit", draft.pk), form | {"purpose": "Autre onglet"})
    assert stale.status_code == 409
    assert "Ce brouillon a été enregistré ailleurs entre-temps" in text(stale)
    assert 'value="Autre onglet"' in stale.content.decode()
    draft.refresh_from_db()
    assert (draft.purpose, draft.total_excl_tax) == ("Reportage au salon", Decimal("600.00"))


def test_after_a_conflict_one_reads_the_other_version_or_keeps_one_s_own(
    seller: User, customer: Customer
) -> None:
    draft, client = sales.draft(customer.activity), client_of(seller)
    mine = stored_form(draft, line(0), purpose="Le mien")
    client.post(url("invoice_edit", draft.pk), stored_form(draft, line(0), purpose="L’autre"))
    page = client.post(url("invoice_edit", draft.pk), mine)
    seen = f'name="seen"\n           value="{draft.version + 1}"'
    assert page.status_code == 409
    assert seen in page.content.decode()
    for value in ("", str(draft.version), "9" * 5000):
        again = client.post(url("invoice_edit", draft.pk), mine | {"do": "overwrite", "seen": value})
        assert again.status_code == 409
    draft.refresh_from_db()
    assert draft.purpose == "L’autre"
    assert client.post(url("invoice_edit", draft.pk), mine | {"do": "up-" + "9" * 5000}).status_code == 200
    kept = client.post(url("invoice_edit", draft.pk), mine | {"do": "overwrite", "seen": str(draft.version)})
    assert kept.status_code == 302
    draft.refresh_from_db()
    assert draft.purpose == "Le mien"


def test_a_draft_without_version_is_stale(seller: User, customer: Customer) -> None:
    draft = sales.draft(customer.activity)
    response = client_of(seller).post(url("invoice_edit", draft.pk), stored_form(draft, version=""))
    assert response.status_code == 409
    draft.refresh_from_db()
    assert draft.total_excl_tax == Decimal("200.00")


def test_an_old_vat_rate_is_shown_then_refused_when_it_matters(seller: User, customer: Customer) -> None:
    """The rate of a draft left aside ended: the page shows it, issuing will say so (see test_pages_issue)."""
    draft = sales.draft(customer.activity)
    VatRate.objects.filter(code="normal").update(valid_to=date(2026, 1, 1))
    response = client_of(seller).get(url("invoice_edit", draft.pk))
    shown = response.context["lines"].forms[0]["vat_rate"].value()
    assert f'<option value="{shown}" selected>' in response.content.decode()


def test_the_archived_customer_of_a_draft_stays_its_customer(seller: User, customer: Customer) -> None:
    draft = sales.draft(customer.activity, customer=customer)
    archive_customer(customer, actor=seller, at=customer.created_at)
    client = client_of(seller)
    assert client.post(url("invoice_edit", draft.pk), stored_form(draft)).status_code == 302
    assert client.post(url("invoice_new"), draft_form()).status_code == 422
    assert Invoice.objects.count() == 1


def test_an_issued_document_and_a_credit_note_are_never_edited(
    seller: User, customer: Customer, judges: Any
) -> None:
    issued = sales.issued(customer.activity)
    note = sales.credit(issued)
    client = client_of(seller)
    for document in (issued, note):
        assert client.get(url("invoice_edit", document.pk)).status_code == 409
        assert client.post(url("invoice_edit", document.pk), stored_form(document)).status_code == 409
    issued.refresh_from_db()
    assert issued.total_excl_tax == Decimal("200.00")


def test_live_totals_are_counted_and_nothing_is_kept(seller: User, customer: Customer) -> None:
    rows = [line(0, quantity="1", unit_price="100"), line(1, quantity="1", unit_price="abc")]
    before = counted()
    response = client_of(seller).post(url("live_totals"), draft_form(*rows))
    said = text(response)
    assert "120,00 €" in said
    assert "Une ligne incomplète n’est pas comptée." in said
    assert "90,00 €" in said  # what stays after a contribution of 10 %
    assert counted() == before


def test_an_impossible_discount_is_left_out_of_the_totals(seller: User, customer: Customer) -> None:
    response = client_of(seller).post(url("live_totals"), draft_form(line(0, discount_amount="99999")))
    assert "Une ligne incomplète n’est pas comptée." in text(response)


def test_the_page_counts_its_totals_without_javascript(seller: User, customer: Customer) -> None:
    response = client_of(seller).post(url("invoice_new"), draft_form(do="add"))
    assert "1 488,00 €" in text(response)


def test_others_find_neither_the_draft_nor_the_customer(customer: Customer) -> None:
    draft, other = sales.draft(customer.activity), make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    client = client_of(other)
    assert client.get(url("invoice_edit", draft.pk)).status_code == 404
    assert client.post(url("invoice_edit", draft.pk), stored_form(draft)).status_code == 404
    assert client.get(url("invoice_new", activite=customer.activity_id)).status_code == 404
    refused = client.post(url("invoice_new"), draft_form(customer="552100554"))
    assert refused.status_code == 422
    assert Invoice.objects.get().version == draft.version


@pytest.mark.parametrize("kind", [RoleKind.AUDITOR, RoleKind.CO_MANAGER, RoleKind.ADVISOR])
def test_who_only_reads_writes_no_invoice(kind: str, customer: Customer) -> None:
    draft = sales.draft(customer.activity)
    client = client_of(make_user(kind))
    assert client.get(url("invoice_new")).status_code == 403
    assert client.post(url("invoice_new"), draft_form()).status_code == 403
    assert client.get(url("invoice_edit", draft.pk)).status_code == 403
    assert client.post(url("invoice_edit", draft.pk), stored_form(draft)).status_code == 403
    assert client.post(url("live_totals"), draft_form()).status_code == 403
    assert Invoice.objects.get().version == draft.version


def test_the_accountant_writes_for_the_activity_they_choose(customer: Customer) -> None:
    make_activity()
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    assert "Pour quelle activité ?" in text(client.get(url("invoice_new")))
    client.post(url("invoice_new"), draft_form(activity=str(customer.activity_id)))
    assert Invoice.objects.get().activity == customer.activity


def test_thirty_lines_cost_the_queries_of_one(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    one = sales.draft(customer.activity, sales.line())
    many = sales.draft(customer.activity, *(sales.line() for _ in range(30)))
    client.get(url("invoice_edit", one.pk))
    seen = []
    for draft in (one, many):
        with CaptureQueriesContext(connection) as queries:
            client.get(url("invoice_edit", draft.pk))
        seen.append(len(queries))
    assert seen[0] == seen[1] > 5
