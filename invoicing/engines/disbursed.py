"""How the e-invoice says disbursements (débours): lines of category E beside those of the sale.

Source: EN 16931 (BR-E-01, BR-E-08: one group E a document), VATEX-EU-79-C. Category O is refused beside a VAT
number (BR-O-02), and BT-113 is money received: docs/disbursements.md.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from invoicing.engines.model import EInvoice, Line, VatBreakdown, VatCategory

REASON = "Débours, article 267-II-2° du Code général des impôts"
CODE = "VATEX-EU-79-C"
_NO_RATE, _NO_TAX = Decimal("0.00"), Decimal("0.00")
# The longest label of a line, as everywhere (MAX_LABEL).
_LABEL = 250


def with_disbursements(invoice: EInvoice) -> EInvoice:
    """The document whose lines, breakdown and totals count what was paid in the name of the customer: our own
    totals leave it out."""
    if not invoice.disbursements:
        return invoice
    totals, amount = invoice.totals, invoice.disbursed
    counted = {name: getattr(totals, name) + amount for name in ("lines", "net", "gross")}
    return replace(
        invoice,
        lines=(*invoice.lines, *_lines(invoice)),
        vat=_breakdown(invoice, amount),
        totals=replace(totals, **counted),
        disbursements=(),
    )


def _lines(invoice: EInvoice) -> list[Line]:
    last = max((line.position for line in invoice.lines), default=0)
    return [
        Line(
            position=position,
            label=f"Débours : {one.label}"[:_LABEL],
            quantity=Decimal(1),
            unit_price=one.amount,
            net=one.amount,
            category=VatCategory.EXEMPT,
            vat_rate=_NO_RATE,
        )
        for position, one in enumerate(invoice.disbursements, start=last + 1)
    ]


def _breakdown(invoice: EInvoice, amount: Decimal) -> tuple[VatBreakdown, ...]:
    """Beside an exempt sale, one group for both: it says both reasons, and no code can."""
    exempt = next((group for group in invoice.vat if group.category is VatCategory.EXEMPT), None)
    if exempt is None:
        own = VatBreakdown(
            category=VatCategory.EXEMPT,
            rate=_NO_RATE,
            base=amount,
            tax=_NO_TAX,
            exemption_reason=REASON,
            exemption_code=CODE,
        )
        return (*invoice.vat, own)
    both = replace(
        exempt,
        base=exempt.base + amount,
        exemption_reason=f"{exempt.exemption_reason} ; {REASON}",
        exemption_code="",
    )
    return tuple(both if group is exempt else group for group in invoice.vat)
