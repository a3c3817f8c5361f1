"""What is done to bodies, mandates and decisions, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.Decision.drop": _("Décision abandonnée"),
    "governance.Decision.finish": _("Décision faite"),
    "governance.Decision.reopen": _("Décision reprise"),
    "governance.Decision.settle": _("Décision sans suite à donner"),
    "governance.body.change": _("Organe modifié"),
    "governance.body.close": _("Organe mis hors service"),
    "governance.body.open": _("Organe inscrit"),
    "governance.body.reopen": _("Organe remis en service"),
    "governance.decision.change": _("Décision modifiée"),
    "governance.decision.note": _("Décision de l’assemblée inscrite au livre"),
    "governance.decision.undo": _("Décision retirée après correction du résultat"),
    "governance.decision.write": _("Décision inscrite au livre"),
    "governance.mandate.change": _("Mandat modifié"),
    "governance.mandate.end": _("Mandat fini"),
    "governance.mandate.open": _("Mandat ouvert"),
    "governance.mandate.resume": _("Fin de mandat annulée"),
}
