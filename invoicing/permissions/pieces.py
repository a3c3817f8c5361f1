"""Who may do what with delivery notes and proforma invoices."""

from __future__ import annotations

from typing import Any

import rules
from django.db.models import Q

from cae.core.models import Document
from invoicing.models import DeliveryNote, Proforma
from invoicing.models.sight import is_in_sight
from invoicing.permissions.sales import reads_sales, sells


@rules.predicate
def sees_piece(user: Any, piece: DeliveryNote | Proforma | None = None) -> bool:
    """Follows the same rule as the lists."""
    return piece is None or is_in_sight(user, piece.activity)


@rules.predicate
def sees_delivery_of_file(user: Any, document: Document | None = None) -> bool:
    """The PDF of a note, signed or not, and the scan of its paper open to those who see it."""
    if document is None:
        return True
    of_file = Q(pdf=document) | Q(signed_pdf=document) | Q(scan=document)
    return DeliveryNote.objects.visible_to(user).filter(of_file).exists()


@rules.predicate
def sees_proforma_of_file(user: Any, document: Document | None = None) -> bool:
    return document is None or Proforma.objects.visible_to(user).filter(pdf=document).exists()


PERMISSIONS: dict[str, rules.Predicate] = {
    "invoicing.view_deliveries": reads_sales,
    "invoicing.view_delivery": reads_sales & sees_piece,
    "invoicing.edit_delivery": sells,
    "invoicing.open_delivery_file": reads_sales & sees_delivery_of_file,
    "invoicing.view_proformas": reads_sales,
    "invoicing.view_proforma": reads_sales & sees_piece,
    "invoicing.make_proforma": sells,
    "invoicing.open_proforma_file": reads_sales & sees_proforma_of_file,
}
