"""What the acts of suppliers and purchases are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.create_supplier": _("Fournisseur créé"),
    "invoicing.save_supplier": _("Fournisseur modifié"),
    "invoicing.accept_supplier": _("Fournisseur vérifié"),
    "invoicing.archive_supplier": _("Fournisseur archivé"),
    "invoicing.restore_supplier": _("Fournisseur repris"),
    "invoicing.propose_bank": _("Coordonnées bancaires d’un fournisseur proposées"),
    "invoicing.confirm_bank": _("Coordonnées bancaires d’un fournisseur confirmées"),
    "invoicing.reject_bank": _("Coordonnées bancaires d’un fournisseur écartées"),
    "invoicing.create_purchase": _("Achat enregistré"),
    "invoicing.save_purchase": _("Achat modifié"),
    "invoicing.open_read_purchase": _("Achat ouvert d’après un fichier"),
    "invoicing.Purchase.take": _("Achat reconnu par l’activité"),
    "invoicing.Purchase.approve": _("Achat approuvé"),
    "invoicing.Purchase.undo": _("Approbation d’un achat annulée"),
    "invoicing.Purchase.dispute": _("Achat mis en litige"),
    "invoicing.Purchase.resume": _("Litige levé sur un achat"),
    "invoicing.Purchase.refuse": _("Achat refusé"),
    "invoicing.Purchase.order": _("Paiement d’un achat ordonné"),
    "invoicing.Purchase.withdraw": _("Ordre de paiement d’un achat retiré"),
    "invoicing.Purchase.settle": _("Achat payé"),
    "invoicing.Purchase.impute": _("Avoir fournisseur imputé"),
    "invoicing.Purchase.release": _("Avoir fournisseur repris"),
    "invoicing.create_purchase_order": _("Commande fournisseur commencée"),
    "invoicing.save_purchase_order": _("Commande fournisseur modifiée"),
    "invoicing.PurchaseOrder.submit": _("Commande fournisseur envoyée pour approbation"),
    "invoicing.PurchaseOrder.take_back": _("Commande fournisseur reprise pour modification"),
    "invoicing.PurchaseOrder.approve": _("Commande fournisseur approuvée"),
    "invoicing.PurchaseOrder.send": _("Commande envoyée au fournisseur"),
    "invoicing.PurchaseOrder.close": _("Commande fournisseur terminée"),
    "invoicing.PurchaseOrder.cancel": _("Commande fournisseur annulée"),
    "invoicing.receive_delivery": _("Livraison reçue"),
    "invoicing.save_split_key": _("Clé de répartition enregistrée"),
    "invoicing.weigh_split_key": _("Poids d’une clé de répartition changés"),
    "invoicing.archive_split_key": _("Clé de répartition archivée"),
    "invoicing.restore_split_key": _("Clé de répartition reprise"),
}
