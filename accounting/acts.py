"""What the acts of the room are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
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
