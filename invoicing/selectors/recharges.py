"""Expenses of a customer that wait for an invoice, and those a draft took (INV-56)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounting.states.books import AccountRole
from invoicing.models import ExpenseLine, Invoice, Recharge
from invoicing.states.expenses import BOOKED_CLAIMS, LineDecision


def lines_to_recharge(invoice: Invoice) -> QuerySet[ExpenseLine]:
    """Approved expenses of this customer that no invoice took yet, in the order of days."""
    taken = Recharge.objects.filter(line=OuterRef("pk"), undone_at=None)
    rows = ExpenseLine.objects.filter(
        customer=invoice.customer_id, claim__activity=invoice.activity_id, claim__state__in=BOOKED_CLAIMS
    )
    kept = rows.exclude(decision=LineDecision.REFUSED).filter(amount__gt=0).exclude(Exists(taken))
    # What was paid in the name of a customer is asked back beside the sale, never sold again.
    kept = kept.exclude(kind__account__role=AccountRole.DISBURSEMENT)
    return kept.select_related("kind", "claim__person").order_by("on", "pk")


def recharges_of(invoice: Invoice) -> QuerySet[Recharge]:
    """The expenses that an invoice took and still holds."""
    rows = Recharge.objects.filter(invoice=invoice, undone_at=None)
    return rows.select_related("line__kind", "line__claim")
