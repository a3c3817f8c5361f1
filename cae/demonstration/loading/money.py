"""Money that comes otherwise: one transfer for several invoices, too much, given back, used elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cae.demonstration.loading.people import key_of
from invoicing.models import Invoice
from invoicing.selectors.invoices import standing_of
from invoicing.services.payments import record_payment, record_receipt, refund_customer, use_advance
from invoicing.states.sales import PaymentMode
from people.models import User

TOO_MUCH = Decimal("120.00")
GIVEN_BACK = Decimal("45.00")
TRANSFER = PaymentMode.TRANSFER


def move_money(*, today: date, actor: User) -> None:
    """Two customers pay two invoices at once; two pay too much: one is given it back, one uses it."""
    pairs = list(_pairs_unpaid())
    on = today - timedelta(days=3)
    for rank, pair in enumerate(pairs[:2]):
        record_receipt(
            [(invoice, standing_of(invoice).due) for invoice in pair],
            on=max(on, *(invoice.issued_on or on for invoice in pair)),
            mode=TRANSFER,
            form_key=key_of("several", str(rank)),
            actor=actor,
            today=today,
            reference="VIR GROUPE",
        )
    for rank, (invoice, other) in enumerate(pairs[2:4]):
        day = max(on, invoice.issued_on or on, other.issued_on or on)
        due = standing_of(invoice).due
        known: dict[str, Any] = {"actor": actor, "today": today, "on": day}
        record_payment(
            invoice, amount=due + TOO_MUCH, mode=TRANSFER, form_key=key_of("too-much", str(rank)), **known
        )
        if rank == 0:
            refund_customer(
                invoice, amount=GIVEN_BACK, mode=TRANSFER, form_key=key_of("given-back", str(rank)), **known
            )
        else:
            use_advance(
                invoice, on_invoice=other, amount=TOO_MUCH, form_key=key_of("used", str(rank)), **known
            )


def _pairs_unpaid() -> Iterator[tuple[Invoice, Invoice]]:
    """Two invoices of one customer of which nothing was paid nor credited."""
    former: Invoice | None = None
    rows = Invoice.objects.issued().invoices().filter(payments__isnull=True, credit_notes__isnull=True)
    for invoice in rows.filter(total_incl_tax__gt=2 * TOO_MUCH).order_by("customer", "issued_on", "pk"):
        if former is not None and former.customer_id == invoice.customer_id:
            yield former, invoice
            former = None
        else:
            former = invoice
