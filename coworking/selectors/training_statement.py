"""What the yearly statement is made of: rows for the calculation, and the lines that each figure opens
(COW-48, 49)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from accounting.models import EntryLine
from accounting.states.books import JournalCode
from cae.core.identity import cooperative_on
from cae.core.money import ZERO
from coworking.calculations.training_statement import (
    Charges,
    Followed,
    Frames,
    Sold,
    Taught,
    inherited,
    statement,
)
from coworking.models import SheetSignature, TrainingStatement
from coworking.states.training import SessionState, TrainerKind
from invoicing.calculations.progress import worth_of
from invoicing.models import Invoice, InvoiceLine, QuoteLine
from invoicing.selectors.einvoices import discounts_of
from invoicing.selectors.joint import account_of
from invoicing.states.sales import SaleNature

# The accounts of sales: what one activity does for another is in none of them (186, 187).
SALES = "70"
_ADVANCE = "customer_advance"


@dataclass(frozen=True)
class SoldLine:
    """A line of an invoice of training, what it is worth after discounts, the origin said of it."""

    line: InvoiceLine
    invoice: Invoice
    net: Decimal
    origin: str

    @property
    def signed(self) -> Decimal:
        return -self.net if self.invoice.is_credit_note else self.net


def training_invoices(year: int) -> QuerySet[Invoice]:
    """The documents issued in a year that sell training, with what is read of each."""
    return (
        Invoice.objects.issued()
        .filter(issued_on__year=year, lines__nature=SaleNature.TRAINING)
        .distinct()
        .select_related("activity", "customer", "credited", "quote")
        .prefetch_related(
            "lines__vat_rate",
            "lines__deducts",
            "lines__training_origin",
            "taxes",
            "quote__lines__training_origin",
            "credited__lines__training_origin",
            "credited__quote__lines__training_origin",
        )
        .order_by("issued_on", "pk")
    )


def sold_lines(invoices: Iterable[Invoice]) -> list[SoldLine]:
    """Their lines of training, advances left out: what a deposit asks is earned by what follows it."""
    found = []
    for invoice in invoices:
        lines = list(invoice.lines.all())
        worth = worth_of(
            [(one.pk, (one.vat_rate.category, one.vat_rate.rate), one.net) for one in lines],
            discounts_of(invoice),
        )
        found += [
            SoldLine(one, invoice, worth[one.pk], origin_of(invoice, one))
            for one in lines
            if one.nature == SaleNature.TRAINING and account_of(invoice, one) != _ADVANCE
        ]
    return found


def origin_of(invoice: Invoice, line: InvoiceLine) -> str:
    """What was said of a line; else of the line of the quote that it bills, by its own key or its words, or
    of all the training that this quote sells when that is one origin; nothing yet: empty. A line of a
    credit note follows the invoice that it corrects."""
    own = _said(line)
    if own:
        return own
    if invoice.credited is not None:
        return inherited(line.label, _told(invoice.credited.lines.all())) or inherited(
            line.label, _told(_quoted(invoice.credited))
        )
    quoted = list(_quoted(invoice))
    billed = [_said(one) for one in quoted if one.pk == line.quote_line_id]
    return billed[0] if billed else inherited(line.label, _told(quoted))


def _said(line: InvoiceLine | QuoteLine) -> str:
    said = getattr(line, "training_origin", None)
    return str(said.origin) if said is not None else ""


def _quoted(invoice: Invoice) -> Iterable[QuoteLine]:
    return invoice.quote.lines.all() if invoice.quote is not None else ()


def _told(lines: Iterable[InvoiceLine | QuoteLine]) -> list[tuple[str, str]]:
    return [(one.label, _said(one)) for one in lines if one.nature == SaleNature.TRAINING]


def statement_of(year: int, row: TrainingStatement | None = None) -> Frames:
    """The frames of a year, from invoices, signatures, and the charges typed on its row."""
    return statement(
        year,
        sold=_sold(year),
        followed=[followed_of(one) for one in trainee_signatures(year)],
        taught=[_taught_of(one) for one in trainer_signatures(year)],
        charges=Charges(row.charges_total, row.charges_pay, row.charges_purchases) if row else None,
        turnover=turnover_of(year),
    )


def trainee_signatures(year: int) -> QuerySet[SheetSignature]:
    """The half-days of a year that trainees signed."""
    return _signatures(year).filter(enrolment__isnull=False)


def trainer_signatures(year: int) -> QuerySet[SheetSignature]:
    """The half-days of a year that trainers signed, whoever entrusted them."""
    return _signatures(year).filter(trainer__isnull=False)


def turnover_of(year: int) -> Decimal:
    """What the books sold in a civil year."""
    rows = EntryLine.objects.order_by().filter(
        ~Q(entry__journal__code=JournalCode.OPENING),
        account__number__startswith=SALES,
        on__range=(date(year, 1, 1), date(year, 12, 31)),
    )
    found: Decimal | None = rows.aggregate(sum=Sum(F("credit") - F("debit")))["sum"]
    return found or ZERO


def followed_of(one: SheetSignature) -> Followed:
    """A half-day signed by a trainee, as the statement counts it."""
    session, course = one.half_day.session, one.half_day.session.course
    trainee: Any = one.enrolment
    return Followed(
        key=one.pk,
        enrolment=trainee.pk,
        year=_year(one),
        hours=one.half_day.exact_hours,
        kind=trainee.kind,
        objective=course.objective,
        speciality=course.speciality,
        is_remote=session.is_remote,
        is_entrusted=session.entrusted_to_id is not None,
        is_for_another=session.entrusted_by_id is not None,
    )


def years_of_training() -> list[int]:
    """The years of which something is stated, the latest first; this one and the one before always."""
    this = timezone.localdate().year
    taught = SheetSignature.objects.order_by().datetimes("half_day__starts_at", "year")
    known = TrainingStatement.objects.values_list("year", flat=True)
    return sorted({this, this - 1, *known, *(day.year for day in taught)}, reverse=True)


def _sold(year: int) -> list[Sold]:
    own = cooperative_on(date(year, 12, 31)).siren
    return [
        Sold(
            key=one.line.pk,
            year=year,
            origin=one.origin,
            net=one.net,
            is_credit=one.invoice.is_credit_note,
            is_internal=one.invoice.customer.siren == own,
        )
        for one in sold_lines(training_invoices(year))
    ]


def _signatures(year: int) -> QuerySet[SheetSignature]:
    return (
        SheetSignature.objects.filter(half_day__starts_at__year=year)
        .exclude(half_day__session__state=SessionState.CANCELLED)
        .select_related("half_day__session__course", "enrolment", "trainer")
        .order_by("half_day__starts_at", "pk")
    )


def _taught_of(one: SheetSignature) -> Taught:
    trainer: Any = one.trainer
    return Taught(
        key=one.pk,
        trainer=trainer.pk,
        year=_year(one),
        hours=one.half_day.exact_hours,
        is_own=trainer.kind == TrainerKind.OWN,
    )


def _year(one: SheetSignature) -> int:
    """A half-day is of the year in which it begins, on the clock of the house."""
    return timezone.localdate(one.half_day.starts_at).year
