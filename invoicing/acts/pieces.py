"""What the acts of delivery notes and proforma invoices are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.create_delivery": _("Bon de livraison commencé"),
    "invoicing.save_delivery": _("Bon de livraison modifié"),
    "invoicing.DeliveryNote.issue": _("Bon de livraison émis"),
    "invoicing.DeliveryNote.sign": _("Bon de livraison signé"),
    "invoicing.DeliveryNote.cancel": _("Bon de livraison annulé"),
    "invoicing.make_proforma": _("Facture proforma établie"),
    "invoicing.send_piece": _("Pièce envoyée au client"),
    "invoicing.copy_piece_link": _("Lien d’une pièce copié"),
}
