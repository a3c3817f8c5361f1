"""Drafts: written, saved from two tabs, copied, discarded; a refusal leaves nothing changed."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from cae.core.errors import Code, Refused
from cae.core.models import AuditEntry
from invoicing.models import Invoice, InvoiceLine
from invoicing.services.customers import archive_customer
from invoicing.services.discarding import discard_invoice, restore_invoice
from invoicing.services.drafting import create_draft, duplicate_invoice, save_draft
from invoicing.services.inputs import DraftContent
from invoicing.states.sales import InvoiceState
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db


def content(invoice: Invoice, *lines: Any, **details: Any) -> DraftContent:
    return DraftContent(customer=invoice.customer, lines=lines or (make.line(),), **details)


def snapshot(invoice: Invoice) -> Any:
    return (
        Invoice.objects.filter(pk=invoice.pk).values().get(),
        list(InvoiceLine.objects.filter(invoice=invoice).order_by("pk").values()),
        AuditEntry.objects.count(),
    )


def refused(invoice: Invoice, written: DraftContent, *, version: int | None = None) -> Refused:
    before = snapshot(invoice)
    with pytest.raises(Refused) as refusal:
        save_draft(invoice, content=written, version=version or invoice.version, actor=None)
    assert snapshot(invoice) == before
    return refusal.value


def test_totals_are_computed_and_kept() -> None:
    invoice = make.draft(
        None, make.line("80.25", quantity=Decimal("1.25")), make.line("100", vat="reduced", nature="goods")
    )
    assert [str(line.net) for line in invoice.lines.all()] == ["100.31", "100.00"]
    assert (invoice.total_excl_tax, invoice.total_tax) == (Decimal("200.31"), Decimal("25.56"))
    assert [(str(tax.percent), tax.tax) for tax in invoice.taxes.all()] == [
        ("20.00", Decimal("20.06")),
        ("5.50", Decimal("5.50")),
    ]
    assert (invoice.operation, invoice.vat_due_on) == ("both", "debits")


def test_services_are_taxed_on_receipts() -> None:
    invoice = make.draft()
    assert (invoice.operation, invoice.vat_due_on) == ("services", "receipts")


def test_an_empty_draft_may_be_kept() -> None:
    owner = make_activity()
    empty = DraftContent(customer=make.firm(owner))
    invoice = create_draft(owner, content=empty, form_key=uuid.uuid4(), actor=None)
    assert (invoice.state, invoice.total_incl_tax) == (InvoiceState.DRAFT, Decimal(0))


def test_the_same_form_sent_twice_gives_one_draft() -> None:
    owner, key = make_activity(), uuid.uuid4()
    written = DraftContent(customer=make.firm(owner), lines=(make.line(),))
    first = create_draft(owner, content=written, form_key=key, actor=None)
    second = create_draft(owner, content=written, form_key=key, actor=None)
    assert first == second
    assert Invoice.objects.count() == 1


def test_saving_replaces_lines() -> None:
    invoice = make.draft(None, make.line("10"), make.line("20"))
    saved = save_draft(invoice, content=content(invoice, make.line("5")), version=1, actor=None)
    assert (saved.version, saved.total_excl_tax, saved.lines.count()) == (2, Decimal("5.00"), 1)


def test_the_second_tab_is_told() -> None:
    invoice = make.draft()
    save_draft(invoice, content=content(invoice, make.line("5")), version=1, actor=None)
    assert refused(invoice, content(invoice, make.line("7")), version=1).code == Code.STALE_FORM


def test_an_issued_invoice_is_saved_no_more(judges: Judges) -> None:
    invoice = make.issued()
    assert refused(invoice, content(invoice)).code == Code.ILLEGAL_MOVE


def test_a_credit_note_is_not_edited(judges: Judges) -> None:
    note = make.credit(make.issued())
    assert refused(note, content(note)).code == Code.ILLEGAL_MOVE


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"label": "  "}, Code.VALUE_MISSING, "lines-1-label"),
        ({"label": "x" * 251}, Code.TEXT_TOO_LONG, "lines-1-label"),
        ({"description": "x" * 10_000_000}, Code.TEXT_TOO_LONG, "lines-1-description"),
        ({"quantity": Decimal(0)}, Code.AMOUNT_INVALID, "lines-1-quantity"),
        ({"quantity": Decimal("1.00001")}, Code.AMOUNT_INVALID, "lines-1-quantity"),
        ({"quantity": Decimal("1e20")}, Code.AMOUNT_INVALID, "lines-1-quantity"),
        ({"quantity": Decimal("NaN")}, Code.AMOUNT_INVALID, "lines-1-quantity"),
        ({"unit_price": Decimal(-1)}, Code.AMOUNT_INVALID, "lines-1-unit_price"),
        ({"unit_price": Decimal("1.23456")}, Code.AMOUNT_INVALID, "lines-1-unit_price"),
        ({"unit": "XXX"}, Code.VALUE_INVALID, "lines-1-unit"),
        ({"discount_rate": Decimal("1.5")}, Code.AMOUNT_INVALID, "lines-1-discount_rate"),
        ({"discount_rate": Decimal("0.33333")}, Code.AMOUNT_INVALID, "lines-1-discount_rate"),
        ({"discount_amount": Decimal("200.01")}, Code.AMOUNT_INVALID, "lines-1-discount_amount"),
        ({"discount_amount": Decimal("0.001")}, Code.AMOUNT_INVALID, "lines-1-discount_amount"),
        (
            {"quantity": Decimal(-1), "discount_rate": Decimal("0.1")},
            Code.AMOUNT_INVALID,
            "lines-1-discount_rate",
        ),
    ],
)
def test_a_line_out_of_bounds_is_named(change: dict[str, Any], code: Code, field: str) -> None:
    invoice = make.draft()
    refusal = refused(invoice, content(invoice, make.line(), replace(make.line(), **change)))
    assert (refusal.code, refusal.field) == (code, field)


def test_too_much() -> None:
    invoice = make.draft()
    assert refused(invoice, content(invoice, *[make.line()] * 201)).code == Code.VALUE_INVALID
    assert refused(invoice, content(invoice, purpose="x" * 10_000_000)).field == "purpose"
    dear = make.line("9999999", quantity=Decimal(9999999))
    assert refused(invoice, content(invoice, dear)).code == Code.AMOUNT_INVALID


def test_a_customer_of_another_activity_is_refused() -> None:
    invoice = make.draft()
    stranger = make.firm(make_activity())
    refusal = refused(invoice, replace(content(invoice), customer=stranger))
    assert (refusal.code, refusal.field) == (Code.VALUE_INVALID, "customer")


def test_an_archived_customer_is_refused_but_kept_on_its_drafts() -> None:
    owner = make_activity()
    invoice = make.draft(owner)
    other = make.firm(owner, siren=make.SIRENS[1])
    archive_customer(other, actor=None, at=timezone.now())
    archive_customer(invoice.customer, actor=None, at=timezone.now())
    other.refresh_from_db()
    assert refused(invoice, replace(content(invoice), customer=other)).field == "customer"
    saved = save_draft(invoice, content=content(invoice), version=1, actor=None)
    assert saved.customer == invoice.customer


def test_duplicating_copies_the_lines_and_nothing_dated(judges: Judges) -> None:
    invoice = make.issued(None, make.line("40", discount_rate=Decimal("0.1")), order_reference="BC 7")
    copy = duplicate_invoice(invoice, form_key=uuid.uuid4(), actor=None)
    assert (copy.state, copy.number, copy.due_on, copy.order_reference) == ("draft", None, None, "")
    assert (copy.total_incl_tax, copy.lines.count()) == (invoice.total_incl_tax, 1)
    with pytest.raises(Refused, match="Un avoir"):
        duplicate_invoice(make.credit(invoice), form_key=uuid.uuid4(), actor=None)


def test_discard_and_restore(judges: Judges) -> None:
    invoice = discard_invoice(make.draft(), actor=None)
    assert invoice.state == InvoiceState.DISCARDED
    with pytest.raises(Refused) as refusal:
        discard_invoice(invoice, actor=None)
    assert refusal.value.code == Code.ILLEGAL_MOVE
    with pytest.raises(Refused):
        make.issue(invoice)
    assert restore_invoice(invoice, actor=None).state == InvoiceState.DRAFT
    with pytest.raises(Refused):
        discard_invoice(make.issue(invoice), actor=None)
