"""Records what a line of the bank settles: receipts, refunds, purchases; takes receipts back (ACC-36)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from accounting.events import LinesSettled, LinesTakenBack
from accounting.models import Entry
from accounting.states.books import JournalCode
from cae.core.errors import Code, Refused
from cae.core.templatetags.formats import money
from invoicing.models import Invoice, Purchase
from invoicing.selectors.bank_items import CREDIT, INVOICE, PURCHASE, owed_of, receipts_of_entries
from invoicing.services.payments import record_receipt, refund_customer, reverse_receipt
from invoicing.services.purchase_payments import settle_purchase
from invoicing.states.purchases import PurchaseState
from invoicing.states.sales import PaymentMode

Shares = Sequence[tuple[int, Decimal]]


@transaction.atomic
def settle_lines(event: LinesSettled) -> None:
    """Does: records each document that the line settles: one receipt a customer and activity, the surplus in
    advance; one refund a credit; purchases whole. Refuses: a document gone, a part of a purchase, and what
    recording each refuses. Leaves behind: the receipts, the entries told to the event, audit."""
    shares: dict[str, list[tuple[int, Decimal]]] = defaultdict(list)
    for key, amount in event.shares:
        kind, _sep, written = key.partition(":")
        shares[kind].append((int(written), amount))
    if shares[INVOICE]:
        _receive(event, shares[INVOICE])
    for number, amount in shares[CREDIT]:
        _refund(event, number, -amount)
    for number, amount in shares[PURCHASE]:
        _settle_purchase(event, number, amount)


def _receive(event: LinesSettled, shares: Shares) -> None:
    rows = Invoice.objects.in_bulk([number for number, _amount in shares])
    payers: dict[tuple[int, int], list[tuple[Invoice, Decimal]]] = defaultdict(list)
    for number, amount in shares:
        row = rows.get(number)
        if row is None:
            raise _gone()
        payers[row.customer_id, row.activity_id].append((row, amount))
    for payer, paid in sorted(payers.items()):
        receipt = record_receipt(
            paid,
            on=event.on,
            mode=PaymentMode.TRANSFER,
            form_key=uuid.uuid5(event.form_key, f"{payer}"),
            actor=event.actor,
            today=event.today,
            reference=event.reference,
        )
        event.entries.append(receipt.entry)


def _refund(event: LinesSettled, number: int, amount: Decimal) -> None:
    row = Invoice.objects.filter(pk=number).first()
    if row is None:
        raise _gone()
    receipt = refund_customer(
        row,
        amount=amount,
        on=event.on,
        mode=PaymentMode.TRANSFER,
        form_key=uuid.uuid5(event.form_key, f"refund {number}"),
        actor=event.actor,
        today=event.today,
        reference=event.reference,
    )
    event.entries.append(receipt.entry)


def _settle_purchase(event: LinesSettled, number: int, amount: Decimal) -> None:
    row = Purchase.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if row is None or row.state != PurchaseState.APPROVED:
        raise _gone()
    if -amount != owed_of(row):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("L’achat %(number)s se règle en entier : il reste %(left)s à payer.")
            % {"number": row.number, "left": money(abs(owed_of(row)))},
        )
    settle_purchase(row, on=event.on, actor=event.actor)
    event.entries.append(_payment_entry(row))


def _payment_entry(row: Purchase) -> Entry:
    kind = ContentType.objects.get_for_model(Purchase)
    rows = Entry.objects.filter(source_type=kind, source_id=row.pk, journal__code=JournalCode.BANK)
    return rows.latest("pk")


def _gone() -> Refused:
    return Refused(Code.ALREADY_DONE, _("Cette pièce n’est plus à régler : quelqu’un vient de s’en occuper."))


@transaction.atomic
def take_lines_back(event: LinesTakenBack) -> None:
    """Does: takes back the receipts and refunds that a matching had recorded, with their VAT. Refuses: money
    given back or used since, a closed month. Leaves behind: rows that name the former ones, reversed entries,
    audit; a purchase noted paid stays so."""
    for receipt in receipts_of_entries([entry.pk for entry in event.entries]):
        reverse_receipt(
            receipt,
            on=event.on,
            reason=event.reason[:250],
            form_key=uuid.uuid4(),
            actor=event.actor,
            today=event.today,
        )
