"""The next months of a section as its documents, books and calendar tell them (ACC-31, ACC-32)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounting.calculations.treasury.forecast import Changes, FlowKind
from accounting.selectors.accounts import section_of
from accounting.selectors.forecasts import Prospect, prospect_of
from cae.core.money import ZERO
from tests.factories import invoicing as sales
from tests.factories.entrepreneurs import make_activity

D = Decimal
TODAY = date(2026, 5, 12)

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(TODAY)]


def rows_of(found: Prospect, *kinds: FlowKind) -> list[tuple[str, Decimal]]:
    rows = sorted((row.on, row.amount) for row in found.flows if row.kind in kinds)
    return [(on.isoformat(), amount) for on, amount in rows]


def test_an_invoice_comes_when_its_customer_usually_pays_and_its_tax_leaves_after() -> None:
    shop = make_activity()
    # Due 30 days after: paid ten, twenty and thirty days late.
    for rank, on in enumerate((date(2026, 1, 2), date(2026, 1, 3), date(2026, 1, 4))):
        invoice = sales.issued(shop, sales.line("100.00"), on=on)
        assert invoice.due_on is not None
        sales.pay(invoice, "120.00", on=invoice.due_on + timedelta(days=10 * (rank + 1)))
    unpaid = sales.issued(shop, sales.line("500.00"), on=date(2026, 5, 4))
    assert unpaid.due_on == date(2026, 6, 3)
    found = prospect_of(section_of(shop), TODAY)
    assert (found.cash, found.floor) == (D("360.00"), ZERO)
    assert rows_of(found, FlowKind.CUSTOMER) == [("2026-06-23", D("600.00"))]
    assert [(one.due_on, one.party) for one in found.unpaid] == [(unpaid.due_on, "Client A")]
    # VAT collected and not paid yet: the 24th; that of the invoice: the month after it is paid.
    assert rows_of(found, FlowKind.TAX) == [("2026-05-24", D("-60.00")), ("2026-07-24", D("-100.00"))]
    months = found.forecast().months
    assert [one.closing for one in months[:3]] == [D("300.00"), D("900.00"), D("800.00")]
    late = found.forecast(Changes(later_days=30)).months
    assert [one.closing for one in late[:3]] == [D("300.00"), D("300.00"), D("900.00") - D("100.00")]
    assert found.below() is None
