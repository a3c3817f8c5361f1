"""What late payment costs the customers of some invoices, counted on what was received so far (INV-42)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from cae.core.settings import value_of, values_of
from invoicing import chase_parameters
from invoicing.calculations.late_fees import NO_FEES, LateFees, half_years, late_fees
from invoicing.models import Payment
from invoicing.states.sales import CustomerKind

# Whose late payments are ruled by which margin; private persons by none.
_MARGINS = {
    CustomerKind.FIRM.value: chase_parameters.PENALTY_MARGIN,
    CustomerKind.PUBLIC_BODY.value: chase_parameters.PENALTY_MARGIN_PUBLIC,
}


def fees_of(invoices: Sequence[Any], *, on: date) -> dict[int, LateFees]:
    """The fees of invoices that bear their balance (`with_settlement`) and their customer, by their keys: as
    many queries for one as for a hundred."""
    late = [one for one in invoices if one.due_on < on and one.customer.kind in _MARGINS]
    found = {one.pk: NO_FEES for one in invoices}
    if not late:
        return found
    paid = _payments_of(late)
    decided = values_of(chase_parameters.RECOVERY_INDEMNITY, *_MARGINS.values(), on=on)
    rates = _rates(min(one.due_on for one in late), on)
    for one in late:
        margin = decided[_MARGINS[one.customer.kind]]
        found[one.pk] = late_fees(
            one.to_pay - one.credited_amount - one.lost - one.held,
            paid.get(one.pk, ()),
            due_on=one.due_on,
            on=on,
            rates={first: rate + margin for first, rate in rates.items()},
            indemnity=decided[chase_parameters.RECOVERY_INDEMNITY],
        )
    return found


def _payments_of(invoices: Iterable[Any]) -> dict[int, list[tuple[date, Decimal]]]:
    rows = Payment.objects.filter(invoice__in=[one.pk for one in invoices]).order_by()
    found: dict[int, list[tuple[date, Decimal]]] = {}
    for invoice, on, amount in rows.values_list("invoice", "receipt__on", "amount"):
        found.setdefault(invoice, []).append((on, amount))
    return found


def _rates(first: date, last: date) -> dict[date, Decimal]:
    """The rate of the European Central Bank on the first day of each half-year."""
    return {day: value_of(chase_parameters.ECB_RATE, on=day) for day in half_years(first, last)}
