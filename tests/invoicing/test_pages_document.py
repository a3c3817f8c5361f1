"""The page of a document: what it says, what may be done, its file, its story; drafts given up and copied."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate as today

from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.models import Invoice
from invoicing.services.archiving import archive_pdf
from invoicing.services.converting import invoice_quote
from invoicing.services.inputs import LineCredit
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing as sales
from tests.factories import sendings
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.invoicing.pages import url
from tests.pages import client_of, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstration", "judges")]


def page_of(user: User, document: Invoice) -> Any:
    return client_of(user).get(document.get_absolute_url())


def actions(response: Any, document: Invoice) -> set[str]:
    """The acts whose address stands on the page."""
    names = ("edit", "issue", "discard", "restore", "duplicate", "credit")
    body = response.content.decode()
    found = {name for name in names if f'"{url(f"invoice_{name}", document.pk)}"' in body}
    return found | ({"pay"} if f'"{url("payment_new", document.pk)}"' in body else set())


def test_a_draft_shows_what_it_will_say(seller: User, shop: Activity) -> None:
    draft = sales.draft(shop, sales.line(label="Reportage au salon"), purpose="Salon")
    response = page_of(seller, draft)
    said = text(response)
    assert response.status_code == 200
    for part in (
        "Brouillon de facture",
        "Brouillon, sans numéro",
        "Reportage au salon",
        "240,00 €",
        "Client A",
    ):
        assert part in said
    assert actions(response, draft) == {"edit", "issue", "discard", "duplicate"}


def test_an_issued_invoice_is_locked_and_offers_the_ways_on(seller: User, shop: Activity) -> None:
    invoice = sales.issued(shop, on=today())
    response = page_of(seller, invoice)
    said = text(response)
    assert response.status_code == 200
    for part in (f"Facture {invoice.number}", "rien n’y change plus", "À encaisser", "Reste à encaisser"):
        assert part in said
    assert actions(response, invoice) == {"duplicate", "credit", "pay"}


def test_a_paid_invoice_shows_its_payments_and_asks_for_none(seller: User, shop: Activity) -> None:
    invoice = sales.issued(shop, on=today())
    payment = sales.pay(invoice, "240.00", on=today())
    response = page_of(seller, invoice)
    assert "Réglée" in text(response)
    assert "Virement" in text(response)
    # What was paid is given back by the accountant.
    assert actions(response, invoice) == {"duplicate"}
    assert url("receipt_detail", payment.receipt_id) in response.content.decode()
    assert "credit" in actions(page_of(make_user(RoleKind.ACCOUNTANT), invoice), invoice)


def test_a_credit_note_names_its_invoice_and_is_only_issued_or_given_up(seller: User, shop: Activity) -> None:
    invoice = sales.issued(shop, on=today())
    note = sales.credit(invoice)
    response = page_of(seller, note)
    assert response.status_code == 200
    assert "Brouillon d’avoir" in text(response)
    assert invoice.number in text(response)
    assert "Erreur de quantité" in text(response)
    assert actions(response, note) == {"issue", "discard"}
    assert note.get_absolute_url() in page_of(seller, invoice).content.decode()
    issued = sales.issue(note, on=today())
    after = page_of(seller, issued)
    assert f"Avoir {issued.number}" in text(after)
    assert actions(after, issued) == set()
    settled = page_of(seller, invoice)
    assert issued.number in text(settled)
    assert "Réglée" in text(settled)


def test_who_only_reads_is_offered_nothing(shop: Activity) -> None:
    reader = make_user(RoleKind.AUDITOR)
    draft, invoice = sales.draft(shop), sales.issued(shop, on=today())
    assert actions(page_of(reader, draft), draft) == set()
    assert actions(page_of(reader, invoice), invoice) == set()


def test_a_document_out_of_sight_is_not_found(shop: Activity) -> None:
    invoice, other = sales.issued(shop, on=today()), sales.trust(make_user(RoleKind.ENTREPRENEUR))
    make_activity(other)
    client = client_of(other)
    for name in (
        "invoice_detail",
        "invoice_file",
        "invoice_preview",
        "invoice_issue",
        "invoice_credit",
        "payment_new",
    ):
        assert client.get(url(name, invoice.pk)).status_code == 404
    for name in ("invoice_discard", "invoice_restore", "invoice_duplicate"):
        assert client.post(url(name, invoice.pk)).status_code == 404
    candidate = client_of(make_user(RoleKind.CANDIDATE))
    assert candidate.get(invoice.get_absolute_url()).status_code == 403


def test_the_file_is_in_preparation_then_there(seller: User, shop: Activity) -> None:
    invoice, client = sales.issued(shop, on=today()), client_of(seller)
    waiting = client.get(url("invoice_file", invoice.pk))
    assert "Le PDF est en préparation." in text(waiting)
    assert 'hx-trigger="every 2s"' in waiting.content.decode()
    archive_pdf(invoice.pk)
    ready = client.get(url("invoice_file", invoice.pk))
    invoice.refresh_from_db()
    assert "Ouvrir le PDF" in text(ready)
    assert "hx-trigger" not in ready.content.decode()
    assert f"/documents/{invoice.pdf_id}/" in ready.content.decode()
    assert client.get(f"/documents/{invoice.pdf_id}/").content.startswith(b"%PDF")


def test_the_preview_of_a_draft_is_a_pdf_that_nobody_keeps(seller: User, shop: Activity) -> None:
    draft, client = sales.draft(shop), client_of(seller)
    assert url("invoice_preview", draft.pk) in page_of(seller, draft).content.decode()
    preview = client.get(url("invoice_preview", draft.pk))
    assert preview.content.startswith(b"%PDF")
    assert preview["Cache-Control"] == "private, no-store"
    assert not Document.objects.exists()
    issued = sales.issue(draft, on=today())
    assert client.get(url("invoice_preview", issued.pk))["Location"] == issued.get_absolute_url()


def test_the_page_of_a_document_is_french_for_everybody(seller: User, shop: Activity) -> None:
    seller.language = "en"
    seller.save()
    draft = sales.draft(shop, sales.line(quantity=Decimal(2), unit="DAY"))
    body = page_of(seller, draft).content.decode()
    assert "Prix unitaire HT" in body
    assert ">jours<" in body.replace(" ", "").replace("\n", "")


def test_the_story_is_told_once_for_several_saves(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    draft = sales.draft(shop)
    for _time in range(3):
        copy = client.post(url("invoice_duplicate", draft.pk), {"form_key": str(uuid4())})
    assert copy.status_code == 302
    issued = sales.issue(draft, on=today(), actor=seller)
    sales.pay(issued, "40.00", on=today())
    said = text(page_of(seller, issued))
    for part in ("Document émis", "Règlement reçu", "Brouillon créé", "Claire"):
        assert part in said


def test_the_entries_are_shown_to_those_who_read_the_books(seller: User, shop: Activity) -> None:
    invoice = sales.issued(shop, on=today())
    assert "VE 1" in text(page_of(make_user(RoleKind.ACCOUNTANT), invoice))


def test_a_draft_is_given_up_and_taken_up_again(seller: User, shop: Activity) -> None:
    draft, client = sales.draft(shop), client_of(seller)
    gone = client.post(url("invoice_discard", draft.pk), follow=True)
    assert "Facture abandonnée" in text(gone)
    assert 'type="submit" form="restore">Rétablir</button>' in gone.content.decode()
    assert actions(gone, draft) == {"restore", "duplicate"}
    assert client.post(url("invoice_discard", draft.pk)).status_code == 409
    back = client.post(url("invoice_restore", draft.pk), follow=True)
    assert "Le brouillon est repris." in text(back)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_an_issued_document_is_never_given_up(seller: User, shop: Activity) -> None:
    invoice = sales.issued(shop, on=today())
    assert client_of(seller).post(url("invoice_discard", invoice.pk)).status_code == 409
    invoice.refresh_from_db()
    assert invoice.state == "issued"


def test_a_copy_is_a_new_draft_and_a_double_click_makes_one(seller: User, shop: Activity) -> None:
    invoice, client = sales.issued(shop, on=today()), client_of(seller)
    form = {"form_key": str(uuid4())}
    first = client.post(url("invoice_duplicate", invoice.pk), form)
    second = client.post(url("invoice_duplicate", invoice.pk), form)
    copy = Invoice.objects.get(state="draft")
    assert first["Location"] == second["Location"] == url("invoice_edit", copy.pk)
    assert (copy.number, copy.total_incl_tax) == (None, invoice.total_incl_tax)


def test_a_credit_note_is_not_copied(seller: User, shop: Activity) -> None:
    note = sales.credit(sales.issued(shop, on=today()))
    before = Invoice.objects.count()
    assert client_of(seller).post(url("invoice_duplicate", note.pk)).status_code == 409
    assert Invoice.objects.count() == before


@pytest.mark.parametrize("name", ["invoice_discard", "invoice_restore", "invoice_duplicate", "invoice_check"])
def test_a_get_changes_nothing(name: str, seller: User, shop: Activity) -> None:
    draft = sales.draft(shop)
    assert client_of(seller).get(url(name, draft.pk)).status_code == 405
    assert Invoice.objects.get().state == "draft"


def test_thirty_lines_and_payments_cost_the_queries_of_one(seller: User, shop: Activity) -> None:
    small = sales.issued(shop, on=today())
    large = sales.issued(shop, *(sales.line() for _ in range(30)), on=today())
    for invoice, count in ((small, 1), (large, 30)):
        for _time in range(count):
            sales.pay(invoice, "1.00", on=today())
        sales.credit(invoice, "lines", lines=[LineCredit(invoice.lines.first(), Decimal("0.1"))])
    client = client_of(seller)
    client.get(small.get_absolute_url())
    seen = []
    for invoice in (small, large):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(invoice.get_absolute_url()).status_code == 200
        seen.append(len(queries))
    # Among them, whether the platform served on that day.
    assert 5 < seen[0] == seen[1] <= 12


def test_a_quote_answered_and_invoiced_costs_few_queries(shop: Activity) -> None:
    sent, token = sendings.sent_quote(shop)
    client = client_of(make_user(RoleKind.ACCOUNTANT))
    client.get(sent.get_absolute_url())

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(sent.get_absolute_url()).status_code == 200
        return len(queries)

    before = asked()
    accepted = sendings.accept(sent, token)
    answered = asked()
    invoice = invoice_quote(accepted, form_key=uuid4(), actor=None)
    # The answer brings what was agreed, and whether another quote may be added to it; the invoice, what it
    # says, its lines and their VAT, of which the rest to invoice is made.
    assert (before, answered, asked()) == (9, 11, 13)
    assert invoice.get_absolute_url() in client.get(sent.get_absolute_url()).content.decode()
