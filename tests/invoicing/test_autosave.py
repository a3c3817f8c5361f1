"""The draft saves itself: whole it is stored, half written it is kept as typed, nothing is overwritten."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from entrepreneurs.models import Activity
from invoicing.models import Customer, Invoice, Quote, TypedForm
from invoicing.services.approving import approve_quote
from invoicing.services.keeping import keep_typed
from invoicing.services.submitting import submit_quote
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import quotes
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import draft_form, line, stored_form, url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration")]


@pytest.fixture
def customer(shop: Activity) -> Customer:
    return sales.firm(shop)


def form_of_quote(*lines: dict[str, str], **values: str) -> dict[str, str]:
    return draft_form(*lines) | {"kind": "quote", "do": "autosave"} | values


def send(client: Client, address: str, form: dict[str, str], status: int = 200) -> dict[str, Any]:
    answer = client.post(address, form)
    assert answer.status_code == status, text(answer)
    found: dict[str, Any] = answer.json()
    return found


def after(form: dict[str, str], answer: dict[str, Any], **values: str) -> dict[str, str]:
    """The form as the script sends it next."""
    return form | {"version": str(answer["version"])} | values


def test_the_first_save_opens_the_draft_and_gives_its_address(seller: User, customer: Customer) -> None:
    client, form = client_of(seller), form_of_quote()
    answer = send(client, url("quote_new"), form)
    quote = Quote.objects.get()
    assert (answer["state"], answer["address"]) == ("saved", url("quote_edit", quote.pk))
    assert answer["version"] == quote.version == 1
    assert "Brouillon enregistré à" in answer["sentence"]
    again = send(client, answer["address"], after(form, answer, purpose="Autre objet"))
    quote.refresh_from_db()
    assert (again["version"], quote.version, quote.purpose) == (2, 2, "Autre objet")


def test_the_same_first_save_twice_makes_one_draft(seller: User, customer: Customer) -> None:
    client, form = client_of(seller), form_of_quote()
    first, second = (send(client, url("quote_new"), form) for _ in range(2))
    assert first["address"] == second["address"]
    assert Quote.objects.count() == 1


def test_a_tab_closed_in_mid_line_gives_everything_back(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    half = line(1, label="Tirage grand f", quantity="1", unit_price="douze")
    form = form_of_quote(line(0), half, purpose="Fête")
    answer = send(client, url("quote_new"), form)
    quote = Quote.objects.get()
    assert (answer["state"], answer["address"]) == ("kept", url("quote_edit", quote.pk))
    assert [row.label for row in quote.lines.all()] == ["Reportage"]
    page = client.get(answer["address"])
    shown = [form["label"].value() for form in page.context["lines"]]
    assert shown == ["Reportage", "Tirage grand f"]
    assert 'value="douze"' in page.content.decode()
    assert f'name="version" value="{answer["version"]}"' in page.content.decode()
    assert "là où elle s’est arrêtée" in text(page)
    whole = stored_form(quote, line(0), line(1, label="Tirage", unit_price="12"))
    quote.refresh_from_db()
    whole = after(whole, answer, do="save", form_key=form["form_key"])
    assert client.post(answer["address"], whole).status_code == 302
    assert not TypedForm.objects.exists()
    assert quote.lines.count() == 2


def test_what_is_not_whole_is_told_at_its_field(seller: User, customer: Customer) -> None:
    """By name and by the control to go to, a refusal of the services as well."""
    client = client_of(seller)
    form = form_of_quote(line(0), line(1, unit_price="douze"), line(2, quantity=""))
    answer = send(client, url("quote_new"), form)
    assert answer["sentence"].endswith("encore incomplète")
    assert [(fault["label"], fault["target"]) for fault in answer["faults"]] == [
        ("Ligne 2, prix unitaire HT", "id_lines-1-unit_price"),
        ("Ligne 3, quantité", "id_lines-2-quantity"),
    ]
    refused = send(client, answer["address"], after(form_of_quote(line(0, unit_price="-5")), answer))
    assert [fault["target"] for fault in refused["faults"]] == ["id_lines-0-unit_price"]
    assert "la quantité est négative" in refused["faults"][0]["text"]
    whole = send(client, answer["address"], after(form_of_quote(line(0)), refused))
    assert (whole["state"], whole["faults"]) == ("saved", [])


def test_without_customer_what_is_typed_waits_and_comes_back(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    form = form_of_quote(line(0, label="Dorure"), customer="")
    answer = send(client, url("quote_new"), form)
    assert answer["state"] == "kept"
    assert not Quote.objects.exists()
    assert "Dorure" in client.get(answer["address"]).content.decode()
    assert "Reprendre la saisie" in text(client.get(url("quote_new")))
    found = send(client, url("quote_new"), after(form, answer, customer="Client A"))
    assert (found["state"], Quote.objects.get().lines.get().label) == ("saved", "Dorure")
    assert client.get(answer["address"])["Location"] == found["address"]
    assert "Reprendre la saisie" not in text(client.get(url("quote_new")))


def test_what_was_begun_may_be_put_aside(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    send(client, url("quote_new"), form_of_quote(customer=""))
    kept = TypedForm.objects.get()
    other = make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    client_of(other).post(url("typed_discard"), {"pk": kept.pk})
    assert TypedForm.objects.exists()
    client.post(url("typed_discard"), {"pk": kept.pk})
    assert not TypedForm.objects.exists()


def test_what_is_already_stored_is_not_saved_again(seller: User, customer: Customer) -> None:
    client, form = client_of(seller), form_of_quote(line(0))
    first = send(client, url("quote_new"), form)
    same = after(form, first)
    assert send(client, first["address"], same)["version"] == first["version"]
    changed = send(client, first["address"], same | {"vat_due_on": "debits"})
    assert changed["version"] == first["version"] + 1
    assert Quote.objects.get().vat_due_on == "debits"
    again = send(client, first["address"], after(same, changed, vat_due_on=""))
    assert again["version"] == changed["version"] + 1
    assert Quote.objects.get().vat_due_on == "receipts"


def test_another_tab_is_told_and_nothing_is_overwritten(seller: User, customer: Customer) -> None:
    client, quote = client_of(seller), quotes.quote(customer.activity)
    form = stored_form(quote, line(0)) | {"kind": "quote", "do": "autosave"}
    address = url("quote_edit", quote.pk)
    send(client, address, form)
    refused = send(client, address, form | {"purpose": "Onglet oublié"}, status=409)
    assert refused["state"] == "stale"
    half = form | {"purpose": "Onglet oublié", "lines-0-unit_price": "x"}
    assert send(client, address, half, status=409)["state"] == "stale"
    quote.refresh_from_db()
    assert (quote.purpose, quote.version) == ("Reportage au salon", 2)
    assert not TypedForm.objects.exists()


def test_two_tabs_without_a_draft_are_told_apart(seller: User, customer: Customer) -> None:
    client, form = client_of(seller), form_of_quote(customer="")
    first = send(client, url("quote_new"), form)
    send(client, url("quote_new"), after(form, first, purpose="Premier"))
    late = after(form, first, purpose="Second")
    assert send(client, url("quote_new"), late, status=409)["state"] == "stale"
    assert send(client, url("quote_new"), late | {"customer": "Client A"}, status=409)["state"] == "stale"
    assert not Quote.objects.exists()
    assert "purpose=Premier" in TypedForm.objects.get().typed


def test_a_form_found_again_in_the_history_does_not_hide_the_draft(seller: User, customer: Customer) -> None:
    client, form = client_of(seller), draft_form()
    client.post(url("quote_new"), form)
    stale = client.post(url("quote_new"), form | {"purpose": "Changé après coup"})
    assert stale.status_code == 409
    assert 'value="Changé après coup"' in stale.content.decode()
    assert Quote.objects.get().purpose == "Reportage au salon"


def test_an_approved_quote_is_no_longer_saved(seller: User, customer: Customer) -> None:
    quote = quotes.approved(customer.activity)
    answer = client_of(seller).post(url("quote_edit", quote.pk), stored_form(quote, do="autosave"))
    assert answer.status_code == 409
    assert "nouvelle version" in text(answer)


def test_the_journal_says_once_that_somebody_is_typing(seller: User, customer: Customer) -> None:
    client, form = client_of(seller), form_of_quote()
    answer = send(client, url("quote_new"), form)
    for rank in range(4):
        answer = send(client, answer["address"], after(form, answer, purpose=f"Objet {rank}"))
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs.count("invoicing.create_quote") == 1
    assert verbs.count("invoicing.save_quote") == 1
    saved = stored_form(Quote.objects.get()) | {"form_key": form["form_key"]}
    client.post(answer["address"], saved | {"version": str(answer["version"])})
    assert AuditEntry.objects.filter(verb="invoicing.save_quote").count() == 2


def test_invoices_save_themselves_too(seller: User, customer: Customer) -> None:
    form = draft_form(do="autosave", kind="invoice")
    answer = send(client_of(seller), url("invoice_new"), form)
    assert answer["address"] == url("invoice_edit", Invoice.objects.get().pk)


def test_a_form_without_key_is_refused(seller: User, customer: Customer) -> None:
    answer = send(client_of(seller), url("quote_new"), form_of_quote(form_key="x"), status=409)
    assert "rechargez la page" in answer["sentence"]
    assert not Quote.objects.exists()


def test_the_key_of_another_activity_is_refused(seller: User, customer: Customer) -> None:
    key, stranger = uuid4(), make_activity()
    kept = {"kind": "quote", "form_key": key, "typed": "purpose=A", "version": None, "actor": seller}
    keep_typed(customer.activity, **kept)
    with pytest.raises(Refused) as refusal:
        keep_typed(stranger, **kept)
    assert refusal.value.code == Code.VALUE_INVALID
    with pytest.raises(Refused) as refusal:
        keep_typed(customer.activity, **kept | {"typed": "x" * 2_000_001, "version": -1})
    assert refusal.value.code == Code.TEXT_TOO_LONG
    assert TypedForm.objects.get().typed == "purpose=A"


def test_nothing_is_submitted_while_a_line_is_half_written(seller: User, customer: Customer) -> None:
    client = client_of(seller)
    form = form_of_quote(line(0), line(1, label="Suite", unit_price=""))
    send(client, url("quote_new"), form)
    quote = Quote.objects.get()
    with pytest.raises(Refused, match="pas terminée"):
        submit_quote(quote, actor=seller, on=sales.DAY)
    with pytest.raises(Refused, match="pas terminée"):
        approve_quote(quote, actor=seller, on=sales.DAY)
    quote.refresh_from_db()
    assert quote.is_draft
