"""What other rooms book in a closed month: refused whole at its field, or booked on the first open day."""

from __future__ import annotations

from datetime import date

import pytest

from cae.core.errors import Code
from invoicing.services.checking import check_invoice
from invoicing.services.issuing import issue_invoice
from tests.factories import invoicing as sales
from tests.factories.accounting_ledger import TODAY, close
from tests.factories.entrepreneurs import make_activity
from tests.factories.invoicing_purchases import make_approved
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def test_sales_and_receipts_dated_in_a_closed_month_are_refused_whole() -> None:
    owner = make_activity()
    invoice = sales.issued(owner, on=date(2026, 3, 2))
    close("2026-03")
    with refused(Code.PERIOD_CLOSED, "on", "mars 2026"):
        sales.pay(invoice, "10.00", on=date(2026, 3, 30))
    another = sales.draft(owner)
    day = date(2026, 3, 30)
    check_invoice(another, actor=None, on=day)
    with refused(Code.PERIOD_CLOSED, "issued_on", "mars 2026"):
        issue_invoice(another, actor=None, on=day, today=TODAY)
    sales.pay(invoice, "10.00", on=date(2026, 4, 1))


def test_a_purchase_approved_once_its_month_is_closed_is_booked_on_the_first_open_day() -> None:
    owner = make_activity()
    sales.issued(owner, on=date(2026, 3, 2))
    for month in ("2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"):
        close(month)
    purchase = make_approved(owner, on=date(2026, 9, 14), due_on=date(2026, 12, 14))
    assert purchase.entry is not None
    assert (purchase.on, purchase.entry.on) == (date(2026, 9, 14), date(2026, 11, 1))
