"""What is known of the life of an e-invoice: its statuses in order, its way, what it waits for (INV-35)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from cae.core.money import ZERO
from cae.core.questions import Given, Question
from cae.core.settings import value_of
from invoicing import parameters
from invoicing.calculations.lifecycle import Step
from invoicing.engines.model import Treatment
from invoicing.models import EInvoiceStatus, ExchangeMessage, Invoice, Purchase
from invoicing.models.invoices import InvoiceQuerySet
from invoicing.models.sight import within
from invoicing.states.exchange import TURNED_DOWN, Direction, MessageKind, MessageState
from invoicing.states.sales import InvoiceKind, InvoiceState


def subject_of(document: Invoice | Purchase) -> dict[str, Invoice | Purchase]:
    """The column by which a status names its document."""
    return {"purchase" if isinstance(document, Purchase) else "invoice": document}


def statuses_of(document: Invoice | Purchase) -> list[EInvoiceStatus]:
    """Everything that happened to a document, in the order in which it came to be known here."""
    return _STATUSES["purchase" if isinstance(document, Purchase) else "invoice"](document=document.pk)


def _statuses(**of: Given) -> QuerySet[EInvoiceStatus]:
    rows = EInvoiceStatus.objects.filter(**of).select_related("created_by__person", "arrived_in")
    return rows.order_by("pk")


_STATUSES = {
    "invoice": Question(lambda: _statuses(invoice=Given("document"))),
    "purchase": Question(lambda: _statuses(purchase=Given("document"))),
}


def steps_of(document: Invoice | Purchase) -> list[Step]:
    rows = EInvoiceStatus.objects.filter(**subject_of(document)).order_by("pk")
    return [Step(code, amount or ZERO) for code, amount in rows.values_list("code", "amount")]


def treatment_of(invoice: Invoice) -> Treatment:
    """Which circuit an issued document belongs to: its own frozen words say it."""
    if invoice.facts is None:
        raise LookupError("a draft belongs to no circuit yet")
    return Treatment(invoice.facts["treatment"])


def is_by_platform(on: date) -> bool:
    """Whether documents issued that day go to the platform: the cooperative decides from when."""
    return bool(value_of(parameters.PLATFORM_ISSUE, on=on) == "yes")


def is_awaited_by_platform(invoice: Invoice) -> bool:
    """Whether this document goes to the platform."""
    if invoice.issued_on is None:
        return False
    return treatment_of(invoice) is Treatment.B2B and is_by_platform(invoice.issued_on)


def package_message_of(invoice: Invoice) -> ExchangeMessage | None:
    """The message that carries the document itself, if it goes by the platform."""
    return _PACKAGE.first(invoice=invoice.pk, out=Direction.OUT.value, kind=MessageKind.INVOICE.value)


_PACKAGE = Question(
    lambda: ExchangeMessage.objects.filter(
        invoice=Given("invoice"), direction=Given("out"), kind=Given("kind")
    ).order_by()
)


def came_by_platform(purchase: Purchase) -> bool:
    """Whether the file of a purchase is one that the platform brought: only then does it hear our answers."""
    if purchase.document is None:
        return False
    came = ExchangeMessage.objects.filter(direction=Direction.IN, sha256=purchase.document.sha256)
    return came.exists()


def grosses_of(invoice: Invoice) -> list[tuple[Decimal, Decimal]]:
    """(percentage, gross) of each VAT group of a document as issued; disbursements are in the exempt one, as
    its e-invoice says."""
    grosses = [(tax.percent, tax.base + tax.tax) for tax in invoice.taxes.all()]
    return [*grosses, (ZERO, invoice.disbursed)] if invoice.disbursed else grosses


def given_back() -> QuerySet[Invoice]:
    """Issued credit notes of the row in hand, for a subquery."""
    return Invoice.objects.filter(credited=OuterRef("invoice"), state=InvoiceState.ISSUED).order_by()


def turned_down() -> QuerySet[EInvoiceStatus]:
    """Refused or rejected invoices in reach that no credit note gave back yet, one row each: for a pile."""
    rows = EInvoiceStatus.objects.filter(within("invoice__activity"), code__in=TURNED_DOWN)
    return rows.filter(invoice__kind=InvoiceKind.INVOICE).exclude(Exists(given_back()))


def came_back(rows: InvoiceQuerySet) -> InvoiceQuerySet:
    """Those of a list that were refused or rejected, given back since or not."""
    down = EInvoiceStatus.objects.filter(invoice=OuterRef("pk"), code__in=TURNED_DOWN)
    return rows.filter(Exists(down.order_by()))


def messages_listed() -> QuerySet[ExchangeMessage]:
    """Every message, with the document that it is about."""
    return ExchangeMessage.objects.select_related(
        "invoice__activity",
        "invoice__customer",
        "status__invoice__activity",
        "status__invoice__customer",
        "status__purchase__activity",
        "status__purchase__supplier",
    ).defer("invoice__facts", "status__invoice__facts")


def messages_in_trouble() -> QuerySet[ExchangeMessage]:
    return ExchangeMessage.objects.filter(state=MessageState.FAILED)


def messages_waiting() -> QuerySet[ExchangeMessage]:
    return ExchangeMessage.objects.filter(state=MessageState.WAITING)
