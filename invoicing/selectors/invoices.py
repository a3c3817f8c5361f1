"""Documents in sight, what is left to pay or to credit on each, and what waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects

from cae.core.money import ZERO
from invoicing.calculations.credit import remaining
from invoicing.calculations.totals import TaxGroup
from invoicing.models import Invoice, InvoiceLine, InvoiceTax, Payment
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.states import InvoiceState, Settlement


@dataclass(frozen=True, slots=True)
class Standing:
    """An issued invoice with its credit notes taken off, and what was received on it."""

    groups: tuple[TaxGroup, ...]
    paid: Decimal

    @property
    def net(self) -> Decimal:
        return sum((group.net for group in self.groups), ZERO)

    @property
    def tax(self) -> Decimal:
        return sum((group.tax for group in self.groups), ZERO)

    @property
    def gross(self) -> Decimal:
        """What a credit note may still give back."""
        return self.net + self.tax

    @property
    def due(self) -> Decimal:
        """The unpaid rest."""
        return max(self.gross - self.paid, ZERO)


def load_content(invoice: Invoice) -> None:
    """Reads, once, all that a document is made of: parties, lines with their rates, taxes."""
    lines = InvoiceLine.objects.select_related("vat_rate")
    prefetch_related_objects([invoice], "customer", "activity", Prefetch("lines", lines), "taxes")


def invoices_visible(user: Any, *, on: date) -> InvoiceQuerySet:
    """The documents this person sees, each with its settlement on the date."""
    seen = Invoice.objects.visible_to(user).with_settlement(on)
    return seen.select_related("customer", "activity", "credited", "pdf")


def drafts_waiting(user: Any) -> InvoiceQuerySet:
    """Drafts that somebody left unfinished."""
    return (
        Invoice.objects.visible_to(user)
        .drafts()
        .select_related("customer", "activity")
        .order_by("created_at")
    )


def invoices_overdue(user: Any, *, on: date) -> InvoiceQuerySet:
    """Invoices past their due date and not settled, the oldest first."""
    seen = Invoice.objects.visible_to(user).issued().with_settlement(on)
    return (
        seen.filter(Q(settlement=Settlement.OVERDUE))
        .select_related("customer", "activity")
        .order_by("due_on", "pk")
    )


def payments_of(invoice: Invoice) -> QuerySet[Payment]:
    """Every payment and reversal; `is_reversed` marks those taken back."""
    reversals = Payment.objects.filter(reverses=OuterRef("pk"))
    return (
        invoice.payments.annotate(is_reversed=Exists(reversals))
        .select_related("reverses", "created_by__person", "entry__journal")
        .prefetch_related("taxes")
        .order_by("on", "pk")
    )


def credit_notes_of(invoice: Invoice) -> QuerySet[Invoice]:
    """Drafts and issued credit notes of an invoice."""
    return invoice.credit_notes.exclude(state=InvoiceState.DISCARDED).order_by("pk")


def standing_of(invoice: Invoice) -> Standing:
    """What stands of an issued invoice now; a writer locks the invoice first."""
    invoiced = [tax.group for tax in invoice.taxes.order_by("-rate", "category")]
    credited = InvoiceTax.objects.filter(invoice__credited=invoice, invoice__state=InvoiceState.ISSUED)
    paid = sum((payment.signed for payment in invoice.payments.all()), ZERO)
    return Standing(remaining(invoiced, [tax.group for tax in credited]), paid)
