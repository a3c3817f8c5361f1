"""Documents in sight, what is left to pay or to credit on each, and what waits for somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum, Value

from cae.core.money import ZERO
from cae.core.questions import Given, Question, read_once
from entrepreneurs.models import Activity
from invoicing.calculations.credit import remaining
from invoicing.calculations.disbursements import paid_of_sale
from invoicing.calculations.totals import TaxGroup
from invoicing.models import (
    Customer,
    Invoice,
    InvoiceDisbursement,
    InvoiceLine,
    InvoiceTax,
    OwnMention,
    Payment,
    Quote,
    Receipt,
    RetentionRelease,
    WriteOff,
)
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.models.sight import reach, scopes_in_sight, within
from invoicing.selectors.beside import beside_invoice
from invoicing.states.sales import InvoiceState


@dataclass(frozen=True, slots=True)
class Standing:
    """An issued invoice with its credit notes taken off, and what was received on it."""

    groups: tuple[TaxGroup, ...]
    paid: Decimal
    # What the customer keeps until it is released: owed, not due.
    held: Decimal = ZERO
    # What was given up of it: owed no more to anybody here.
    lost: Decimal = ZERO
    # What was paid in the name of the customer, owed beside the sale.
    disbursed: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        return sum((group.net for group in self.groups), ZERO)

    @property
    def tax(self) -> Decimal:
        return sum((group.tax for group in self.groups), ZERO)

    @property
    def gross(self) -> Decimal:
        """What a credit note may still give back of the sale."""
        return self.net + self.tax

    @property
    def owed(self) -> Decimal:
        """The sale and the disbursements: what a credit note may still give back of the whole."""
        return self.gross + self.disbursed

    def of_sale(self, paid: Decimal) -> Decimal:
        """What money brings to the sale: it settles the disbursements in proportion."""
        return paid_of_sale(paid, gross=self.gross, disbursed=self.disbursed)

    @property
    def due(self) -> Decimal:
        """The unpaid rest."""
        return max(self.owed - self.paid - self.held - self.lost, ZERO)

    @property
    def customer_credit(self) -> Decimal:
        """What the customer has in advance, to be given back or used."""
        return max(self.paid - self.owed, ZERO)


def load_content(invoice: Invoice) -> None:
    """Reads, once, all that a document is made of: parties, lines with their rates, taxes, chosen notices."""
    load_parties(invoice)
    for name, question in _CONTENT.items():
        read_once(invoice, name, question, invoice=invoice.pk)


def load_parties(document: Invoice | Quote) -> None:
    """Who sells and who buys, read once: a row that was locked comes without them."""
    for name, question in _PARTIES.items():
        field = document._meta.get_field(name)
        if not field.is_cached(document):  # type: ignore[union-attr]
            setattr(document, name, question.one(pk=getattr(document, f"{name}_id")))


_PARTIES: dict[str, Question[Any]] = {
    "customer": Question(lambda: Customer.objects.filter(pk=Given("pk"))),
    "activity": Question(lambda: Activity.objects.filter(pk=Given("pk")).select_related("trade")),
}


def _lines() -> QuerySet[InvoiceLine]:
    rows = InvoiceLine.objects.filter(invoice=Given("invoice"))
    return rows.select_related("vat_rate", "deducts").defer("deducts__facts")


def _own_mentions() -> QuerySet[OwnMention]:
    rows = OwnMention.objects.filter(invoice=Given("invoice")).select_related("mention")
    return rows.order_by("mention__position", "pk")


_CONTENT: dict[str, Question[Any]] = {
    "lines": Question(_lines),
    "taxes": Question(lambda: InvoiceTax.objects.filter(invoice=Given("invoice"))),
    "own_mentions": Question(_own_mentions),
    "disbursements": Question(lambda: InvoiceDisbursement.objects.filter(invoice=Given("invoice"))),
}


def invoices_visible(user: Any, *, on: date) -> InvoiceQuerySet:
    """The documents this person sees, each with its settlement on the date and the parties that a list names;
    what it says in full is left in the database."""
    # Each has a balance: told so, PostgreSQL reads each document once for both.
    seen = Invoice.objects.visible_to(user).with_settlement(on).filter(balance__isnull=False)
    return seen.select_related("customer", "activity").defer("facts")


def invoice_in_sight(user: Any, pk: int, *, on: date) -> Invoice | None:
    """One of them, for its page: whole, with what it comes from."""
    return _IN_SIGHT.first(pk=pk, on=on, **reach(scopes_in_sight(user)))


_IN_SIGHT = Question(
    lambda: (
        Invoice.objects.filter(within(), pk=Given("pk"))
        .with_settlement(Given("on"))
        .annotate(**beside_invoice())
        .select_related("customer", "activity", "credited__quote", "quote", "pdf", "balance", "release")
        .defer("credited__facts", "credited__quote__facts", "quote__facts")
        .order_by()
    )
)


def drafts_written() -> InvoiceQuerySet:
    """Gives the drafts that an account left unfinished, in the activities in sight, for a question."""
    return Invoice.objects.filter(within(), created_by=Given("user")).drafts()


def invoices_overdue(user: Any, *, on: date) -> InvoiceQuerySet:
    """Invoices past their due date and not settled, the oldest first."""
    late = Invoice.objects.visible_to(user).overdue(on)
    return late.select_related("customer", "activity").order_by("due_on", "pk")


def open_invoices_of(customer: Customer, *, on: date, shown: Collection[int] = ()) -> InvoiceQuerySet:
    """Issued invoices of a customer with something left to pay, the oldest due date first; and those that a
    page already showed, though paid since."""
    rows = Invoice.objects.filter(customer=customer).issued().invoices().with_settlement(on)
    return rows.filter(Q(balance__due__gt=0) | Q(pk__in=shown)).order_by("due_on", "pk")


def payments_of(invoice: Invoice) -> list[Payment]:
    """Its share of every movement of money, reversals too; `is_reversed` marks those taken back."""
    return _PAYMENTS(invoice=invoice.pk)


def _payments() -> QuerySet[Payment]:
    reversals = Receipt.objects.filter(reverses=OuterRef("receipt"))
    return (
        Payment.objects.filter(invoice=Given("invoice"))
        .annotate(is_reversed=Exists(reversals))
        .select_related("receipt")
        .order_by("receipt__on", "pk")
    )


_PAYMENTS = Question(_payments)


def paid_on(invoice: Invoice) -> Decimal:
    """What was received on an invoice, less what was given back; read again unless its page has just been."""
    known: Decimal | None = getattr(invoice, "paid", None)
    paid: Decimal = _PAID.one(invoice=invoice.pk) if known is None else known
    return paid


_PAID = Question(
    lambda: (
        Payment.objects.filter(invoice=Given("invoice"))
        .order_by()
        .values(of=Value("invoice"))
        .annotate(paid=Sum("amount", default=ZERO))
        .values_list("paid", flat=True)
    )
)


def credit_notes_of(invoice: Invoice) -> list[Invoice]:
    """Drafts and issued credit notes of an invoice."""
    return _CREDIT_NOTES(invoice=invoice.pk)


_CREDIT_NOTES = Question(
    lambda: (
        Invoice.objects.filter(credited=Given("invoice")).exclude(state=InvoiceState.DISCARDED).order_by("pk")
    )
)


def standing_of(invoice: Invoice) -> Standing:
    """What stands of an issued invoice now; a writer locks the invoice first."""
    invoiced = [tax.group for tax in _TAXED(invoice=invoice.pk)]
    left = remaining(invoiced, [tax.group for tax in _CREDITED(invoice=invoice.pk)])
    paid, lost = sum(_PAID_BITS(invoice=invoice.pk), ZERO), sum(_LOST(invoice=invoice.pk), ZERO)
    return Standing(left, paid, held_of(invoice), lost, disbursed_of(invoice))


_TAXED = Question(
    lambda: InvoiceTax.objects.filter(invoice=Given("invoice")).order_by("-rate", "category"),
)
_CREDITED = Question(
    lambda: InvoiceTax.objects.filter(invoice__credited=Given("invoice"), invoice__state=InvoiceState.ISSUED)
)
_PAID_BITS: Question[Decimal] = Question(
    lambda: Payment.objects.filter(invoice=Given("invoice")).values_list("amount", flat=True)
)
_LOST: Question[Decimal] = Question(
    lambda: WriteOff.objects.filter(invoice=Given("invoice")).values_list("amount", flat=True)
)


def disbursed_of(invoice: Invoice) -> Decimal:
    """What an invoice asks back of what was paid for its customer, less what its credit notes gave back."""
    if not invoice.disbursed:
        return ZERO
    notes = Invoice.objects.filter(credited=invoice, state=InvoiceState.ISSUED)
    given: Decimal = sum(notes.values_list("disbursed", flat=True), ZERO)
    left: Decimal = invoice.disbursed - given
    return left


def held_of(invoice: Invoice) -> Decimal:
    """What the customer still keeps of an issued invoice."""
    if not (invoice.retained and invoice.is_issued):
        return ZERO
    released = RetentionRelease.objects.filter(invoice=invoice).exists()
    return ZERO if released else invoice.retained
