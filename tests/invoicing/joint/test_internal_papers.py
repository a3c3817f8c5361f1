"""The papers of internal sales, who opens them, what waits for the buyer, what the search finds (INV-31)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from cae.core.documents import read_document
from cae.core.facts import awaited_in
from cae.core.models import Document
from cae.core.search import search
from entrepreneurs.services.members import join_activity
from invoicing.models import InternalCredit
from invoicing.selectors.internal_sales import AWAITED, CREDIT_FILE, INVOICE_FILE, QUOTE_FILE
from invoicing.services.internal_files import archive_internal, archive_waiting_internals
from people.models import User
from people.states import RoleKind, ScopePart
from tests.factories import invoicing_internal as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.kernel import BEGINNING, make_cooperative
from tests.factories.people import make_user
from tests.pages import client_of

pytestmark = pytest.mark.django_db
Sides = tuple[User, Any, User, Any]


@pytest.fixture
def sides() -> Sides:
    make_cooperative()
    sells, buys = make_user(RoleKind.ENTREPRENEUR), make_user(RoleKind.ENTREPRENEUR)
    return sells, make_activity(sells, name="Atelier A"), buys, make_activity(buys, name="Atelier B")


def said(content: bytes) -> str:
    words = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(words.replace("\u202f", " ").replace("\xa0", " ").split())


def test_each_paper_is_made_once_tagged_and_opened_by_both_sides(sides: Sides) -> None:
    _sells, seller, buys, buyer = sides
    sale = make.invoiced(seller, buyer)
    credit = make.credit(sale, "500.00")
    assert archive_internal(sale.pk) == 3
    assert archive_internal(sale.pk) == 0
    made = {row.kind: row for row in Document.objects.filter(kind__startswith="invoicing.internal")}
    words = {kind: said(read_document(row)) for kind, row in made.items()}
    assert "Devis interne" in words[QUOTE_FILE]
    assert "INT2026-0001" in words[INVOICE_FILE]
    assert "2 000,00 €" in words[INVOICE_FILE]
    assert "500,00 €" in words[CREDIT_FILE]
    assert "Moins de pages" in words[CREDIT_FILE]
    with pikepdf.open(BytesIO(read_document(made[INVOICE_FILE]))) as file:
        assert file.Root.MarkInfo.Marked
    other = make_user(RoleKind.ENTREPRENEUR)
    make_activity(other)
    page = client_of(buys).get(sale.get_absolute_url()).content.decode()
    for row in made.values():
        url = reverse("core:document", args=[row.pk])
        assert url in page
        assert client_of(buys).get(url).status_code == 200
        assert client_of(other).get(url).status_code in (403, 404)
    assert credit.number in page


def test_what_a_dead_worker_left_is_made_later(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("invoicing.services.internal_sales.run_later", lambda *args, **details: None)
    _sells, seller, _buys, buyer = sides
    make.offered(seller, buyer)
    make.ordered(seller, buyer)
    make.credit(make.invoiced(seller, buyer), "1.00")
    assert archive_waiting_internals() == 4
    assert archive_waiting_internals() == 0


def test_an_offer_is_read_on_paper_before_it_is_answered(sides: Sides) -> None:
    _sells, seller, buys, buyer = sides
    offer, ordered = make.offered(seller, buyer), make.ordered(seller, buyer)
    page = client_of(buys).get(reverse("invoicing:internal_preview", args=[offer.pk]))
    assert page["Content-Type"] == "application/pdf"
    assert "Maquette du site" in said(page.content)
    later = client_of(buys).get(reverse("invoicing:internal_preview", args=[ordered.pk]))
    assert later.headers["Location"] == ordered.get_absolute_url()


def test_an_offer_waits_for_its_buyer_alone_and_is_found_by_those_who_see_it(sides: Sides) -> None:
    sells, seller, buys, buyer = sides
    make.draft(seller, buyer)
    offer, today = make.offered(seller, buyer, "640.00"), timezone.localdate()
    reader = make_user(RoleKind.ENTREPRENEUR)
    join_activity(buyer, person=reader.person, role=ScopePart.READER, starts_on=BEGINNING, actor=None)
    assert awaited_in(AWAITED, reader, today) == []
    assert [one.label for one in awaited_in(AWAITED, buys, today)] == ["Répondre à 1 devis interne"]
    assert awaited_in(AWAITED, sells, today) == []
    assert awaited_in(AWAITED, make_user(RoleKind.ACCOUNTANT), today) == []

    def found(user: User, terms: str) -> list[str]:
        return [hit.url for group in search(user, terms) for hit in group.hits if "/internes/" in hit.url]

    assert found(buys, "640,00") == found(buys, "maquette") == [offer.get_absolute_url()]
    assert len(found(sells, "maquette")) == 2
    assert found(make_user(RoleKind.CANDIDATE), "maquette") == []


def test_the_database_refuses_to_give_back_more_than_was_invoiced(sides: Sides) -> None:
    _sells, seller, _buys, buyer = sides
    sale, order = make.invoiced(seller, buyer, "100.00"), make.ordered(seller, buyer)
    make.credit(sale, "60.00")
    for of, amount in ((sale, "40.01"), (order, "1.00")):
        with pytest.raises(DatabaseError), transaction.atomic():
            InternalCredit.objects.create(
                sale=of, number="X", on=make.DAY, amount=amount, reason="Trop", form_key=of.form_key
            )
    assert InternalCredit.objects.count() == 1
