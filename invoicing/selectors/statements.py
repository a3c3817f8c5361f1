"""The account of a customer: what was invoiced, received, given up, day by day, and what is left (INV-39,
INV-04)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from cae.core.identity import cooperative_on
from cae.core.money import ZERO
from cae.core.templatetags.formats import NBSP, iban
from invoicing.calculations.reminders import average_delay
from invoicing.engines.transfer_qr import Square, square_of, transfer_text
from invoicing.models import Customer, Invoice, Payment, WriteOff
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.states.sales import InvoiceKind

# On the same day: what is owed first, then what settles it.
_OWED, _SETTLED = 0, 1
# What a transfer may say (EPC069-12).
_LONGEST_REFERENCE = 140


@dataclass(frozen=True, slots=True)
class Row:
    """One movement of the account; `debit` is owed by the customer."""

    on: date
    label: str
    debit: Decimal
    credit: Decimal
    # What the customer owes after it.
    balance: Decimal
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The account on a day."""

    customer: Customer
    on: date
    rows: tuple[Row, ...]
    # What is past its due date on that day; None for a past day, which only the rows tell.
    overdue: Decimal

    @property
    def debit(self) -> Decimal:
        return sum((row.debit for row in self.rows), ZERO)

    @property
    def credit(self) -> Decimal:
        return sum((row.credit for row in self.rows), ZERO)

    @property
    def balance(self) -> Decimal:
        """What the customer owes; below zero, what they have in advance."""
        return self.debit - self.credit

    @property
    def in_advance(self) -> Decimal:
        return max(-self.balance, ZERO)


def statement_of(customer: Customer, *, on: date) -> Statement:
    """Everything that moved on the account until a day (included), with the balance after each."""
    moves = sorted(_movements(customer, on), key=lambda move: move[:3])
    rows, balance = [], ZERO
    for day, _rank, label, debit, credit, due_on in moves:
        balance += debit - credit
        rows.append(Row(day, label, debit, credit, balance, due_on))
    return Statement(customer, on, tuple(rows), overdue_on(customer, on))


def _movements(customer: Customer, on: date) -> Iterator[tuple[Any, ...]]:
    documents = Invoice.objects.filter(customer=customer, issued_on__lte=on).issued().order_by("pk")
    asked = documents.annotate(asked=F("total_incl_tax") + F("disbursed"))
    for kind, number, day, gross, due_on in asked.values_list(
        "kind", "number", "issued_on", "asked", "due_on"
    ):
        if kind == InvoiceKind.CREDIT_NOTE:
            yield day, _SETTLED, _("Avoir %(number)s") % {"number": number}, ZERO, gross, None
        else:
            yield day, _OWED, _("Facture %(number)s") % {"number": number}, gross, ZERO, due_on
    payments = Payment.objects.filter(receipt__customer=customer, receipt__on__lte=on).order_by("pk")
    for day, number, amount in payments.values_list("receipt__on", "invoice__number", "amount"):
        label = (_("Règlement de %(number)s") if amount > 0 else _("Règlement rendu sur %(number)s")) % {
            "number": number
        }
        yield day, _SETTLED, label, max(-amount, ZERO), max(amount, ZERO), None
    losses = WriteOff.objects.filter(invoice__customer=customer, on__lte=on).order_by("pk")
    for day, number, amount in losses.values_list("on", "invoice__number", "amount"):
        label = _("Abandon du reste de %(number)s") if amount > 0 else _("Abandon annulé sur %(number)s")
        yield day, _SETTLED, label % {"number": number}, max(-amount, ZERO), max(amount, ZERO), None


def overdue_on(customer: Customer, on: date) -> Decimal:
    """What is past its due date today; of a past day, what was invoiced and due by then and still is."""
    rows = Invoice.objects.filter(customer=customer, issued_on__lte=on).overdue(on).order_by()
    total: Decimal = rows.aggregate(due=Sum("balance__due", default=ZERO))["due"]
    return total


def documents_of(customer: Customer, *, on: date) -> InvoiceQuerySet:
    """The issued documents of a customer, the latest first, each with what is left of it."""
    rows = Invoice.objects.filter(customer=customer).issued().with_settlement(on)
    return rows.select_related("pdf").defer("facts").order_by("-issued_on", "-pk")


@dataclass(frozen=True, slots=True)
class YearOfSales:
    year: int
    net: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a customer: sales by year, how late they pay in fact, how much they owe."""

    years: tuple[YearOfSales, ...]
    # In days after the due date, on the invoices of the last two years that are settled; nothing before one.
    delay: int | None
    settled_count: int
    overdue: Decimal
    # What goes beyond the credit limit; nothing within it, or without one.
    beyond: Decimal


_LOOKED_BACK = 2


def history_of(customer: Any, *, on: date) -> History:
    """`customer` bears its balance (`customers_visible`)."""
    delays = _delays(customer, since=date(on.year - _LOOKED_BACK, on.month, 1))
    limit = customer.credit_limit
    return History(
        years=tuple(_years(customer)),
        delay=average_delay(delays),
        settled_count=len(delays),
        overdue=overdue_on(customer, on),
        beyond=ZERO if limit is None else max(customer.due - limit, ZERO),
    )


def _years(customer: Customer) -> Iterator[YearOfSales]:
    rows = Invoice.objects.filter(customer=customer).issued().order_by()
    sums: dict[int, tuple[Decimal, Decimal]] = {}
    for year, kind, net, gross in (
        rows.annotate(year=ExtractYear("issued_on"))
        .values("year", "kind")
        .annotate(net=Sum("total_excl_tax"), gross=Sum("total_incl_tax"))
        .values_list("year", "kind", "net", "gross")
    ):
        sign = -1 if kind == InvoiceKind.CREDIT_NOTE else 1
        before = sums.get(year, (ZERO, ZERO))
        sums[year] = (before[0] + sign * net, before[1] + sign * gross)
    for year in sorted(sums, reverse=True):
        yield YearOfSales(year, *sums[year])


def _delays(customer: Customer, *, since: date) -> list[int]:
    """From the due date to the payment that settled each invoice."""
    rows = Payment.objects.filter(
        invoice__customer=customer, invoice__issued_on__gte=since, invoice__balance__due=0, amount__gt=0
    )
    last: dict[int, int] = {}
    for invoice, paid_on, due_on in rows.order_by("receipt__on").values_list(
        "invoice", "receipt__on", "invoice__due_on"
    ):
        if due_on is not None:
            last[invoice] = (paid_on - due_on).days
    return list(last.values())


def owed_across(customer: Customer) -> QuerySet[Any]:
    """What the organisation behind a customer owes to each activity of the cooperative (INV-02): for who
    reads every sale."""
    rows = Customer.objects.filter(organisation=customer.organisation_id).select_related("activity")
    return rows.annotate(due=F("balance__due"), invoiced=F("balance__invoiced")).order_by(
        "-balance__due", "activity__sort_name"
    )


@dataclass(frozen=True, slots=True)
class Bank:
    """Where the customer pays all that they owe at once."""

    holder: str
    iban: str
    bic: str
    reference: str
    square: Square | None


def bank_of(owed: Sequence[Any], *, on: date) -> Bank | None:
    """The bank details of the cooperative and the square that prepares one transfer for these invoices;
    nothing when nothing is owed."""
    if not owed:
        return None
    house = cooperative_on(on)
    reference = " ".join(str(invoice.number) for invoice in owed)[:_LONGEST_REFERENCE]
    amount = sum((invoice.due for invoice in owed), ZERO)
    square = None
    if house.iban:
        text = transfer_text(
            name=house.legal_name, iban=house.iban, bic=house.bic, amount=amount, text=reference
        )
        square = square_of(text)
    return Bank(house.legal_name, iban(house.iban).replace(NBSP, " "), house.bic, reference, square)
