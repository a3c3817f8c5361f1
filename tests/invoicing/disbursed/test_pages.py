"""Disbursements on the pages: typed, proved, refused at the right row, printed, given back."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from entrepreneurs.models import Activity
from invoicing.documents import invoice_html
from invoicing.engines.model import EInvoice
from invoicing.models import DisbursementProof, Invoice, Quote
from invoicing.services.inputs import DisbursementCredit
from invoicing.states.sales import CreditPart
from people.models import User
from tests.factories import invoicing as sales
from tests.factories import invoicing_disbursements as paid
from tests.factories import sendings
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import draft_form, stored_form, url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]

D = Decimal


def typed(rank: int = 1, **values: str) -> dict[str, str]:
    return {f"disbursed_{rank}_{name}": value for name, value in values.items()}


def test_the_editor_asks_back_refuses_at_the_row_and_loses_nothing(seller: User, shop: Activity) -> None:
    sales.firm(shop)
    stamps = paid.proof(shop)
    client = client_of(seller)
    page = client.get(url("invoice_new")).content.decode()
    assert "Timbres fiscaux, le 20/02/2026" in page.replace("\xa0", " ")
    form = draft_form(**typed(3, label="Timbres", amount="12,51", proof=str(stamps.pk)))
    refused = client.post(url("invoice_new"), form)
    assert refused.status_code == 422
    assert "il ne reste que" in text(refused)
    assert "disbursed_3_amount" in refused.context["form"].errors
    assert refused.context["form"]["disbursed_3_label"].value() == "Timbres"
    assert not Invoice.objects.exists()
    # The proof alone says what was paid and how much is left.
    client.post(url("invoice_new"), form | typed(3, label="", amount="", proof=str(stamps.pk)))
    draft = Invoice.objects.get()
    (row,) = draft.disbursements.all()
    assert (row.label, row.amount, row.proof, draft.disbursed) == (
        "Timbres fiscaux",
        D("12.50"),
        stamps,
        D("12.50"),
    )
    shown = client.get(url("invoice_edit", draft.pk))
    assert shown.context["form"]["disbursed_1_proof"].value() == str(stamps.pk)
    assert "Total du document" in text(shown)
    same = stored_form(draft, **typed(1, label="Timbres fiscaux", amount="12,50", proof=str(stamps.pk)))
    client.post(url("invoice_edit", draft.pk), same)
    draft.refresh_from_db()
    assert draft.disbursements.get().proof == stamps


def test_a_proof_is_brought_from_the_editor_and_typing_goes_on(seller: User, shop: Activity) -> None:
    sales.firm(shop)
    client = client_of(seller)
    left = client.post(url("invoice_new"), draft_form(purpose="Dossier Martin", do="proof"))
    address = left["Location"]
    assert address.startswith(url("proof_new", shop.pk))
    page = client.get(address)
    form = {
        "label": "Greffe",
        "on": "2026-02-20",
        "amount": "39,42",
        "file": SimpleUploadedFile("greffe.png", paid.picture(), "image/png"),
        "form_key": str(uuid4()),
        "back": page.context["form"]["back"].value(),
    }
    back = client.post(address, form)
    proof = DisbursementProof.objects.get()
    assert (proof.amount, proof.on, proof.created_by) == (D("39.42"), date(2026, 2, 20), seller)
    again = client.get(back["Location"])
    assert again.context["form"]["purpose"].value() == "Dossier Martin"
    assert "Greffe" in text(again)
    other = client_of(make_user()).get(address)
    assert other.status_code in (403, 404)
    assert client.get(url("proof_new", make_activity().pk)).status_code == 404


def test_a_quote_announces_without_proof(seller: User, shop: Activity) -> None:
    sales.firm(shop)
    client = client_of(seller)
    form = draft_form(**typed(1, label="Droits", amount="80"))
    client.post(url("quote_new"), form)
    quote = Quote.objects.get()
    assert (quote.disbursed, quote.total_incl_tax, quote.to_pay) == (D("80.00"), D("1488.00"), D("1568.00"))
    parts = form | {"form_key": str(uuid4()), "billing": "progress"}
    refused = client.post(url("quote_new"), parts)
    assert refused.status_code == 422
    assert "n’annonce pas de débours" in text(refused)
    assert Quote.objects.count() == 1


def test_what_is_printed_and_what_a_credit_note_offers(seller: User, shop: Activity) -> None:
    sales.firm(shop)
    invoice = paid.invoice(shop, paid.asked(of=paid.proof(shop)))
    printed = (
        invoice_html(EInvoice.from_json(invoice.facts or {})).replace("\xa0", " ").replace("\u202f", " ")
    )
    places = [printed.index(words) for words in ("Total TTC", "Débours", "Total du document", "Net à payer")]
    assert places == sorted(places)
    assert "252,50 €" in printed
    assert "267-II-2°" in printed
    client = client_of(seller)
    page = client.get(invoice.get_absolute_url())
    (row,) = invoice.disbursements.all()
    assert row.proof is not None
    file = reverse("core:document", args=[row.proof.document_id])
    assert f'<a href="{file}">Timbres fiscaux</a>' in page.content.decode()
    assert client.get(file).status_code == 200
    form = {"part": "lines", "reason": "Timbre rendu", "form_key": str(uuid4())}
    above = client.post(url("invoice_credit", invoice.pk), form | {f"amount_{row.pk}": "12,51"})
    assert above.status_code == 422
    assert not Invoice.objects.filter(credited=invoice).exists()
    client.post(url("invoice_credit", invoice.pk), form | {f"amount_{row.pk}": "12,50"})
    note = Invoice.objects.get(credited=invoice)
    assert (note.disbursed, note.total_incl_tax, note.lines.count()) == (D("12.50"), D(0), 0)
    assert client.get(url("invoice_issue", note.pk)).status_code == 200


def test_the_customer_reads_what_is_given_back_and_what_is_announced(seller: User, shop: Activity) -> None:
    sales.firm(shop)
    invoice = paid.invoice(shop, paid.asked(of=paid.proof(shop)))
    chosen = [DisbursementCredit(invoice.disbursements.get(), D("2.50"))]
    note = sales.issue(sales.credit(invoice, CreditPart.LINES, disbursements=chosen), on=sales.DAY)
    outside = Client()
    read = text(outside.get(url("public_document", sendings.sent_invoice(note))))
    assert "2,50 € TTC dont 2,50 € de débours" in read
    assert "0,00 € TTC" not in read
    client = client_of(seller)
    assert f"{note.number} 2,50 € TTC" in text(client.get(invoice.get_absolute_url()))
    listed = text(client.get(invoice.customer.get_absolute_url()))
    assert re.search(rf"{note.number} {note.credit_reason} [^€]{{1,30}} 2,50 €", listed)
    _quote, token = sendings.sent_quote(shop, sales.line("500.00"), disbursements=(paid.asked(),))
    assert "et 12,50 € de débours annoncés" in text(outside.get(url("public_document", token)))
