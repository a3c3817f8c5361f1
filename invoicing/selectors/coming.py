"""Due dates for the first page: the invoice about to fall due, and what is late already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum, Value
from django.utils.translation import gettext as _

from cae.core.facts import Coming, Due
from cae.core.money import ZERO
from cae.core.questions import Given, Pile, Question
from invoicing.models import Invoice
from invoicing.models.sight import reach, scopes_in_sight, within
from invoicing.selectors.invoices import invoices_visible
from invoicing.states.sales import Settlement
from people.permissions import is_own

_UNPAID = (Settlement.TO_PAY, Settlement.PARTLY_SETTLED)


def _of_seller(user: Any, today: date) -> dict[str, Any] | None:
    return {"on": today, **reach(scopes_in_sight(user))} if is_own.test(user) else None


def _unpaid() -> QuerySet[Invoice]:
    issued = Invoice.objects.filter(within()).issued().with_settlement(Given("on"))
    return issued.filter(Q(settlement__in=_UNPAID), due_on__gte=Given("on"))


def _next_paid(user: Any, today: date) -> Due | None:
    rows = invoices_visible(user, on=today).issued().filter(Q(settlement__in=_UNPAID), due_on__gte=today)
    invoice: Invoice | None = rows.order_by("due_on", "pk").first()
    if invoice is None or invoice.due_on is None:
        return None
    facts = {"number": invoice.number, "customer": invoice.customer.name}
    label = _("paiement de %(number)s par %(customer)s") % facts
    return Due(label, invoice.due_on, invoice.get_absolute_url())


# The next invoice to be paid, of those that the person sells.
TO_BE_PAID = Coming(Pile("invoicing.unpaid", lambda: (_unpaid(), "due_on")), _of_seller, _next_paid)


@dataclass(frozen=True)
class Overdue:
    """Invoices past their due date: how many, since when, what they still owe."""

    count: int
    oldest: date | None
    owed: Decimal


def overdue_sum(user: Any, today: date) -> Overdue:
    """The invoices in sight that are late."""
    return Overdue(*_OVERDUE.one(on=today, **reach(scopes_in_sight(user))))


def _overdue() -> QuerySet[Invoice, tuple[int, date | None, Decimal]]:
    late = Invoice.objects.filter(within()).overdue(Given("on")).order_by()
    return (
        late.values(of=Value("late"))
        .annotate(count=Count("pk"), oldest=Min("due_on"), owed=Sum("balance__due", default=ZERO))
        .values_list("count", "oldest", "owed")
    )


_OVERDUE = Question(_overdue)
