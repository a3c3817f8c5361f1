"""Cheques recorded as receipts go to the bank in a slip, and the bank credits them as one (ACC-38)."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.utils import timezone

from accounting.models import Entry
from accounting.selectors.bank_proposals import offers_of, pool_of
from accounting.selectors.deposits import deposables
from accounting.services.deposits import credit_slip, deposit_slip
from accounting.states.reconciliation import DepositKind
from invoicing.services.payments import record_payment
from invoicing.states.sales import PaymentMode
from tests.factories import invoicing as sales
from tests.factories.accounting_bank import make_bank_account, make_lines
from tests.factories.accounting_reconciliation import slip
from tests.factories.entrepreneurs import make_activity

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("judges")]


def test_receipts_posted_at_the_bank_at_once_need_no_entry_and_match_as_one() -> None:
    activity, day = make_activity(), date(2026, 3, 10)
    make_bank_account()
    for net in ("100.00", "200.00"):
        invoice = sales.issued(activity, sales.line(net))
        record_payment(
            invoice,
            amount=invoice.total_incl_tax,
            on=day,
            mode=PaymentMode.CHEQUE,
            form_key=uuid.uuid4(),
            actor=None,
            today=day,
            reference="CHQ 12",
        )
    sales.pay(sales.issued(activity), "240.00")
    keys = [one.entry for one in deposables(DepositKind.CHEQUES, timezone.localdate())]
    assert len(keys) == 2
    made = slip(*keys, on=day)
    assert {item.reference for item in made.items.all()} == {"CHQ 12"}
    deposit_slip(made, on=day, actor=None, today=day)
    made.refresh_from_db()
    (line,) = make_lines(("2026-03-12", "360.00", "REMISE CHEQUES 2"))
    offers = offers_of(line, pool_of(line.bank_account, line.booked_on))
    assert any(len(one.items) == 2 for one in offers)
    entries = Entry.objects.count()
    done = credit_slip(made, on=date(2026, 3, 12), actor=None, today=timezone.localdate())
    assert (done.entry, Entry.objects.count()) == (None, entries)
