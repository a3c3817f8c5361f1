"""Proofs of what was paid in the name of customers, and what is left to ask back of each."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Case, DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from cae.core.money import ZERO
from entrepreneurs.models import Activity
from invoicing.calculations.disbursements import Proof
from invoicing.models import DisbursementProof, Invoice, InvoiceDisbursement
from invoicing.states.sales import InvoiceKind, InvoiceState

_MONEY: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=2)


def with_asked(rows: QuerySet[DisbursementProof]) -> QuerySet[DisbursementProof]:
    """Adds `asked` to proofs: what issued documents asked back of each, less what credit notes gave back."""
    signed = Case(
        When(invoice__kind=InvoiceKind.CREDIT_NOTE, then=-F("amount")),
        default=F("amount"),
        output_field=_MONEY,
    )
    asked = (
        InvoiceDisbursement.objects.filter(proof=OuterRef("pk"), invoice__state=InvoiceState.ISSUED)
        .order_by()
        .values("proof")
        .annotate(asked=Sum(signed))
        .values("asked")
    )
    nothing = Value(ZERO, output_field=_MONEY)
    return rows.annotate(asked=Coalesce(Subquery(asked, output_field=_MONEY), nothing))


def proofs_offered(activity: Activity, *, kept: Invoice | None = None) -> list[DisbursementProof]:
    """Those of an activity with something left to ask back, the latest first, and those that a draft names
    already."""
    shown = Q(asked__lt=F("amount"))
    if kept is not None:
        shown |= Q(pk__in=kept.disbursements.exclude(proof=None).values("proof"))
    return list(with_asked(DisbursementProof.objects.filter(activity=activity)).filter(shown))


def proofs_of(keys: Iterable[int]) -> list[Proof]:
    """The rule's view of some proofs (calculations/disbursements.py); a writer locks them first."""
    wanted = list(keys)
    if not wanted:
        return []
    rows = with_asked(DisbursementProof.objects.filter(pk__in=wanted)).order_by("pk")
    return [Proof(row.pk, row.amount, row.asked) for row in rows]  # type: ignore[attr-defined]


def disbursements_shown(invoice: Invoice) -> list[InvoiceDisbursement]:
    """Those of a document with the file of their proof; a document without any asks nothing."""
    if not invoice.disbursed:
        return []
    return list(invoice.disbursements.select_related("proof__document").order_by("position"))


def disbursements_left(invoice: Invoice) -> list[tuple[InvoiceDisbursement, Decimal]]:
    """What an issued invoice asked back, and what its credit notes left of each."""
    given = (
        InvoiceDisbursement.objects.filter(gives_back=OuterRef("pk"), invoice__state=InvoiceState.ISSUED)
        .order_by()
        .values("gives_back")
        .annotate(given=Sum("amount"))
        .values("given")
    )
    rows = invoice.disbursements.order_by("position").annotate(given=Subquery(given))
    return [(row, row.amount - (row.given or ZERO)) for row in rows]
