"""What does not add up in an invoice that was read: said with both figures, never corrected."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from invoicing.engines.incoming.facts import Doubt, DoubtCode, ReadInvoice

ZERO = Decimal(0)
_CENT = Decimal("0.01")
# The lightest profiles have no line, by design (the detail is on the readable page); the first has not even
# the amount paid already.
_WITHOUT_LINES, _WITHOUT_PREPAID = frozenset({"minimum", "basicwl"}), "minimum"
HOUSE_CURRENCY = "EUR"


def doubts_about(invoice: ReadInvoice, *, profile: str) -> tuple[Doubt, ...]:
    """Gives what to look at, in the order in which one reads an invoice."""
    return (*_heading(invoice), *_lines(invoice, profile), *_totals(invoice, profile))


def _heading(invoice: ReadInvoice) -> Iterator[Doubt]:
    if invoice.currency != HOUSE_CURRENCY:
        yield Doubt(code=DoubtCode.OTHER_CURRENCY, written=invoice.currency)
    if invoice.due_on is not None and invoice.due_on < invoice.issued_on:
        yield Doubt(
            code=DoubtCode.DUE_BEFORE_DATE,
            written=invoice.due_on.isoformat(),
            found=invoice.issued_on.isoformat(),
        )


def _lines(invoice: ReadInvoice, profile: str) -> Iterator[Doubt]:
    if not invoice.lines:
        if profile in _WITHOUT_LINES:
            yield Doubt(code=DoubtCode.NO_LINES)
        return
    if invoice.totals.lines is not None:
        nets = sum((line.net for line in invoice.lines if line.counts), ZERO)
        yield from _compare(DoubtCode.LINES_SUM, invoice.totals.lines, nets)


def _totals(invoice: ReadInvoice, profile: str) -> Iterator[Doubt]:
    totals, tax = invoice.totals, invoice.tax_total
    if totals.lines is not None:
        net = totals.lines - (totals.allowances or ZERO) + (totals.charges or ZERO)
        yield from _compare(DoubtCode.NET_SUM, totals.net, net)
    if invoice.taxes:
        yield from _compare(DoubtCode.TAX_SUM, tax, sum((one.tax for one in invoice.taxes), ZERO))
        bases = [one.base for one in invoice.taxes]
        if None not in bases:
            yield from _compare(DoubtCode.BASES_SUM, totals.net, sum((b for b in bases if b), ZERO))
    yield from _compare(DoubtCode.GROSS_SUM, totals.gross, totals.net + tax)
    if profile == _WITHOUT_PREPAID:
        return
    due = totals.gross - (totals.prepaid or ZERO) + (totals.rounding or ZERO)
    yield from _compare(DoubtCode.DUE_SUM, totals.due, due)


def _compare(code: DoubtCode, written: Decimal, found: Decimal) -> Iterator[Doubt]:
    if abs(written - found) >= _CENT:
        yield Doubt(code=code, written=f"{written:.2f}", found=f"{found:.2f}")
