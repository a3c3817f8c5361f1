"""Receipts by cheque and in cash that may be taken to the bank (ACC-38)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef

from accounting.models import BankMatchedLine
from accounting.selectors.deposits import Deposable
from accounting.states.reconciliation import DepositKind
from invoicing.models import Receipt
from invoicing.states.sales import PaymentMode, ReceiptKind

_MODES = {DepositKind.CHEQUES: PaymentMode.CHEQUE, DepositKind.CASH: PaymentMode.CASH}


def receipts_to_deposit(kind: str, on: date) -> Iterator[Deposable]:
    """Those neither taken back nor seen on a statement of the bank; one query."""
    seen = BankMatchedLine.objects.filter(entry_line__entry=OuterRef("entry"), is_live=True)
    rows = Receipt.objects.filter(
        ~Exists(seen),
        kind=ReceiptKind.RECEIVED,
        mode=_MODES[DepositKind(kind)],
        on__lte=on,
        reverses=None,
        reversed_by=None,
    )
    for row in rows.select_related("customer").order_by("on", "pk"):
        yield Deposable(row.entry_id, row.on, row.customer.name, row.reference, row.amount)
