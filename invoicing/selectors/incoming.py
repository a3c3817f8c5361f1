"""Reads the files that came in: who sees them, which purchase each opened, whose they may be."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cae.core import audit
from cae.core.models import Document
from entrepreneurs.models import Activity
from invoicing.engines.incoming import ReadInvoice
from invoicing.models import IncomingFile, Purchase, PurchaseOrder
from invoicing.models.incoming import IncomingFileQuerySet
from invoicing.selectors.routing import activity_of_address


def files_seen(user: Any) -> IncomingFileQuerySet:
    """The tray of a person, each file with the purchase that it opened."""
    opened = Purchase.objects.filter(document=OuterRef("document"))
    return (
        IncomingFile.objects.visible_to(user)
        .select_related("activity")
        .annotate(purchase_id=Subquery(opened.values("pk")[:1]))
    )


def purchase_of(file: IncomingFile) -> Purchase | None:
    return Purchase.objects.filter(document=file.document_id).select_related("supplier").first()


def attachments_of(file: IncomingFile) -> QuerySet[Document]:
    """The files that travelled inside this one."""
    return Document.objects.filter(**audit.about(file)).order_by("pk")


def first_seen(user: Any, file: IncomingFile) -> IncomingFile | None:
    """The file that this one repeats, if the person may see it."""
    if file.same_as_id is None:
        return None
    return IncomingFile.objects.visible_to(user).filter(pk=file.same_as_id).first()


def activity_named(invoice: ReadInvoice) -> Activity | None:
    """The activity that an invoice names: by the address of its buyer, else by the number of our order."""
    found = activity_of_address(invoice.buyer.electronic_address, on=timezone.localdate())
    if found is not None or not invoice.order_reference:
        return found
    order = PurchaseOrder.objects.filter(number__iexact=invoice.order_reference.strip())
    row = order.select_related("activity").first()
    return row.activity if row else None
