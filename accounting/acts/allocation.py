"""What the acts over the allocation of a result are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.ResultAllocation.join": _("Affectation du résultat mise à l’ordre du jour"),
    "accounting.ResultAllocation.pay": _("Affectation du résultat mise en paiement"),
    "accounting.ResultAllocation.post": _("Affectation du résultat passée en écritures"),
    "accounting.ResultAllocation.reconsider": _("Vote de l’affectation du résultat repris"),
    "accounting.ResultAllocation.take_back": _("Affectation du résultat retirée de l’ordre du jour"),
    "accounting.ResultAllocation.undo": _("Affectation du résultat contre-passée"),
    "accounting.ResultAllocation.unpay": _("Paiements de l’affectation du résultat retirés"),
    "accounting.ResultAllocation.vote": _("Affectation du résultat votée"),
    "accounting.correct_allocation": _("Chiffres d’une affectation du résultat corrigés"),
    "accounting.correct_right": _("Droit à la part travail corrigé"),
    "accounting.decide_allocation": _("Parts du résultat choisies"),
    "accounting.pay_allocation_rest": _("Parts du résultat restantes mises en paiement"),
    "accounting.propose_allocation": _("Affectation du résultat proposée"),
    "accounting.read_allocation": _("Livres relus pour l’affectation du résultat"),
}
