"""Payments received and taken back, credit notes prepared: amounts in words, refusals that leave nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils.timezone import localdate as today

from accounting.models import Entry
from entrepreneurs.models import Activity
from invoicing.models import Invoice, Payment, Receipt
from invoicing.services.inputs import LineCredit
from invoicing.states.sales import CreditPart
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


@pytest.fixture
def invoice(shop: Activity) -> Invoice:
    return sales.issued(shop, sales.line(quantity=Decimal(4), net="50.00"), on=today() - timedelta(days=5))


def payment_form(**values: str) -> dict[str, str]:
    given = {
        "on": today().isoformat(),
        "amount": "240,00",
        "mode": "transfer",
        "reference": "VIR 12",
        "form_key": str(uuid4()),
    }
    return given | values


def credit_form(**values: str) -> dict[str, str]:
    return {"part": "whole", "reason": "Prestation annulée", "form_key": str(uuid4())} | values


def test_the_amount_due_is_ready_to_be_recorded(seller: User, invoice: Invoice) -> None:
    client = client_of(seller)
    page = client.get(url("payment_new", invoice.pk))
    assert page.status_code == 200
    assert 'value="240,00"' in page.content.decode()
    response = client.post(url("payment_new", invoice.pk), payment_form(), follow=True)
    payment = Payment.objects.get()
    assert (payment.amount, payment.receipt.mode, payment.receipt.reference) == (
        Decimal("240.00"),
        "transfer",
        "VIR 12",
    )
    assert response.redirect_chain[-1][0] == invoice.get_absolute_url()
    assert "Le règlement de 240,00 € est enregistré." in text(response)
    assert "Réglée" in text(response)
    assert payment.receipt.entry.journal.code == "BQ"


def test_a_part_is_accepted(seller: User, invoice: Invoice) -> None:
    response = client_of(seller).post(url("payment_new", invoice.pk), payment_form(amount="100"), follow=True)
    assert "Réglée en partie" in text(response)
    assert "140,00 €" in text(response)


def test_more_than_is_due_is_asked_about_then_kept_as_an_advance(seller: User, invoice: Invoice) -> None:
    client, address = client_of(seller), url("payment_new", invoice.pk)
    asked = client.post(address, payment_form(amount="2400"))
    assert asked.status_code == 422
    assert "Il reste 240,00 € à payer" in text(asked)
    assert "Garder 2 160,00 € en avance du client" in text(asked)
    assert not Payment.objects.exists()
    form = payment_form(amount="2400", surplus="on")
    kept = client.post(address, form, follow=True)
    assert "Le client a 2 160,00 € d’avance" in text(kept)
    assert Payment.objects.get().advance == Decimal("2160.00")
    assert client.post(address, form).status_code == 302
    assert Payment.objects.count() == 1


def test_a_second_click_finds_the_receipt_that_the_first_one_shared(seller: User, invoice: Invoice) -> None:
    """The first click settles the oldest invoice, then all of them: the second has nothing left to share."""
    other = sales.issued(invoice.activity, customer=invoice.customer, on=today())
    client, address = client_of(seller), url("receipt_new", invoice.customer_id)
    for amount in ("240", "240"):
        form = payment_form(amount=amount)
        first, again = client.post(address, form), client.post(address, form)
        assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert {row.pk for row in Invoice.objects.filter(payments__isnull=False)} == {invoice.pk, other.pk}
    assert Receipt.objects.count() == 2


def test_a_second_click_finds_the_receipt_that_was_shared_by_hand(seller: User, invoice: Invoice) -> None:
    """The first click settles one invoice of two, which is then no longer offered."""
    other = sales.issued(invoice.activity, customer=invoice.customer, on=today())
    client, address = client_of(seller), url("receipt_new", invoice.customer_id)
    form = payment_form(amount="300") | {f"share_{invoice.pk}": "240", f"share_{other.pk}": "60"}
    first, again = client.post(address, form), client.post(address, form)
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert Receipt.objects.count() == 1


def test_a_share_above_its_invoice_is_asked_about(seller: User, invoice: Invoice) -> None:
    """The whole is below what the customer owes, yet one box has a digit too many."""
    other = sales.issued(invoice.activity, customer=invoice.customer, on=today())
    client, address = client_of(seller), url("receipt_new", invoice.customer_id)
    form = payment_form(amount="300") | {f"share_{invoice.pk}": "290", f"share_{other.pk}": "10"}
    asked = client.post(address, form)
    assert asked.status_code == 422
    assert "Garder 50,00 € en avance du client" in text(asked)
    assert not Receipt.objects.exists()


def test_more_than_all_invoices_ask_for_is_asked_about_too(seller: User, invoice: Invoice) -> None:
    client, address = client_of(seller), url("receipt_new", invoice.customer_id)
    asked = client.post(address, payment_form(amount="300"))
    assert asked.status_code == 422
    assert "Garder 60,00 € en avance du client" in text(asked)
    assert not Receipt.objects.exists()
    kept = client.post(address, payment_form(amount="300", surplus="on"), follow=True)
    assert "Le client a 60,00 € d’avance" in text(kept)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"amount": ""}, "obligatoire"),
        ({"amount": "cent"}, "nombre"),
        ({"amount": "0"}, "Le montant reçu est positif"),
        ({"amount": "-10"}, "Le montant reçu est positif"),
        ({"amount": "10,001"}, "après la virgule"),
        ({"on": "2099-01-01"}, "Un règlement ne porte pas une date à venir."),
        ({"on": "2020-01-01"}, "Un règlement ne précède pas sa facture."),
        ({"on": ""}, "obligatoire"),
        ({"mode": "troc"}, "troc"),
        ({"reference": "x" * 101}, "100"),
    ],
)
def test_a_wrong_payment_is_refused_at_its_field(
    values: dict[str, str], sentence: str, seller: User, invoice: Invoice
) -> None:
    before = Entry.objects.count()
    response = client_of(seller).post(url("payment_new", invoice.pk), payment_form(**values))
    assert response.status_code == 422
    assert sentence in text(response)
    assert 'class="field-error"' in response.content.decode()
    assert not Payment.objects.exists()
    assert Entry.objects.count() == before


def test_a_double_click_records_one_payment(seller: User, invoice: Invoice) -> None:
    client, form = client_of(seller), payment_form()
    client.post(url("payment_new", invoice.pk), form)
    client.post(url("payment_new", invoice.pk), form)
    assert Payment.objects.count() == 1


def test_drafts_and_credit_notes_are_not_paid(seller: User, shop: Activity, invoice: Invoice) -> None:
    client = client_of(seller)
    for document in (sales.draft(shop), sales.issue(sales.credit(invoice), on=today())):
        assert client.get(url("payment_new", document.pk)).status_code == 409
        assert client.post(url("payment_new", document.pk), payment_form()).status_code == 409
    assert not Payment.objects.exists()


def test_who_only_reads_records_nothing(invoice: Invoice) -> None:
    client = client_of(make_user(RoleKind.AUDITOR))
    assert client.post(url("payment_new", invoice.pk), payment_form()).status_code == 403
    payment = sales.pay(invoice, "240.00", on=today())
    form = {"on": today().isoformat(), "reason": "Erreur", "form_key": str(uuid4())}
    assert client.post(url("receipt_reverse", payment.receipt_id), form).status_code == 403
    assert client.post(url("invoice_credit", invoice.pk), credit_form()).status_code == 403
    assert Payment.objects.get() == payment
    assert not Invoice.objects.filter(kind="credit_note").exists()


def test_a_payment_is_taken_back_with_its_reason(seller: User, invoice: Invoice) -> None:
    payment, client = sales.pay(invoice, "240.00", on=today()), client_of(seller)
    page = client.get(url("receipt_reverse", payment.receipt_id))
    assert page.status_code == 200
    assert "Annuler le règlement de 240,00 €" in text(page)
    form = {"on": today().isoformat(), "reason": "Chèque impayé", "form_key": str(uuid4())}
    response = client.post(url("receipt_reverse", payment.receipt_id), form, follow=True)
    said = text(response)
    assert "Le règlement de 240,00 € est annulé." in said
    assert "Chèque impayé" in said
    assert "À encaisser" in text(client.get(invoice.get_absolute_url()))
    again = client.post(url("receipt_reverse", payment.receipt_id), form | {"form_key": str(uuid4())})
    assert again.status_code == 409
    assert "Ce règlement est déjà annulé." in text(again)
    assert Payment.objects.count() == 2


def test_a_payment_is_not_taken_back_without_reason(seller: User, invoice: Invoice) -> None:
    payment = sales.pay(invoice, "240.00", on=today())
    form = {"on": today().isoformat(), "reason": "", "form_key": str(uuid4())}
    response = client_of(seller).post(url("receipt_reverse", payment.receipt_id), form)
    assert response.status_code == 422
    assert Payment.objects.count() == 1


def test_the_payment_of_others_is_not_found(invoice: Invoice) -> None:
    payment, other = sales.pay(invoice, "240.00", on=today()), make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    assert client_of(other).get(url("receipt_reverse", payment.receipt_id)).status_code == 404


def test_the_whole_invoice_is_credited(seller: User, invoice: Invoice) -> None:
    client = client_of(seller)
    page = client.get(url("invoice_credit", invoice.pk))
    assert page.status_code == 200
    assert "Toute la facture (240,00 € TTC)" in text(page)
    assert "Le reste impayé" not in text(page), "it is the whole"
    response = client.post(url("invoice_credit", invoice.pk), credit_form())
    note = Invoice.objects.get(kind="credit_note")
    assert response["Location"] == url("invoice_issue", note.pk)
    assert (note.credit_reason, note.total_incl_tax) == ("Prestation annulée", Decimal("240.00"))


def test_some_units_of_a_line_are_credited(seller: User, invoice: Invoice) -> None:
    row = invoice.lines.get()
    form = credit_form(part="lines") | {f"quantity_{row.pk}": "1,5"}
    client_of(seller).post(url("invoice_credit", invoice.pk), form)
    assert Invoice.objects.get(kind="credit_note").total_incl_tax == Decimal("90.00")


def test_the_unpaid_rest_is_credited(invoice: Invoice) -> None:
    """An invoice partly paid is credited by the accountant."""
    sales.pay(invoice, "200.00", on=today())
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    page = text(client.get(url("invoice_credit", invoice.pk)))
    assert "Reste à encaisser 40,00 €" in page
    assert "Le reste impayé (40,00 € TTC)" in page
    client.post(url("invoice_credit", invoice.pk), credit_form(part="rest"))
    assert Invoice.objects.get(kind="credit_note").total_incl_tax == Decimal("40.00")


def test_what_was_credited_is_taken_off_wherever_the_rest_is_shown(seller: User, invoice: Invoice) -> None:
    credited = [LineCredit(invoice.lines.get(), Decimal("1.5"))]
    sales.issue(sales.credit(invoice, CreditPart.LINES, lines=credited), on=today())
    client = client_of(seller)
    for page in (
        invoice.get_absolute_url(),
        url("payment_new", invoice.pk),
        url("invoice_credit", invoice.pk),
    ):
        said = text(client.get(page))
        assert "Toute la facture" not in said
        assert "Total TTC 240,00 € Avoirs −90,00 € Reçu 0,00 € Reste à encaisser 150,00 €" in said


@pytest.mark.parametrize(
    ("values", "quantity", "sentence"),
    [
        ({"reason": ""}, "", "obligatoire"),
        ({"reason": "x" * 251}, "", "250"),
        ({"part": "lines"}, "", "Indiquez la quantité reprise sur une ligne au moins."),
        ({"part": "lines"}, "5", "La facture n’en compte que"),
        ({"part": "lines"}, "-1", "Une quantité s’écrit sans signe moins."),
        ({"part": "half"}, "", "half"),
    ],
)
def test_a_wrong_credit_note_is_refused_in_words(
    values: dict[str, str], quantity: str, sentence: str, seller: User, invoice: Invoice
) -> None:
    form = credit_form(**values) | {f"quantity_{invoice.lines.get().pk}": quantity}
    response = client_of(seller).post(url("invoice_credit", invoice.pk), form)
    assert response.status_code == 422
    assert sentence in text(response)
    assert not Invoice.objects.filter(kind="credit_note").exists()


def test_nothing_is_credited_twice(seller: User, invoice: Invoice) -> None:
    sales.issue(sales.credit(invoice), on=today())
    response = client_of(seller).post(url("invoice_credit", invoice.pk), credit_form())
    assert response.status_code == 422
    assert "Des avoirs couvrent déjà toute cette facture." in text(response)
    assert Invoice.objects.filter(kind="credit_note").count() == 1


def test_a_double_click_prepares_one_credit_note(seller: User, invoice: Invoice) -> None:
    client, form = client_of(seller), credit_form()
    first, second = (client.post(url("invoice_credit", invoice.pk), form) for _time in range(2))
    assert first["Location"] == second["Location"]


def test_a_paid_invoice_is_credited_by_the_accountant_alone(seller: User, invoice: Invoice) -> None:
    sales.pay(invoice, "240.00", on=today())
    assert client_of(seller).get(url("invoice_credit", invoice.pk)).status_code == 403
    assert client_of(seller).post(url("invoice_credit", invoice.pk), credit_form()).status_code == 403
    accountant = client_of(make_user(RoleKind.ACCOUNTANT))
    assert accountant.get(url("invoice_credit", invoice.pk)).status_code == 200
    assert not Invoice.objects.filter(kind="credit_note").exists()


def test_a_draft_is_not_credited(seller: User, shop: Activity) -> None:
    assert client_of(seller).get(url("invoice_credit", sales.draft(shop).pk)).status_code == 409


# --- several invoices, refunds, advances --------------------------------------------------------------------


def test_one_transfer_pays_several_invoices(seller: User, shop: Activity, invoice: Invoice) -> None:
    other = sales.issued(shop, sales.line("100.00"), on=today() - timedelta(days=1))
    client = client_of(seller)
    address = url("receipt_new", invoice.customer_id)
    page = client.get(address)
    assert f"{invoice.number} reste 240,00 €" in text(page)
    response = client.post(address, payment_form(amount="300,00"), follow=True)
    assert "Le règlement de 300,00 € est enregistré." in text(response)
    receipt = Receipt.objects.get()
    assert [(share.invoice_id, share.amount) for share in receipt.payments.order_by("pk")] == [
        (invoice.pk, Decimal("240.00")),
        (other.pk, Decimal("60.00")),
    ]
    listed = client.get(url("receipt_list"))
    assert f"{invoice.number}, {other.number}" in text(listed)
    assert client.get(url("receipt_list") + "?export=csv").status_code == 200
    assert text(client.get(url("receipt_list") + f"?q={other.number}")).count("300,00 €") >= 1


def test_shares_typed_by_hand(seller: User, shop: Activity, invoice: Invoice) -> None:
    other = sales.issued(shop, sales.line("100.00"), on=today() - timedelta(days=1))
    client = client_of(seller)
    address = url("receipt_new", invoice.customer_id)
    shares = {f"share_{invoice.pk}": "40", f"share_{other.pk}": "60"}
    wrong = client.post(address, payment_form(amount="99") | shares)
    assert wrong.status_code == 422
    assert "Les parts font 100" in text(wrong)
    assert not Receipt.objects.exists()
    client.post(address, payment_form(amount="100") | shares)
    assert sorted(share.amount for share in Payment.objects.all()) == [Decimal(40), Decimal(60)]


def test_a_customer_who_owes_nothing(seller: User, shop: Activity) -> None:
    customer = sales.firm(shop)
    address = url("receipt_new", customer.pk)
    assert "aucune facture à payer" in text(client_of(seller).get(address))
    assert client_of(seller).post(address, payment_form()).status_code == 422


def test_the_accountant_gives_a_surplus_back(seller: User, invoice: Invoice) -> None:
    sales.pay(invoice, "250.00", on=today())
    form = payment_form(amount="10")
    assert client_of(seller).post(url("refund_new", invoice.pk), form).status_code == 403
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    assert 'value="10,00"' in client.get(url("refund_new", invoice.pk)).content.decode()
    wrong = client.post(url("refund_new", invoice.pk), payment_form(amount="10,01"))
    assert wrong.status_code == 422
    assert "Le client n’a que 10,00 € d’avance" in text(wrong)
    response = client.post(url("refund_new", invoice.pk), form, follow=True)
    assert "Le remboursement de 10,00 € est enregistré." in text(response)
    assert client.get(url("refund_new", invoice.pk)).status_code == 409


def test_an_advance_pays_another_invoice(seller: User, shop: Activity, invoice: Invoice) -> None:
    sales.pay(invoice, "250.00", on=today())
    client = client_of(seller)
    assert client.get(url("advance_use", invoice.pk)).status_code == 409
    other = sales.issued(shop, sales.line("100.00"), on=today())
    page = client.get(url("advance_use", invoice.pk))
    assert f"{other.number}, reste 120" in text(page)
    form = {"invoice": str(other.pk), "amount": "10", "on": today().isoformat(), "form_key": str(uuid4())}
    assert client.post(url("advance_use", invoice.pk), form | {"amount": "11"}).status_code == 422
    response = client.post(url("advance_use", invoice.pk), form, follow=True)
    assert f"L’avance paie {other.number}." in text(response)
    assert Receipt.objects.get(kind="offset").payments.count() == 2


def test_the_money_of_others_is_not_found(invoice: Invoice) -> None:
    receipt = sales.pay(invoice, "250.00", on=today()).receipt
    stranger = make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)
    client = client_of(stranger)
    assert client.get(receipt.get_absolute_url()).status_code == 404
    assert client.get(url("receipt_new", invoice.customer_id)).status_code == 404
    assert client.get(url("advance_use", invoice.pk)).status_code == 404
    assert "250,00" not in text(client.get(url("receipt_list")))
