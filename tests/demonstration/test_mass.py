"""A large house in small: books whole, numbers without gap, and each row as the services write it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import models

from accounting.models import ContributionRun, Entry, SaleMovement
from cae.core.models import AuditEntry
from cae.demonstration.mass.building import build
from entrepreneurs.models import Activity
from invoicing.engines.cii import content_hash
from invoicing.models import Invoice, Payment, Receipt, Verdict
from invoicing.selectors.einvoices import einvoice_of
from invoicing.services.drafting import duplicate_invoice
from invoicing.services.issuing import issue_invoice
from invoicing.services.payments import record_payment
from people.models import User

TODAY = date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)
PEOPLE, INVOICES = 6, 60
# What two documents of the same content cannot share: keys, numbers, seals, instants.
OWN = {
    *(
        "id",
        "form_key",
        "number",
        "seal",
        "previous_seal",
        "xml_sha256",
        "facts",
        "created_at",
        "state_since",
    ),
    *(
        "version",
        "source_id",
        "piece",
        "label",
        "document",
        "subject",
        "inputs",
        "entry",
        "invoice",
        "receipt",
    ),
    *("run", "window", "payment"),
}


def columns(row: models.Model) -> dict[str, Any]:
    """What a row says of its own."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in OWN
    }


def all_columns(rows: Any) -> list[dict[str, Any]]:
    return [columns(row) for row in rows]


@pytest.fixture
def large(db: None) -> list[str]:
    said: list[str] = []
    build(PEOPLE, INVOICES, today=TODAY, now=NOW, say=said.append)
    return said


def test_the_books_are_whole_and_counters_stand_at_the_end(large: list[str]) -> None:
    call_command("check_books")
    assert Activity.objects.count() == PEOPLE
    issued = Invoice.objects.issued()
    assert issued.count() == INVOICES
    assert ContributionRun.objects.count() == INVOICES
    assert Receipt.objects.exists()
    assert Receipt.objects.count() == Payment.objects.count() < INVOICES
    assert any("invoices" in sentence for sentence in large)
    numbers = [str(number) for number in issued.filter(issued_on__year=2026).values_list("number", flat=True)]
    assert sorted(numbers) == [f"F2026-{rank:04}" for rank in range(1, len(numbers) + 1)]
    assert not AuditEntry.objects.filter(rank__isnull=True).exclude(verb="accounting.check_books").exists()


def test_a_document_made_in_bulk_is_the_one_that_the_services_issue(large: list[str]) -> None:
    made = Invoice.objects.issued().order_by("issued_on", "pk").last()
    assert made is not None
    assert made.issued_on is not None
    author, on = made.created_by, made.issued_on
    draft = duplicate_invoice(made, form_key=uuid4(), actor=author)
    Verdict.objects.create(content_sha256=content_hash(einvoice_of(draft, on=on)), on=on, accepted=True)
    issued = issue_invoice(draft, actor=author, on=on, today=TODAY)
    issued.refresh_from_db()
    assert columns(issued) == columns(made)
    assert issued.facts == made.facts | {"number": issued.number}
    assert issued.previous_seal == made.seal
    for name in ("lines", "taxes"):
        assert all_columns(getattr(issued, name).all()) == all_columns(getattr(made, name).all())
    assert _booked(issued) == _booked(made)
    assert _given(issued) == _given(made)
    call_command("check_books")


def test_a_payment_made_in_bulk_is_the_one_that_the_services_record(large: list[str]) -> None:
    paid = Receipt.objects.order_by("pk").last()
    assert paid is not None
    share = paid.payments.get()
    copy = _issued_again(share.invoice)
    payment = record_payment(
        copy,
        amount=share.amount,
        on=TODAY,
        mode=paid.mode,
        form_key=uuid4(),
        actor=paid.created_by,
        today=TODAY,
    )
    same = columns(payment.receipt) | {"on": paid.on}
    assert same == columns(paid)
    assert columns(payment) == columns(share)
    assert all_columns(payment.taxes.all()) == all_columns(share.taxes.all())
    for receipt in (payment.receipt, paid):
        assert {line.on for line in receipt.entry.lines.all()} == {receipt.on}
    # But for their day, that of each receipt.
    lines = [
        [line | {"on": None} for line in all_columns(receipt.entry.lines.all())]
        for receipt in (payment.receipt, paid)
    ]
    assert lines[0] == lines[1]


def test_sizes_come_together_and_are_not_nothing(settings: Any, db: None) -> None:
    settings.DEMONSTRATION = True
    for sizes in ({"people": 5}, {"invoices": 5}, {"people": 0, "invoices": 5}):
        with pytest.raises(CommandError, match="--people and --invoices"):
            call_command("demo", **sizes)
    assert not User.objects.exists()


def _issued_again(invoice: Invoice) -> Invoice:
    """The same content, issued today by the services."""
    draft = duplicate_invoice(invoice, form_key=uuid4(), actor=invoice.created_by)
    Verdict.objects.create(content_sha256=content_hash(einvoice_of(draft, on=TODAY)), on=TODAY, accepted=True)
    return issue_invoice(draft, actor=invoice.created_by, on=TODAY, today=TODAY)


def _booked(invoice: Invoice) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """The entries of the issue, with their lines; payments come later."""
    entries = Entry.objects.filter(source_id=invoice.pk, journal__code__in=["VE", "AN"]).order_by("pk")
    said = [(columns(entry), all_columns(entry.lines.all())) for entry in entries]
    assert len(said) == 2
    for entry, _lines in said:
        assert entry.pop("number", 0) == 0
    return said


def _given(invoice: Invoice) -> list[Any]:
    """What the document gave, with its parts and what it sold."""
    run = ContributionRun.objects.get(subject=invoice.number)
    movements = SaleMovement.objects.filter(document=invoice.number)
    said = columns(run)
    # The working names the window of the document, which is its number.
    said["working"] = json.dumps(said["working"], sort_keys=True).replace(run.subject, "")
    return [said, all_columns(run.parts.all()), all_columns(movements)]
