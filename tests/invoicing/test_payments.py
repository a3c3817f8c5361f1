"""Payments: recorded once, corrected only by another row."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounting.models import Entry
from cae.core.errors import Code, Refused
from invoicing.models import Invoice, Payment, PaymentTax
from invoicing.selectors.invoices import payments_of
from invoicing.services.payments import record_payment, reverse_payment
from tests.factories import invoicing as make
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

ON = date(2026, 4, 1)


def record(invoice: Invoice, **details: Any) -> Payment:
    values: dict[str, Any] = {"amount": Decimal(100), "on": ON, "mode": "transfer", "today": ON}
    return record_payment(invoice, form_key=uuid.uuid4(), actor=None, **values | details)


def world() -> Any:
    return Payment.objects.count(), PaymentTax.objects.count(), Entry.objects.count()


@pytest.mark.parametrize(
    ("details", "code", "field"),
    [
        ({"amount": Decimal(0)}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": Decimal(-5)}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": Decimal("1.001")}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": Decimal("NaN")}, Code.AMOUNT_INVALID, "amount"),
        ({"amount": Decimal("1e12")}, Code.AMOUNT_INVALID, "amount"),
        ({"mode": "gold"}, Code.VALUE_INVALID, "mode"),
        ({"reference": "x" * 10_000_000}, Code.TEXT_TOO_LONG, "reference"),
        ({"on": ON + timedelta(days=1)}, Code.DATE_INVALID, "on"),
        ({"on": make.DAY - timedelta(days=1)}, Code.DATE_INVALID, "on"),
    ],
)
def test_what_is_wrong_is_named(judges: Judges, details: dict[str, Any], code: Code, field: str) -> None:
    invoice = make.issued()
    before = world()
    with pytest.raises(Refused) as refusal:
        record(invoice, **details)
    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert world() == before


def test_only_an_issued_invoice_is_paid(judges: Judges) -> None:
    for document in (make.draft(), make.credit(make.issued())):
        with pytest.raises(Refused) as refusal:
            record(document)
        assert refusal.value.code == Code.ILLEGAL_MOVE
    assert not Payment.objects.exists()


def test_the_same_form_sent_twice(judges: Judges) -> None:
    invoice, key = make.issued(), uuid.uuid4()
    rows = {
        record_payment(invoice, amount=Decimal(50), on=ON, mode="card", form_key=key, actor=None, today=ON).pk
        for _ in range(2)
    }
    assert len(rows) == 1
    assert Entry.objects.filter(journal__code="BQ").count() == 1


def settlement(invoice: Invoice, on: date = ON) -> tuple[str, Decimal, Decimal]:
    row = Invoice.objects.with_settlement(on).get(pk=invoice.pk)
    return row.settlement, row.due, row.customer_credit


def test_the_states_of_an_invoice(judges: Judges) -> None:
    invoice = make.issued(None, make.line("50.00"))
    assert settlement(invoice) == ("to_pay", Decimal("60.00"), 0)
    make.pay(invoice, "15.00")
    assert settlement(invoice) == ("partly_settled", Decimal("45.00"), 0)
    assert settlement(invoice, invoice.due_on + timedelta(days=1))[0] == "overdue"
    assert settlement(invoice, invoice.due_on)[0] == "partly_settled"
    make.pay(invoice, "50.00")
    assert settlement(invoice) == ("settled", 0, Decimal("5.00"))
    draft = make.draft(invoice.activity)
    assert settlement(draft) == ("", 0, 0)


def test_tax_on_receipts_follows_the_payments(judges: Judges) -> None:
    """DT17: three payments, two rates."""
    invoice = make.issued(None, make.line("100.10"), make.line("100.89", vat="intermediate"))
    taxes = []
    for amount in ("77.03", "77.03", "77.04"):
        payment = make.pay(invoice, amount)
        taxes.append([str(tax.tax) for tax in payment.taxes.all()])
    assert taxes == [["6.67", "3.36"], ["6.68", "3.37"], ["6.67", "3.36"]]


def test_tax_on_debits_waits_for_nothing(judges: Judges) -> None:
    payment = make.pay(make.issued(vat_due_on="debits"), "240.00")
    assert not payment.taxes.exists()
    assert payment.entry.lines.count() == 2


def test_a_reversal_names_the_payment(judges: Judges) -> None:
    invoice = make.issued()
    payment = make.pay(invoice, "100.00")
    reversal = make.reverse(payment)
    assert (reversal.reverses, reversal.signed, reversal.entry.reverses) == (
        payment,
        Decimal(-100),
        payment.entry,
    )
    assert [tax.tax for tax in reversal.taxes.all()] == [-tax.tax for tax in payment.taxes.all()]
    assert settlement(invoice)[0] == "to_pay"
    assert [row.is_reversed for row in payments_of(invoice)] == [True, False]


def test_reversals_that_are_refused(judges: Judges) -> None:
    invoice = make.issued()
    payment = make.pay(invoice, "100.00")
    early = ON - timedelta(days=1)
    cases: list[tuple[dict[str, Any], Code]] = [
        ({"reason": " "}, Code.VALUE_MISSING),
        ({"reason": "x" * 300}, Code.TEXT_TOO_LONG),
        ({"on": early}, Code.DATE_INVALID),
        ({"on": ON + timedelta(days=9)}, Code.DATE_INVALID),
    ]
    for details, code in cases:
        before = world()
        values: dict[str, Any] = {"on": ON, "reason": "Impayé", "today": ON} | details
        with pytest.raises(Refused) as refusal:
            reverse_payment(payment, form_key=uuid.uuid4(), actor=None, **values)
        assert refusal.value.code == code
        assert world() == before
    key = uuid.uuid4()
    rows = {
        reverse_payment(payment, on=ON, reason="Impayé", form_key=key, actor=None, today=ON).pk
        for _ in range(2)
    }
    assert len(rows) == 1
    for row in Payment.objects.all():
        with pytest.raises(Refused) as refusal:
            make.reverse(row)
        assert refusal.value.code == Code.ALREADY_DONE
