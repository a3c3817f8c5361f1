"""Writes the lines and totals of a draft: the one place where amounts of a document are computed and
stored."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cae.core.errors import Code, Refused
from cae.core.money import cents
from cae.core.settings import value_of
from invoicing import parameters
from invoicing.calculations.totals import PricedLine, Totals, document_totals, line_net
from invoicing.models import Invoice, InvoiceLine, InvoiceTax
from invoicing.services.inputs import DraftContent, LineContent
from invoicing.states import (
    MAX_DESCRIPTION,
    MAX_LABEL,
    MAX_LINES,
    MAX_QUANTITY,
    MAX_TEXT,
    MAX_TOTAL,
    MAX_UNIT_PRICE,
    Operation,
    SaleNature,
    Unit,
    VatDueOn,
)

_FOUR_DECIMALS = Decimal("0.0001")


def checked_totals(content: DraftContent) -> Totals:
    """The totals of a content, or a refusal that names the field of the line."""
    for field in ("purpose", "order_reference"):
        _refuse_long(getattr(content, field), MAX_TEXT if field == "purpose" else 100, field)
    if len(content.lines) > MAX_LINES:
        raise Refused(
            Code.VALUE_INVALID,
            _("Une facture compte au plus %(most)d lignes.") % {"most": MAX_LINES},
            field="lines",
        )
    for index, line in enumerate(content.lines):
        _check_line(line, f"lines-{index}")
    totals = document_totals([line.priced() for line in content.lines])
    if not abs(totals.gross) <= MAX_TOTAL:
        raise Refused(
            Code.AMOUNT_INVALID, _("Le total dépasse ce qu’une facture peut porter."), field="lines"
        )
    return totals


def _check_line(line: LineContent, prefix: str) -> None:
    if not line.label.strip():
        raise Refused(Code.VALUE_MISSING, _("Dites ce que vend cette ligne."), field=f"{prefix}-label")
    _refuse_long(line.label, MAX_LABEL, f"{prefix}-label")
    _refuse_long(line.description, MAX_DESCRIPTION, f"{prefix}-description")
    if not line.quantity or not _fits(line.quantity, MAX_QUANTITY):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une quantité n’est pas nulle et a quatre décimales au plus."),
            field=f"{prefix}-quantity",
        )
    if line.unit_price < 0 or not _fits(line.unit_price, MAX_UNIT_PRICE):
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Un prix est positif, avec quatre décimales au plus ; pour déduire, la quantité est négative."),
            field=f"{prefix}-unit_price",
        )
    if line.unit not in Unit.values or line.nature not in SaleNature.values:
        raise Refused(Code.VALUE_INVALID, _("Ce choix n’existe pas."), field=f"{prefix}-unit")
    _check_discount(line.priced(), prefix)


def _check_discount(line: PricedLine, prefix: str) -> None:
    field = f"{prefix}-discount_rate" if line.discount_rate is not None else f"{prefix}-discount_amount"
    rate, amount = line.discount_rate, line.discount_amount
    whole = (rate is None or _fits(rate, Decimal(1))) and (amount is None or _fits(amount, MAX_TOTAL))
    try:
        sound = whole and (amount is None or amount == cents(amount)) and line_net(line) is not None
    except ValueError:
        sound = False
    if not sound:
        raise Refused(
            Code.AMOUNT_INVALID,
            _("Une remise est un pourcentage ou un montant, sans dépasser sa ligne."),
            field=field,
        )


def _fits(number: Decimal, most: Decimal) -> bool:
    return number.is_finite() and abs(number) <= most and number == number.quantize(_FOUR_DECIMALS)


def _refuse_long(text: str, most: int, field: str) -> None:
    if len(text) > most:
        raise Refused(
            Code.TEXT_TOO_LONG,
            _("Ce texte dépasse %(most)d caractères (il en compte %(count)d).")
            % {"most": most, "count": len(text)},
            field=field,
        )


def write_content(invoice: Invoice, content: DraftContent) -> None:
    """Fills a draft's own fields, its lines and its totals; saves everything."""
    totals = checked_totals(content)
    invoice.customer = content.customer
    invoice.purpose = content.purpose.strip()
    invoice.order_reference = content.order_reference.strip()
    invoice.delivered_on = content.delivered_on
    invoice.due_on = content.due_on
    invoice.operation = operation_of([line.nature for line in content.lines])
    invoice.vat_due_on = content.vat_due_on or default_vat_due_on(invoice)
    rows = [
        InvoiceLine(
            position=position,
            label=line.label.strip(),
            description=line.description.strip(),
            quantity=line.quantity,
            unit=line.unit,
            unit_price=line.unit_price,
            nature=line.nature,
            discount_rate=line.discount_rate,
            discount_amount=line.discount_amount,
            vat_rate=line.vat_rate,
            net=net,
        )
        for position, (line, net) in enumerate(zip(content.lines, totals.line_nets, strict=True), start=1)
    ]
    write_rows(invoice, rows, totals)


def write_rows(invoice: Invoice, rows: Sequence[InvoiceLine], totals: Totals) -> None:
    """Replaces the lines and taxes of a draft, and stores its totals."""
    invoice.total_excl_tax, invoice.total_tax, invoice.total_incl_tax = totals.net, totals.tax, totals.gross
    invoice.save()
    invoice.lines.all().delete()
    invoice.taxes.all().delete()
    for row in rows:
        row.invoice = invoice
    InvoiceLine.objects.bulk_create(rows)
    InvoiceTax.objects.bulk_create(
        InvoiceTax(invoice=invoice, category=group.category, rate=group.rate, base=group.net, tax=group.tax)
        for group in totals.breakdown
    )


def operation_of(natures: Sequence[str]) -> str:
    """Goods, services or both, from what the lines sell."""
    goods = {nature == SaleNature.GOODS for nature in natures}
    if goods == {True, False}:
        return Operation.BOTH
    return Operation.GOODS if goods == {True} else Operation.SERVICES


def default_vat_due_on(invoice: Invoice) -> str:
    """Goods are taxed at delivery, so an invoice with goods is never on receipts (CGI art. 269-2 a and c)."""
    if invoice.operation != Operation.SERVICES:
        return VatDueOn.DEBITS
    option: Any = value_of(parameters.VAT_DUE_ON, on=timezone.localdate(invoice.created_at))
    return option if option in VatDueOn.values else VatDueOn.RECEIPTS
