"""The square of a transfer on paper: what is asked, on the account that the document names (INV-41)."""

from __future__ import annotations

import pytest

from entrepreneurs.models import Activity
from invoicing.documents import invoice_html, invoice_page
from invoicing.engines.model import EInvoice
from invoicing.engines.transfer_qr import square_of, transfer_text
from invoicing.models import Invoice
from invoicing.selectors.einvoices import einvoice_of
from tests.factories import invoicing as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]


def facts(invoice: Invoice) -> EInvoice:
    assert invoice.facts is not None
    return EInvoice.from_json(invoice.facts)


def test_the_paper_bears_what_is_asked(shop: Activity) -> None:
    invoice = make.issued(shop)
    said = facts(invoice)
    assert said.payment is not None
    wanted = square_of(
        transfer_text(
            name=said.payment.account_name,
            iban=said.payment.iban,
            bic=said.payment.bic,
            amount=invoice.total_incl_tax,
            text=str(invoice.number),
        )
    )
    html = invoice_html(said)
    assert wanted.path in html
    assert html.count("Code du virement") == 1


def test_a_draft_a_credit_note_and_the_screen_bear_none(shop: Activity) -> None:
    draft = make.draft(shop)
    assert "Code du virement" not in invoice_html(einvoice_of(draft, on=make.DAY), draft=True)
    invoice = make.issued(shop)
    note = make.issue(make.credit(invoice))
    assert "Code du virement" not in invoice_html(facts(note))
    assert invoice_page(facts(invoice)).square is None
