"""What was given up of an invoice, and taken back (INV-43)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from cae.core.questions import Given, Question
from invoicing.models import Invoice, WriteOff


def standing_loss_of(invoice: Invoice) -> WriteOff | None:
    """The loss of an invoice that was not taken back."""
    return _STANDING.first(invoice=invoice.pk)


def _standing() -> QuerySet[WriteOff]:
    back = WriteOff.objects.filter(reverses=OuterRef("pk"))
    rows = WriteOff.objects.filter(invoice=Given("invoice"), reverses=None).exclude(Exists(back))
    return rows.select_related("proof", "entry__journal", "created_by__person")


_STANDING = Question(_standing)
