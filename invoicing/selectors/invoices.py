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
from invoicing.models import Customer, Invoice, InvoiceLine, InvoiceTax, OwnMention, Payment, Receipt
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

    @property
    def customer_credit(self) -> Decimal:
        """What the customer has in advance, to be given back or used."""
        return max(self.paid - self.gross, ZERO)


def load_content(invoice: Invoice) -> None:
    """Reads, once, all that a document is made of: parties, lines with their rates, taxes, chosen notices."""
    lines = InvoiceLine.objects.select_related("vat_rate")
    mentions = OwnMention.objects.select_related("mention").order_by("mention__position", "pk")
    own = Prefetch("own_mentions", mentions)
    prefetch_related_objects([invoice], "customer", "activity", Prefetch("lines", lines), "taxes", own)


def invoices_visible(user: Any, *, on: date) -> InvoiceQuerySet:
    """The documents this person sees, each with its settlement on the date."""
    seen = Invoice.objects.visible_to(user).with_settlement(on)
    return seen.select_related("customer", "activity", "credited", "quote", "pdf")


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


def open_invoices_of(customer: Customer, *, on: date) -> InvoiceQuerySet:
    """Issued invoices of a customer with something left to pay, the oldest due date first."""
    rows = Invoice.objects.filter(customer=customer).issued().invoices().with_settlement(on)
    return rows.filter(balance__due__gt=0).order_by("due_on", "pk")


def payments_of(invoice: Invoice) -> QuerySet[Payment]:
    """Its share of every movement of money, reversals too; `is_reversed` marks those taken back."""
    reversals = Receipt.objects.filter(reverses=OuterRef("receipt"))
    return (
        invoice.payments.annotate(is_reversed=Exists(reversals))
        .select_related("receipt__reverses", "receipt__created_by__person", "receipt__entry__journal")
        .prefetch_related("taxes")
        .order_by("receipt__on", "pk")
    )


def credit_notes_of(invoice: Invoice) -> QuerySet[Invoice]:
    """Drafts and issued credit notes of an invoice."""
    return invoice.credit_notes.exclude(state=InvoiceState.DISCARDED).order_by("pk")


def standing_of(invoice: Invoice) -> Standing:
    """What stands of an issued invoice now; a writer locks the invoice first."""
    invoiced = [tax.group for tax in invoice.taxes.order_by("-rate", "category")]
    credited = InvoiceTax.objects.filter(invoice__credited=invoice, invoice__state=InvoiceState.ISSUED)
    paid = sum((payment.amount for payment in invoice.payments.all()), ZERO)
    return Standing(remaining(invoiced, [tax.group for tax in credited]), paid)
