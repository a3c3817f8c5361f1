"""Payments: recorded once, corrected only by another row."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Sum

from accounting.models import Entry, EntryLine
from cae.core.errors import Code, Refused
from invoicing.calculations.allocation import OpenInvoice, oldest_first
from invoicing.models import Invoice, Payment, PaymentTax, Receipt
from invoicing.selectors.invoices import payments_of
from invoicing.services.payments import (
    record_payment,
    record_receipt,
    refund_customer,
    reverse_receipt,
    use_advance,
)
from tests.factories import invoicing as make
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db

ON = date(2026, 4, 1)


def record(invoice: Invoice, **details: Any) -> Payment:
    values: dict[str, Any] = {"amount": Decimal(100), "on": ON, "mode": "transfer", "today": ON}
    return record_payment(invoice, actor=None, **values | {"form_key": uuid.uuid4()} | details)


def world() -> Any:
    return Receipt.objects.count(), Payment.objects.count(), PaymentTax.objects.count(), Entry.objects.count()


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


def test_the_same_form_with_another_amount_hides_nothing(judges: Judges) -> None:
    """Somebody goes back, types another amount, sends again: told, not taken for the first."""
    one, two = several("200.00", "100.00")
    key = uuid.uuid4()
    first = record(one, form_key=key)
    before = world()
    acts: list[Any] = [
        lambda: record(one, form_key=key, amount=Decimal(50)),
        lambda: record(one, form_key=key, on=ON - timedelta(days=1)),
        lambda: record(one, form_key=key, mode="card"),
        lambda: record(two, form_key=key),
        lambda: refund(one, "100.00", form_key=key),
        lambda: reverse_receipt(first.receipt, on=ON, reason="x", form_key=key, actor=None, today=ON),
    ]
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == Code.STALE_FORM
        assert world() == before
    assert record(one, form_key=key).pk == first.pk


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
    assert payment.receipt.entry.lines.count() == 2


def test_a_reversal_names_the_payment(judges: Judges) -> None:
    invoice = make.issued()
    payment = make.pay(invoice, "100.00")
    reversal = make.reverse(payment)
    assert (reversal.reverses, reversal.signed, reversal.entry.reverses) == (
        payment.receipt,
        Decimal(-100),
        payment.receipt.entry,
    )
    assert [tax.tax for tax in reversal.payments.get().taxes.all()] == [
        -tax.tax for tax in payment.taxes.all()
    ]
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
            reverse_receipt(payment.receipt, form_key=uuid.uuid4(), actor=None, **values)
        assert refusal.value.code == code
        assert world() == before
    key = uuid.uuid4()
    rows = {
        reverse_receipt(payment.receipt, on=ON, reason="Impayé", form_key=key, actor=None, today=ON).pk
        for _ in range(2)
    }
    assert len(rows) == 1
    for row in Receipt.objects.all():
        with pytest.raises(Refused) as refusal:
            reverse_receipt(row, on=ON, reason="Encore", form_key=uuid.uuid4(), actor=None, today=ON)
        assert refusal.value.code == Code.ALREADY_DONE


# --- one amount over several invoices, money given back, an advance used ------------------------------------


def several(*nets: str) -> list[Invoice]:
    first = make.issued(None, make.line(nets[0]))
    rest = [make.issued(first.activity, make.line(net)) for net in nets[1:]]
    return [first, *rest]


def receive(shares: list[tuple[Invoice, str]], **details: Any) -> Receipt:
    values: dict[str, Any] = {"on": ON, "mode": "transfer", "today": ON, "form_key": uuid.uuid4()}
    pairs = [(invoice, Decimal(amount)) for invoice, amount in shares]
    return record_receipt(pairs, actor=None, **values | details)


def refund(invoice: Invoice, amount: str, **details: Any) -> Receipt:
    values: dict[str, Any] = {"on": ON, "mode": "transfer", "today": ON, "form_key": uuid.uuid4()}
    return refund_customer(invoice, amount=Decimal(amount), actor=None, **values | details)


def move(source: Invoice, target: Invoice, amount: str) -> Receipt:
    return use_advance(
        source,
        on_invoice=target,
        amount=Decimal(amount),
        on=ON,
        form_key=uuid.uuid4(),
        actor=None,
        today=ON,
    )


def booked(receipt: Receipt) -> list[tuple[str, str, str, str]]:
    return sorted(
        (line.account.role, str(line.debit), str(line.credit), line.label)
        for line in receipt.entry.lines.select_related("account")
    )


def test_one_transfer_pays_two_invoices(judges: Judges) -> None:
    one, two = several("100.00", "50.00")
    receipt = receive([(one, "120.00"), (two, "60.00")])
    assert (receipt.amount, receipt.signed) == (Decimal("180.00"), Decimal("180.00"))
    assert [settlement(invoice)[0] for invoice in (one, two)] == ["settled", "settled"]
    assert Entry.objects.filter(journal__code="BQ").count() == 1
    lines = booked(receipt)
    assert ("bank", "180.00", "0.00", "") in lines
    assert ("customer", "0.00", "120.00", one.number) in lines
    assert ("customer", "0.00", "60.00", two.number) in lines
    assert ("vat_collected", "0.00", "30.00", "") in lines


def test_a_receipt_over_several_invoices_is_taken_back_whole(judges: Judges) -> None:
    one, two = several("100.00", "50.00")
    receipt = receive([(one, "100.00"), (two, "60.00")])
    reversal = reverse_receipt(receipt, on=ON, reason="Impayé", form_key=uuid.uuid4(), actor=None, today=ON)
    assert [share.amount for share in reversal.payments.order_by("pk")] == [Decimal(-100), Decimal(-60)]
    assert [settlement(invoice)[0] for invoice in (one, two)] == ["to_pay", "to_pay"]
    assert sum(tax.tax for tax in PaymentTax.objects.all()) == 0


def test_a_surplus_is_given_back(judges: Judges) -> None:
    (invoice,) = several("200.00")
    make.pay(invoice, "250.00")
    receipt = refund(invoice, "10.00")
    assert receipt.signed == Decimal("-10.00")
    assert booked(receipt) == [("bank", "0.00", "10.00", ""), ("customer_advance", "10.00", "0.00", "")]
    assert settlement(invoice) == ("settled", 0, 0)


def test_what_a_credit_note_gives_back_on_a_paid_invoice(judges: Judges) -> None:
    """The surplus (4191) goes first, then what the credit note left on the customer's account."""
    (invoice,) = several("200.00")
    make.pay(invoice, "250.00")
    make.issue(make.credit(invoice), on=ON)
    assert settlement(invoice)[2] == Decimal("250.00")
    receipt = refund(invoice, "250.00")
    assert booked(receipt) == [
        ("bank", "0.00", "250.00", ""),
        ("customer", "240.00", "0.00", ""),
        ("customer_advance", "10.00", "0.00", ""),
    ]
    assert settlement(invoice)[2] == 0


def test_an_advance_pays_another_invoice(judges: Judges) -> None:
    one, two = several("200.00", "100.00")
    make.pay(one, "300.00")
    receipt = move(one, two, "60.00")
    assert (receipt.signed, receipt.entry.journal.code) == (0, "OD")
    assert booked(receipt) == [
        ("customer", "0.00", "60.00", two.number),
        ("customer_advance", "60.00", "0.00", one.number),
        ("vat_collected", "0.00", "10.00", ""),
        ("vat_pending", "10.00", "0.00", ""),
    ]
    assert settlement(one)[2] == 0
    assert settlement(two)[:2] == ("partly_settled", Decimal("60.00"))


def test_money_that_is_refused_moves_nothing(judges: Judges) -> None:
    one, two = several("200.00", "100.00")
    stranger = make.issued()
    make.pay(one, "250.00")
    make.pay(two, "20.00")
    cases: list[tuple[Any, Code]] = [
        (lambda: receive([]), Code.VALUE_MISSING),
        (lambda: receive([(two, "10.00"), (two, "5.00")]), Code.VALUE_INVALID),
        (lambda: receive([(two, "10.00"), (stranger, "5.00")]), Code.VALUE_INVALID),
        (lambda: receive([(two, "10.00"), (one, "0.00")]), Code.AMOUNT_INVALID),
        (lambda: receive([(two, "10.00")], mode="gold"), Code.VALUE_INVALID),
        (lambda: receive([(make.draft(one.activity), "10.00")]), Code.ILLEGAL_MOVE),
        (lambda: refund(one, "10.01"), Code.AMOUNT_ABOVE_DUE),
        (lambda: refund(two, "1.00"), Code.AMOUNT_ABOVE_DUE),
        (lambda: refund(one, "10.00", on=ON + timedelta(days=2)), Code.DATE_INVALID),
        (lambda: refund(one, "10.00", mode="gold"), Code.VALUE_INVALID),
        (lambda: refund(one, "10.00", reference="x" * 101), Code.TEXT_TOO_LONG),
        (lambda: move(one, two, "10.01"), Code.AMOUNT_ABOVE_DUE),
        (lambda: move(two, one, "1.00"), Code.AMOUNT_ABOVE_DUE),
        (lambda: move(one, stranger, "1.00"), Code.VALUE_INVALID),
    ]
    for act, code in cases:
        before = world()
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == code
        assert world() == before


def test_an_advance_above_what_is_due_is_refused(judges: Judges) -> None:
    one, two = several("200.00", "10.00")
    make.pay(one, "300.00")
    before = world()
    with pytest.raises(Refused) as refusal:
        move(one, two, "12.01")
    assert refusal.value.code == Code.AMOUNT_ABOVE_DUE
    assert world() == before


def test_what_was_given_back_since_is_not_taken_back(judges: Judges) -> None:
    (invoice,) = several("200.00")
    payment = make.pay(invoice, "250.00")
    refunded = refund(invoice, "10.00")
    before = world()
    with pytest.raises(Refused) as refusal:
        make.reverse(payment)
    assert refusal.value.code == Code.ILLEGAL_MOVE
    assert world() == before
    reverse_receipt(refunded, on=ON, reason="Erreur", form_key=uuid.uuid4(), actor=None, today=ON)
    make.reverse(payment)
    assert settlement(invoice)[0] == "to_pay"


def held(role: str) -> Decimal:
    """What an account holds."""
    lines = EntryLine.objects.filter(account__role=role)
    sums = lines.aggregate(debit=Sum("debit", default=0), credit=Sum("credit", default=0))
    return Decimal(sums["debit"] - sums["credit"])


@pytest.mark.parametrize("first", ["144.00", "240.00", "300.00"])
def test_an_advance_pays_what_a_bounced_cheque_leaves_due(judges: Judges, first: str) -> None:
    """Two payments of one invoice, then the first comes back: what the second had beyond it is due again."""
    (invoice,) = several("200.00")
    bounced = make.pay(invoice, first)
    make.pay(invoice, "144.00")
    make.reverse(bounced)
    assert settlement(invoice)[1:] == (Decimal("96.00"), 0)
    assert (held("customer"), held("customer_advance")) == (Decimal("96.00"), 0)
    make.pay(invoice, "96.00", on=date(2026, 4, 3))
    assert (held("customer"), held("customer_advance"), held("vat_pending")) == (0, 0, 0)


def test_money_given_back_by_mistake_pays_what_is_due_again(judges: Judges) -> None:
    """A refund taken back, when another payment has bounced since: an advance only beyond the invoice."""
    (invoice,) = several("200.00")
    bounced = make.pay(invoice, "100.00")
    make.pay(invoice, "190.00")
    refunded = refund(invoice, "50.00")
    make.reverse(bounced)
    reverse_receipt(
        refunded, on=ON, reason="Erreur", form_key=uuid.uuid4(), actor=None, today=date(2026, 4, 2)
    )
    assert settlement(invoice)[1:] == (Decimal("50.00"), 0)
    assert (held("customer"), held("customer_advance")) == (Decimal("50.00"), 0)


def test_an_advance_given_back_is_not_taken_back_with_its_payment(judges: Judges) -> None:
    """Enough was paid in all, but what this payment had beyond the invoice has left."""
    (invoice,) = several("200.00")
    make.pay(invoice, "100.00")
    second = make.pay(invoice, "240.00")
    refund(invoice, "100.00")
    before = world()
    with pytest.raises(Refused) as refusal:
        make.reverse(second)
    assert refusal.value.code == Code.ILLEGAL_MOVE
    assert world() == before


def test_the_same_refund_sent_twice(judges: Judges) -> None:
    (invoice,) = several("200.00")
    make.pay(invoice, "250.00")
    key = uuid.uuid4()
    assert len({refund(invoice, "10.00", form_key=key).pk for _ in range(2)}) == 1


@pytest.mark.parametrize(
    ("amount", "shares"),
    [
        ("50.00", {2: "50.00"}),
        ("100.00", {2: "60.00", 1: "40.00"}),
        ("180.00", {2: "60.00", 1: "120.00"}),
        ("200.00", {2: "60.00", 1: "140.00"}),
    ],
)
def test_the_oldest_due_date_is_paid_first(amount: str, shares: dict[int, str]) -> None:
    invoices = [
        OpenInvoice(1, Decimal("120.00"), date(2026, 5, 1)),
        OpenInvoice(2, Decimal("60.00"), date(2026, 4, 1)),
    ]
    assert oldest_first(Decimal(amount), invoices) == {key: Decimal(part) for key, part in shares.items()}


def test_money_goes_somewhere() -> None:
    with pytest.raises(ValueError, match="over invoices"):
        oldest_first(Decimal(1), [])
    settled = [OpenInvoice(1, Decimal(0), ON)]
    assert oldest_first(Decimal(1), settled) == {1: Decimal(1)}
