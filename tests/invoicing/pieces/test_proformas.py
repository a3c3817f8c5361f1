"""Proforma invoices: what they say, the last one standing, nothing in the books (INV-26)."""

from __future__ import annotations

import io
import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from accounting.models import Entry
from cae.core.documents import read_document
from cae.core.errors import Code
from entrepreneurs.models import Activity
from invoicing.engines.model import DocumentKind, EInvoice
from invoicing.models import Proforma
from invoicing.services.keeping import keep_typed
from invoicing.services.piece_letters import letter_of_piece
from invoicing.services.piece_sending import send_piece
from invoicing.services.proformas import archive_proforma_pdf, make_proforma
from tests.factories import invoicing, quotes
from tests.factories import invoicing_pieces as make
from tests.factories.entrepreneurs import make_activity
from tests.factories.people import make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Activity:
    return make_activity()


def said_by(proforma: Proforma) -> EInvoice:
    return EInvoice.from_json(proforma.facts)


def test_a_proforma_says_what_the_invoice_of_a_quote_would_say(owner: Activity) -> None:
    lines = (
        invoicing.line("100.00", label="Table", group_title="Salon"),
        invoicing.line("50.00", label="Nappe", optional=True, group_title="Linge"),
        invoicing.line("80.00", label="Rideau"),
    )
    quote = quotes.approved(owner, *lines, order_reference="BC-7", on=timezone.localdate())
    proforma = make.proforma(quote)
    said = said_by(proforma)
    assert proforma.number.startswith("PF")
    assert (said.kind, said.number, said.quote_number) == (
        DocumentKind.PROFORMA,
        proforma.number,
        quote.number,
    )
    assert (said.due_on, said.payment, said.schedule, said.asks_payment) == (None, None, (), False)
    assert (said.totals.gross, proforma.total_incl_tax) == (quote.total_incl_tax, quote.total_incl_tax)
    assert [(one.label, one.group_title) for one in said.lines] == [("Table", "Salon"), ("Rideau", "Linge")]
    assert "n’en tient pas lieu" in said.notes[0].text
    assert not any("Bon pour accord" in one.text for one in said.notes)
    assert any("recouvrement" in one.text for one in said.notes)
    assert not Entry.objects.exists()


def test_its_pdf_says_proforma_and_holds_no_xml(owner: Activity) -> None:
    proforma = make.proforma(invoicing.draft(owner, order_reference="BC-9"))
    kept = archive_proforma_pdf(proforma.pk)
    assert kept is not None
    assert archive_proforma_pdf(proforma.pk) == kept
    reader = PdfReader(io.BytesIO(read_document(kept)))
    text = reader.pages[0].extract_text()
    assert proforma.number in text
    assert "PROFORMA" in text
    assert "BC-9" in text
    assert "Net à payer" not in text
    assert "Échéance" not in text
    assert not reader.attachments


def test_a_new_one_replaces_the_former(owner: Activity) -> None:
    draft, key = invoicing.draft(owner), uuid.uuid4()
    first = make_proforma(draft, form_key=key, actor=None, at=timezone.now())
    assert make_proforma(draft, form_key=key, actor=None, at=timezone.now()) == first
    make.sent(first)
    second = make.proforma(draft)
    assert (second.replaces, first.sendings.get().link.withdrawn_at is not None) == (first, True)
    letter = letter_of_piece(first, on=timezone.localdate())
    with refused(Code.ILLEGAL_MOVE, said="remplacée"):
        send_piece(
            first, to=["a@b.example"], letter=letter, form_key=uuid.uuid4(), actor=None, at=timezone.now()
        )
    for change in ({"facts": {}}, {"total_excl_tax": 0}, {"number": "PF-X"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Proforma.objects.filter(pk=first.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        first.delete()


def test_what_has_no_proforma(owner: Activity) -> None:
    draft, accepted, issued = quotes.quote(owner), make.ordered(owner), invoicing.issued(owner)
    with refused(Code.ILLEGAL_MOVE, said="devis validé"):
        make.proforma(draft)
    with refused(Code.ILLEGAL_MOVE, said="préparez sa facture"):
        make.proforma(accepted)
    half, author = invoicing.draft(owner), make_user()
    keep_typed(
        owner, kind="invoice", form_key=half.form_key, typed="", version=1, actor=author, document=half
    )
    with refused(Code.VALUE_MISSING, "lines", "une ligne est incomplète"):
        make.proforma(half)
    credit = invoicing.credit(issued)
    for document in (issued, credit):
        with refused(Code.ILLEGAL_MOVE, said="précède la facture"):
            make.proforma(document)
