"""What the acts on grants and earmarked funds are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.Fund.award": _("Subvention attribuée"),
    "accounting.Fund.close": _("Subvention soldée"),
    "accounting.Fund.give_up": _("Subvention abandonnée"),
    "accounting.Fund.refuse": _("Subvention refusée"),
    "accounting.Fund.start": _("Dépenses d’une subvention ouvertes"),
    "accounting.add_duty": _("Obligation envers un financeur ajoutée"),
    "accounting.add_instalment": _("Versement de subvention attendu"),
    "accounting.amend_fund": _("Subvention changée par avenant"),
    "accounting.change_fund": _("Demande de subvention corrigée"),
    "accounting.count_spending": _("Dépense comptée sur une subvention"),
    "accounting.create_fund": _("Demande de subvention enregistrée"),
    "accounting.defer_rest": _("Produit de subvention différé"),
    "accounting.do_duty": _("Obligation envers un financeur remplie"),
    "accounting.receive_instalment": _("Versement de subvention reçu"),
    "accounting.remove_duty": _("Obligation envers un financeur retirée"),
    "accounting.remove_instalment": _("Versement de subvention retiré"),
    "accounting.undo_spending": _("Dépense retirée d’une subvention"),
}
