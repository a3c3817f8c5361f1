"""What a document says of the part of the quote that it asks for: kind and circuit, documents before it, what
the customer keeps, the schedule of a quote."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cae.core.templatetags.formats import day, money, percent
from invoicing.calculations.schedule import AboveRest, gross_of
from invoicing.engines import model
from invoicing.models import Invoice, Quote
from invoicing.selectors.parts import planned_of
from invoicing.states.parts import RETENTION_MONTHS, Billing, InvoicePart
from invoicing.states.sales import InvoiceKind, Operation

_PROCESSES = {
    Operation.GOODS: (model.Process.GOODS, model.Process.GOODS_FINAL),
    Operation.SERVICES: (model.Process.SERVICES, model.Process.SERVICES_FINAL),
    Operation.BOTH: (model.Process.BOTH, model.Process.BOTH_FINAL),
}


def release_foreseen(on: date) -> date:
    """One year after the document (law of 16 July 1971, art. 2): the acceptance of the works moves it."""
    year, month = divmod(on.month - 1 + RETENTION_MONTHS, 12)
    year, month = on.year + year, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def kind_of(invoice: Invoice) -> model.DocumentKind:
    """BT-3: a deposit and what gives it back have codes of their own."""
    if invoice.kind == InvoiceKind.CREDIT_NOTE:
        given = invoice.credited is not None and invoice.credited.part == InvoicePart.DEPOSIT
        return model.DocumentKind.DEPOSIT_CREDIT if given else model.DocumentKind.CREDIT_NOTE
    deposit = invoice.part == InvoicePart.DEPOSIT
    return model.DocumentKind.DEPOSIT if deposit else model.DocumentKind.INVOICE


def process_of(document: Invoice | Quote) -> model.Process:
    """BT-23: final once a deposit is taken off."""
    usual, final = _PROCESSES[Operation(document.operation)]
    deposits = [one for one in deducted(document) if one.part == InvoicePart.DEPOSIT]
    credited = isinstance(document, Invoice) and document.is_credit_note
    return final if deposits and not credited else usual


def deducted(document: Invoice | Quote) -> list[Invoice]:
    """The earlier parts that the document takes off, each once."""
    if isinstance(document, Quote):
        return []
    found = {line.deducts.pk: line.deducts for line in document.lines.all() if line.deducts is not None}
    return list(found.values())


def preceding_of(invoice: Invoice) -> tuple[model.PrecedingInvoice, ...]:
    """BG-3: the invoice that a credit note gives back, or the parts taken off."""
    named = [invoice.credited] if invoice.credited is not None else deducted(invoice)
    return tuple(
        model.PrecedingInvoice(number=one.number, issued_on=one.issued_on)
        for one in named
        if one.number is not None and one.issued_on is not None
    )


def terms_said(invoice: Invoice, on: date) -> str:
    """BT-20: what becomes of a credit note, or what the customer keeps."""
    if invoice.is_credit_note:
        return _("À déduire de ce qui reste dû, ou à rembourser.")
    kept = retention_of(invoice, on)
    if kept is None:
        return ""
    return _("Retenue de garantie de %(rate)s : %(amount)s, à payer à sa libération, prévue le %(day)s.") % {
        "rate": percent(kept.rate),
        "amount": money(kept.amount),
        "day": day(kept.until),
    }


def retention_of(invoice: Invoice, on: date) -> model.Retention | None:
    if not invoice.retained or invoice.retention_rate is None:
        return None
    until = invoice.retained_until or release_foreseen(on)
    return model.Retention(rate=invoice.retention_rate, amount=invoice.retained, until=until)


def part_terms(invoice: Invoice, on: date) -> dict[str, Any]:
    """The terms that only a part of a quote has."""
    return {
        "part": invoice.part if invoice.is_part else "",
        "situation": invoice.situation,
        "quote_number": str(invoice.quote) if invoice.quote else "",
        "retention": retention_of(invoice, on),
    }


def schedule_of(quote: Quote) -> tuple[model.Instalment, ...]:
    """Every part that the quote announces, with its amount; nothing when it is invoiced at once."""
    rows = list(quote.instalments.all())
    if quote.billing == Billing.ONCE and not rows:
        return ()
    try:
        planned = planned_of(quote, [tax.group for tax in quote.taxes.all()])
    except AboveRest:
        return ()
    said = [
        model.Instalment(label=_named(row), gross=gross_of(groups), on=row.on)
        for row, groups in zip(rows, planned, strict=False)
    ]
    rest = gross_of(planned[-1])
    last = _("Situations, à l’avancement") if quote.billing == Billing.PROGRESS else _("Solde")
    return (*said, model.Instalment(label=last, gross=rest)) if rest else tuple(said)


def _named(row: Any) -> str:
    """« Acompte (30 %) », « Deuxième échéance »."""
    share = f" ({percent(row.rate)})" if row.rate is not None else ""
    return f"{row}{share}"
