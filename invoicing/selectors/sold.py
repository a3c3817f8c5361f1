"""What a document sells in each category of sale that a contribution scale knows."""

from __future__ import annotations

from decimal import Decimal

from invoicing.calculations.categories import Sold, nets_by_category
from invoicing.models import Invoice
from invoicing.selectors.einvoices import discounts_of
from invoicing.states.sales import CONTRIBUTION_CATEGORIES


def parts_of(invoice: Invoice) -> list[tuple[str, Decimal]]:
    """The net of each category, discounts shared out; negative for a credit note."""
    sign = -1 if invoice.is_credit_note else 1
    lines = [
        Sold(CONTRIBUTION_CATEGORIES[line.nature], (line.vat_rate.category, line.vat_rate.rate), line.net)
        for line in invoice.lines.all()
    ]
    nets = nets_by_category(lines, discounts_of(invoice))
    return [(category, sign * net) for category, net in nets.items()]
