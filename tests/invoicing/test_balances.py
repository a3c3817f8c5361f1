"""The view that adds up balances says what the pure rule says, in every situation of a document."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from invoicing.calculations.settlement import settlement
from invoicing.models import Balance, Customer, CustomerBalance, Invoice
from invoicing.states.sales import CreditPart, InvoiceKind, InvoiceState, Settlement
from tests.factories import invoicing as make
from tests.factories.entrepreneurs import make_activity
from tests.invoicing.conftest import Judges

pytestmark = pytest.mark.django_db


def situations() -> None:
    """One activity whose documents are in every situation: each paid, credited, or both, or neither."""
    owner = make_activity()
    make.draft(owner)
    make.issued(owner)
    make.pay(make.issued(owner), "100.00")
    make.pay(make.issued(owner), "240.00")
    make.pay(make.issued(owner), "300.00")
    make.reverse(make.pay(make.issued(owner), "240.00"))
    credited = make.issued(owner)
    make.issue(make.credit(credited), on=make.DAY + timedelta(days=1))
    part = make.issued(owner, on=make.DAY + timedelta(days=1))
    make.pay(part, "90.00")
    make.issue(make.credit(part, CreditPart.REST), on=make.DAY + timedelta(days=2))
    make.credit(make.issued(owner, on=make.DAY + timedelta(days=2)))


def test_the_view_agrees_with_the_rule(judges: Judges) -> None:
    situations()
    documents = list(Invoice.objects.select_related("balance"))
    assert len(documents) == 12
    states = set()
    for document in documents:
        payments = [payment.amount for payment in document.payments.all()]
        notes = [note.total_incl_tax for note in document.credit_notes.filter(state=InvoiceState.ISSUED)]
        rule = settlement(document.total_incl_tax, payments, notes)
        found = document.balance
        owed = document.kind == InvoiceKind.INVOICE and document.is_issued
        states.add((owed, rule.state))
        assert (found.paid, found.credited) == (rule.paid, rule.credited)
        expected = (rule.due, rule.customer_credit) if owed else (Decimal(0), Decimal(0))
        assert (found.due, found.customer_credit) == expected
    assert {(True, state) for state in ("to_pay", "partly_settled", "settled")} <= states


def test_every_document_has_one_balance(judges: Judges) -> None:
    situations()
    assert Balance.objects.count() == Invoice.objects.count()


def test_what_is_late_is_what_its_settlement_calls_late(judges: Judges) -> None:
    situations()
    due = Invoice.objects.exclude(due_on=None).latest("due_on").due_on
    assert due is not None
    counts = []
    for on in (make.DAY, due, due + timedelta(days=1)):
        said = [row for row in Invoice.objects.with_settlement(on) if row.settlement == Settlement.OVERDUE]
        assert set(Invoice.objects.overdue(on)) == set(said)
        counts.append(len(said))
    assert counts[0] == 0 < counts[1] < counts[2]


def test_the_balance_of_a_customer_adds_up_its_invoices(judges: Judges) -> None:
    situations()
    make.draft(make_activity())
    for customer in Customer.objects.select_related("balance"):
        owed = customer.invoices.select_related("balance").filter(
            kind=InvoiceKind.INVOICE, state=InvoiceState.ISSUED
        )
        found = customer.balance
        assert found.invoice_count == len(owed)
        assert found.last_invoiced_on == max((one.issued_on for one in owed), default=None)
        assert found.invoiced == sum(one.total_incl_tax - one.balance.credited for one in owed)
        assert found.due == sum(one.balance.due for one in owed)
    assert {one.invoice_count > 0 for one in CustomerBalance.objects.all()} == {True, False}
