"""What sales and purchases leave open, for the matching of the bank (ACC-36)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from django.db.models import Q

from accounting.calculations.matching.items import Item, ItemKind
from cae.core.money import ZERO
from invoicing.models import Invoice, Purchase, Receipt, SupplierBank
from invoicing.selectors.supplier_balances import owed_on, owed_purchases
from invoicing.states.purchases import BankVerdict, PurchaseState
from invoicing.states.sales import PaymentMode

INVOICE, CREDIT, PURCHASE = "invoice", "credit", "purchase"
# Brought to the bank by hand, several at once.
_DEPOSITED = (PaymentMode.CHEQUE, PaymentMode.CASH)


def open_for_bank(on: date) -> Iterator[Item]:
    """Invoices with something due, what customers have in advance, purchases approved and not ordered."""
    yield from _sales(on)
    yield from _purchases()


def _sales(on: date) -> Iterator[Item]:
    some = Q(balance__due__gt=0) | Q(balance__customer_credit__gt=0)
    rows = Invoice.objects.issued().invoices().with_settlement(on).filter(some)
    for row in rows.select_related("customer").defer("facts").order_by("due_on", "pk"):
        party = row.customer.name
        if row.due:  # type: ignore[attr-defined]
            yield _sale(row, INVOICE, ItemKind.INVOICE, row.due, party)  # type: ignore[attr-defined]
        if row.customer_credit:  # type: ignore[attr-defined]
            yield _sale(row, CREDIT, ItemKind.CREDIT, -row.customer_credit, party)  # type: ignore[attr-defined]


def _sale(row: Invoice, kind: str, item: ItemKind, amount: Decimal, party: str) -> Item:
    return Item(
        key=f"{kind}:{row.pk}",
        kind=item,
        label=f"{row.number} · {party}",
        amount=amount,
        party=party,
        on=row.issued_on,
        due_on=row.due_on,
        numbers=(str(row.number),),
        # Whoever pays several activities of the house pays them together.
        group=f"{kind}:{party}",
    )


def _purchases() -> Iterator[Item]:
    rows = owed_purchases().filter(state=PurchaseState.APPROVED, imputed_on=None)
    held = list(rows.prefetch_related("imputed").order_by("due_on", "pk"))
    ibans = _ibans_of({row.supplier_id for row in held})
    for row in held:
        owed = owed_on(row)
        if owed == ZERO:
            continue
        person = row.advanced_by
        party = person.full_name if person else row.supplier.name
        yield Item(
            key=f"{PURCHASE}:{row.pk}",
            kind=ItemKind.PURCHASE,
            label=f"{row.number} · {party}",
            amount=-owed,
            party=party,
            on=row.on,
            due_on=row.due_on,
            numbers=(row.number,),
            ibans=() if person else ibans.get(row.supplier_id, ()),
            group=f"{PURCHASE}:{party}",
        )


def _ibans_of(suppliers: Collection[int]) -> dict[int, tuple[str, ...]]:
    rows = SupplierBank.objects.filter(supplier__in=suppliers, verdict=BankVerdict.CONFIRMED).order_by("pk")
    found: dict[int, tuple[str, ...]] = {}
    for supplier, iban in rows.values_list("supplier", "iban"):
        found[supplier] = (*found.get(supplier, ()), iban)
    return found


def deposited(entries: Collection[int]) -> dict[int, str]:
    """Of these entries, those of money that was brought to the bank, and how."""
    rows = Receipt.objects.filter(entry__in=entries, mode__in=_DEPOSITED)
    return dict(rows.values_list("entry", "mode"))


def receipts_of_entries(entries: Collection[int]) -> list[Receipt]:
    """The movements booked by these entries and not taken back since."""
    rows = Receipt.objects.filter(entry__in=entries, reverses=None, reversed_by=None)
    return list(rows.order_by("-pk"))


def owed_of(purchase: Purchase) -> Decimal:
    """What is still to pay, below zero for a credit note."""
    return owed_on(purchase)
