"""What the acts of the room are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.PaymentBatch.cancel": _("Lot de virements annulé"),
    "accounting.PaymentBatch.close": _("Lot de virements terminé"),
    "accounting.PaymentBatch.release": _("Lot de virements validé"),
    "accounting.PaymentOrder.batch": _("Ordre de paiement mis en lot"),
    "accounting.PaymentOrder.correct": _("Coordonnées d’un ordre de paiement corrigées"),
    "accounting.PaymentOrder.give_back": _("Ordre de paiement sorti d’un lot"),
    "accounting.PaymentOrder.reject": _("Ordre de paiement rejeté par la banque"),
    "accounting.PaymentOrder.settle": _("Ordre de paiement noté payé"),
    "accounting.PaymentOrder.withdraw": _("Ordre de paiement retiré"),
    "accounting.clear_hold": _("Retenue d’un ordre de paiement levée"),
    "accounting.plan_payment": _("Ordre de paiement prévu"),
    "accounting.prepare_batch": _("Lot de virements préparé"),
    "accounting.add_account": _("Compte ajouté au plan"),
    "accounting.assign_scale": _("Barème affecté"),
    "accounting.change_account": _("Compte du plan modifié"),
    "accounting.close_contribution_year": _("Année de contribution close"),
    "accounting.end_exemption": _("Exonération arrêtée"),
    "accounting.grant_exemption": _("Exonération accordée"),
    "accounting.reverse_contribution": _("Contribution annulée"),
    "accounting.run_month": _("Contribution du mois calculée"),
    "accounting.take_advance": _("Avance de contribution prélevée"),
    "accounting.check_books": _("Livres contrôlés"),
    "accounting.create_scale": _("Barème voté"),
    "accounting.open_section": _("Section analytique ouverte"),
    "accounting.share_result": _("Résultat d’un collectif réparti"),
    "accounting.undo_sharing": _("Répartition de résultat annulée"),
    "accounting.reverse_entry": _("Écriture contre-passée"),
}
