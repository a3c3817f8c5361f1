"""Declares what delivery notes and proforma invoices need when the room starts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cae.core import documents, menu, notices
from cae.core.search import provide_search
from invoicing.selectors.pieces_found import find_pieces
from invoicing.services.delivery_files import DELIVERY_FILE, SCAN_FILE
from invoicing.services.delivery_signing import SIGNED
from invoicing.services.piece_letters import register_piece_mails
from invoicing.services.proformas import PROFORMA_FILE


def register_pieces() -> None:
    """Called once, when models are ready."""
    register_piece_mails()
    notices.register_notice(SIGNED, label=_("Bon de livraison signé"))
    documents.register_document_kind(
        DELIVERY_FILE, right="invoicing.open_delivery_file", label=_("Bon de livraison")
    )
    documents.register_document_kind(
        SCAN_FILE, right="invoicing.open_delivery_file", label=_("Bon de livraison signé sur papier")
    )
    documents.register_document_kind(
        PROFORMA_FILE, right="invoicing.open_proforma_file", label=_("Facture proforma")
    )
    provide_search(find_pieces)
    menu.register_entry(
        group="sales",
        label=_("Bons de livraison"),
        url_name="invoicing:delivery_list",
        right="invoicing.view_deliveries",
        icon="box-seam",
        order=13,
    )
