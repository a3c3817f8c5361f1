"""The pages of delivery notes and proforma invoices, for sellers and by the link of a customer (INV-26)."""

from __future__ import annotations

import re
import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cae.core.search import search
from entrepreneurs.models import Activity
from invoicing.models import DeliveryNote, Proforma
from invoicing.selectors.deliveries import order_lines
from invoicing.services.delivery_files import archive_delivery_pdf, archive_signed_delivery
from invoicing.services.proformas import archive_proforma_pdf
from people.models import User
from people.states import RoleKind
from tests.factories import invoicing, quotes
from tests.factories import invoicing_pieces as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_passkey, make_user
from tests.pages import client_of, text

pytestmark = pytest.mark.django_db

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


def url(name: str, *args: Any, **query: Any) -> str:
    return reverse(f"invoicing:{name}", args=args, query=query)


@pytest.fixture
def reader() -> Client:
    """Somebody outside; the secret against forgery is asked for as in real life."""
    cache.clear()
    return Client(headers=BROWSER, enforce_csrf_checks=True)


def test_from_the_quote_to_the_paper_signed(seller: User, shop: Activity) -> None:
    quote, client = make.ordered(shop, order_reference="BC-4471"), client_of(seller)
    page = text(client.get(quote.get_absolute_url()))
    assert "Préparer un bon de livraison" in page
    new = url("quote_delivery", quote.pk)
    assert "commandé 10, déjà livré 0, reste 10" in text(client.get(new))
    chair, work = (line.key for line in order_lines(quote))
    typed = {
        "delivered_on": timezone.localdate().isoformat(),
        f"line_{chair}": "11",
        f"line_{work}": "",
        "address": "",
        "message": "Par le quai 3",
        "form_key": str(uuid.uuid4()),
    }
    wrong = client.post(new, typed)
    assert wrong.status_code == 422
    assert "il ne reste que 10 à livrer" in text(wrong)
    assert "Par le quai 3" in text(wrong)
    assert not DeliveryNote.objects.exists()
    for _click in range(2):
        client.post(new, typed | {f"line_{chair}": "4"})
    note = DeliveryNote.objects.get()
    edit = url("delivery_edit", note.pk)
    shown = client.get(edit).content.decode()
    assert re.search(rf'name="line_{chair}"[^>]*value="4"', shown)
    assert not re.search(rf'name="line_{work}"[^>]*value="', shown)
    saved = typed | {f"line_{chair}": "4", "with_prices": "on", "version": "1"}
    assert client.post(edit, saved).status_code == 302
    client.post(url("delivery_issue", note.pk))
    note.refresh_from_db()
    shown_page = text(client.get(note.get_absolute_url()))
    assert f"Bon de livraison {note.number}" in shown_page
    assert "160,00 €" in shown_page
    assert "Chaise × 6" in shown_page
    sign = url("delivery_sign", note.pk)
    paper = SimpleUploadedFile("bl.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    signed = {"name": "Paul Martin", "on": timezone.localdate().isoformat(), "reserves": "Rayures"}
    assert client.post(sign, signed | {"name": ""}).status_code == 422
    assert client.post(sign, signed | {"scan": paper}).status_code == 302
    note.refresh_from_db()
    done = text(client.get(note.get_absolute_url()))
    assert "Sur papier, notée par" in done
    assert "Rayures" in done
    assert note.scan is not None
    assert client.get(reverse("core:document", args=[note.scan_id])).status_code == 200


def test_a_note_is_sent_cancelled_and_its_link_copied(seller: User, shop: Activity) -> None:
    note, client = make.issued(make.ordered(shop), "4"), client_of(seller)
    send = url("delivery_send", note.pk)
    page = client.get(send).content.decode()
    assert "signer la réception en ligne" in page
    key = re.search(r'name="form_key" value="([^"]+)"', page)
    assert key
    letter = {"to": "jeanne@client.example", "subject": "Bon", "body": "Voici.", "form_key": key[1]}
    assert client.post(send, letter | {"body": ""}).status_code == 422
    for _click in range(2):
        assert client.post(send, letter).status_code == 302
    assert note.sendings.count() == 1
    link = client.post(url("delivery_link", note.pk))
    assert "/p/" in link.content.decode()
    assert link["Cache-Control"] == "private, no-store"
    cancel = url("delivery_cancel", note.pk)
    assert client.post(cancel, {"reason": ""}).status_code == 422
    client.post(cancel, {"reason": "Refusée au quai"})
    assert "Refusée au quai" in text(client.get(note.get_absolute_url()))


def test_the_receiver_reads_and_signs(reader: Client, shop: Activity) -> None:
    note = make.issued(make.ordered(shop), "4")
    token = make.sent(note)
    archive_delivery_pdf(note.pk)
    page = reader.get(url("public_piece", token))
    assert page.status_code == 200
    assert "Signer la réception" in text(page)
    assert page["X-Robots-Tag"].startswith("noindex")
    assert not page.cookies
    assert note.sendings.get().seen_at is not None
    sign = url("public_piece_sign", token)
    typed = {
        "name": "Jeanne Durand",
        "function": "",
        "reserves": "Une chaise rayée",
        "way": "typed",
        "typed": "Jeanne Durand",
        "shown": note.content_sha256,
    }
    wrong = reader.post(sign, typed | {"typed": ""})
    assert wrong.status_code == 422
    assert "Une chaise rayée" in text(wrong)
    stale = reader.post(sign, typed | {"shown": "0" * 64})
    assert "relisez-le avant de signer" in text(stale)
    assert reader.post(sign, typed).status_code == 302
    again = reader.post(sign, typed)
    assert "déjà signé" in text(again)
    archive_signed_delivery(note.pk)
    done = text(reader.get(url("public_piece", token)))
    assert "La réception est signée" in done
    assert "Réserves : Une chaise rayée" in done
    assert reader.get(sign).status_code == 302
    for query in ({}, {"signe": ""}):
        assert reader.get(url("public_piece_file", token, **query))["Content-Type"] == "application/pdf"


def test_a_link_that_opens_nothing_says_why(reader: Client, shop: Activity) -> None:
    draft = invoicing.draft(shop)
    first = make.proforma(draft)
    token = make.sent(first)
    archive_proforma_pdf(first.pk)
    page = text(reader.get(url("public_piece", token)))
    assert f"Facture proforma {first.number}" in page
    assert "n’appelle aucun paiement" in page
    assert reader.get(url("public_piece_sign", token)).status_code == 404
    assert reader.get(url("public_piece_file", token)).status_code == 200
    make.proforma(draft)
    closed = reader.get(url("public_piece", token))
    assert closed.status_code == 410
    assert shop.name in text(closed)
    unknown = reader.get(url("public_piece", "nulle-part"))
    assert unknown.status_code == 404
    assert shop.name not in text(unknown)


def test_a_proforma_is_made_from_a_quote_and_from_a_draft(seller: User, shop: Activity) -> None:
    quote, draft = quotes.approved(shop, on=timezone.localdate()), invoicing.draft(shop)
    client = client_of(seller)
    for name, document in (("quote_proforma", quote), ("invoice_proforma", draft)):
        assert "Établir une facture proforma" in text(client.get(document.get_absolute_url()))
        key = {"form_key": str(uuid.uuid4())}
        for _click in range(2):
            assert client.post(url(name, document.pk), key).status_code == 302
        assert document.proformas.count() == 1
        assert "remplace la proforma" in text(client.get(url(name, document.pk)))
        client.post(url(name, document.pk), {"form_key": str(uuid.uuid4())})
    first = quote.proformas.order_by("pk").first()
    assert first is not None
    assert "Remplacée" in text(client.get(first.get_absolute_url()))
    listed = text(client.get(url("proforma_list", of=f"devis-{quote.pk}")))
    assert all(one.number in listed for one in quote.proformas.all())
    assert not any(one.number in listed for one in draft.proformas.all())
    accepted = make.ordered(shop)
    refused = client.post(url("quote_proforma", accepted.pk), {"form_key": str(uuid.uuid4())})
    assert "préparez sa facture" in text(refused)
    assert not Proforma.objects.filter(quote=accepted).exists()


def test_only_those_who_sell_write_and_only_those_in_sight_read(seller: User, shop: Activity) -> None:
    made = make.handed_over(shop)
    stranger, auditor = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.AUDITOR)
    make_activity(stranger)
    make_passkey(auditor)
    note, proforma = made["delivery_draft"], made["proforma"]
    for piece in (note, proforma):
        assert client_of(stranger).get(piece.get_absolute_url()).status_code == 404
        assert client_of(auditor).get(piece.get_absolute_url()).status_code == 200
    for name, key in (
        ("delivery_issue", note.pk),
        ("delivery_edit", note.pk),
        ("delivery_cancel", note.pk),
        ("proforma_link", proforma.pk),
        ("quote_proforma", made["announced_quote"].pk),
        ("quote_delivery", made["delivered_quote"].pk),
    ):
        assert client_of(auditor).post(url(name, key)).status_code == 403


def test_lists_find_export_and_ask_as_much_for_thirty_rows(seller: User, shop: Activity) -> None:
    client = client_of(seller)
    empty = text(client.get(url("delivery_list")))
    assert "Aucun bon de livraison pour l’instant" in empty
    made = make.handed_over(shop)
    make_activity(seller)

    def asked(name: str, *args: int) -> int:
        client.get(url(name, *args))
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url(name, *args)).status_code == 200
        return len(seen)

    before = {name: asked(name) for name in ("delivery_list", "proforma_list")}
    order = made["delivered_invoice"]
    for _rank in range(12):
        make.note(order, "1")
        make.proforma(made["announced_quote"])
    assert {name: asked(name) for name in before} == before
    of_one_line, of_two = make.note(made["delivered_quote"], "1"), made["delivery_draft"]
    assert asked("delivery_edit", of_one_line.pk) == asked("delivery_edit", of_two.pk)
    found = text(client.get(url("delivery_list", q="BC-4471")))
    assert made["delivery_signed"].number in found
    of_invoice = text(client.get(url("delivery_list", of=f"facture-{order.pk}")))
    assert order.number in of_invoice
    assert made["delivery_signed"].number not in of_invoice
    for nothing in ("rien", f"devis-{'9' * 5000}"):
        assert made["delivery_signed"].number not in text(client.get(url("delivery_list", of=nothing)))
    export = client.get(url("delivery_list", export="csv")).content.decode("utf-8-sig")
    assert f"{made['delivery_signed'].number};" in export


def test_an_order_number_is_found_everywhere(seller: User, shop: Activity) -> None:
    made = make.handed_over(shop)
    quote = made["delivered_quote"]
    invoice = invoicing.issued(shop, order_reference="Marché 2026/118-B", on=timezone.localdate())
    stranger = make_user(RoleKind.ENTREPRENEUR)
    make_activity(stranger)

    def names(user: User, terms: str) -> set[str]:
        return {str(hit.label) for group in search(user, terms) for hit in group.hits}

    assert {str(quote), made["delivery_signed"].number} <= names(seller, "bc-4471")
    assert {str(quote)} <= names(seller, "commande BC-4471")
    assert names(seller, "2026/118") == {invoice.number}
    assert made["proforma"].number in names(seller, f"Facture proforma {made['proforma'].number}")
    assert not names(stranger, "bc-4471")
    # As it was typed, spaces and accents included: as a quote is found.
    ordered = make.ordered(shop, order_reference="Marché 2026/119 B")
    note = make.issued(ordered, "1")
    assert names(seller, "commande marche 2026/119 B") == {str(ordered), note.number}
