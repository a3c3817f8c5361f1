"""Due dates for the first page: the invoice about to fall due, and what is late already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from cae.core.facts import Due
from cae.core.money import ZERO
from invoicing.models import Invoice
from invoicing.selectors.invoices import invoices_overdue, invoices_visible
from invoicing.states import Settlement
from people.permissions import is_own

_UNPAID = (Settlement.TO_PAY, Settlement.PARTLY_SETTLED)


def dues(user: Any, today: date) -> Iterator[Due]:
    """The next invoice to be paid, of those that the person sells."""
    if not is_own.test(user):
        return
    rows = invoices_visible(user, on=today).issued().filter(Q(settlement__in=_UNPAID), due_on__gte=today)
    invoice: Invoice | None = rows.order_by("due_on", "pk").first()
    if invoice is not None and invoice.due_on is not None:
        facts = {"number": invoice.number, "customer": invoice.customer.name}
        label = _("paiement de %(number)s par %(customer)s") % facts
        yield Due(label, invoice.due_on, invoice.get_absolute_url())


def overdue_sum(user: Any, today: date) -> tuple[int, Decimal]:
    """How many invoices in sight are late, and what they still owe."""
    late = invoices_overdue(user, on=today).order_by().aggregate(count=Count("pk"), owed=Sum("due"))
    return late["count"], late["owed"] or ZERO
