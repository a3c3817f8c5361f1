"""The order that a supplier receives, on paper (INV-46)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from cae.core.documents import store_document
from cae.core.errors import IllegalMove
from cae.core.identity import cooperative_on
from cae.core.letters import LANGUAGE
from cae.core.models import Document
from cae.core.pdf import Variant, render_pdf
from invoicing.models import PurchaseOrder

ORDER_FILE = "invoicing.purchase_order_file"
STYLESHEET = "css/pdf/letter.css"
# A piece of the books: kept ten years from the end of its year (C. com. L123-22).
RETENTION_YEARS = 10


def make_order_pdf(order: PurchaseOrder, *, actor: Any) -> Document:
    """Does: draws and keeps the PDF of an approved order, once; a second call finds it. Refuses: an order
    without number. Leaves behind: the document, that the caller names on the order."""
    if order.pdf is not None:
        return order.pdf
    if order.number is None or order.approved_on is None:
        raise IllegalMove(_("Seule une commande approuvée s’imprime."))
    return store_document(
        order_pdf(order, on=order.approved_on),
        kind=ORDER_FILE,
        name=f"{order.number}.pdf".replace("/", "-"),
        mime="application/pdf",
        about=order,
        actor=actor,
        retention_until=date(order.approved_on.year + RETENTION_YEARS, 12, 31),
    )


def archive_order_pdf(order_id: int) -> Document | None:
    """Does: makes the PDF of an approved order that has none yet, whatever happened before. Refuses: nothing.
    Leaves behind: the document named by the order; nothing for a draft."""
    with transaction.atomic():
        row = PurchaseOrder.objects.select_for_update(of=("self",)).get(pk=order_id)
        if row.pdf is None and row.number is not None:
            row.pdf = make_order_pdf(row, actor=row.approved_by)
            row.save(update_fields=["pdf"])
        return row.pdf


def order_pdf(order: PurchaseOrder, *, on: date) -> bytes:
    """The bytes; in French, whoever asks."""
    with translation.override(LANGUAGE):
        context = {
            "title": _("Commande %(number)s") % {"number": order.number},
            "order": order,
            "supplier": order.supplier,
            "activity": order.activity,
            "lines": list(order.lines.all()),
            "house": cooperative_on(on),
        }
        html = render_to_string("pdf/invoicing/purchase_order.html", context)
        return render_pdf(html, stylesheet=STYLESHEET, variant=Variant.ACCESSIBLE_ARCHIVE)
