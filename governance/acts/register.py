"""What is done to the register of associates, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.Admission.admit": _("Associé·e admis·e"),
    "governance.Admission.put_to_vote": _("Demande de sociétariat mise au vote"),
    "governance.Admission.refuse": _("Demande de sociétariat refusée"),
    "governance.Admission.submit": _("Demande de sociétariat envoyée"),
    "governance.Admission.withdraw": _("Demande de sociétariat retirée"),
    "governance.admission.open": _("Demande de sociétariat ouverte"),
    "governance.admission.opinion": _("Avis donné sur une demande de sociétariat"),
    "governance.admission.save": _("Demande de sociétariat modifiée"),
    "governance.associate.category": _("Catégorie d’un·e associé·e changée"),
    "governance.associate.enter": _("Associé·e inscrit·e au registre"),
    "governance.associate.lose": _("Perte de la qualité d’associé·e notée"),
    "governance.associate.represent": _("Représentant·e d’une personne morale nommé·e"),
    "governance.associate.restore": _("Perte de la qualité d’associé·e annulée"),
    "governance.associate.unrepresent": _("Fin de la représentation d’une personne morale"),
    "governance.college.save": _("Collège enregistré"),
    "governance.register.certify": _("Registre des associé·es certifié"),
    "governance.rights.notice": _("Mise en demeure d’un·e associé·e"),
    "governance.rights.return": _("Droit de vote rendu"),
    "governance.rights.suspension": _("Droit de vote suspendu"),
}
