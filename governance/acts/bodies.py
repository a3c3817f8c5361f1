"""What is done to bodies, mandates and decisions, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.decision.note": _("Décision de l’assemblée inscrite au livre"),
    "governance.decision.undo": _("Décision retirée après correction du résultat"),
    "governance.decision.write": _("Décision inscrite au livre"),
    "governance.decision.change": _("Décision modifiée"),
    "governance.Decision.finish": _("Décision faite"),
    "governance.Decision.drop": _("Décision abandonnée"),
    "governance.Decision.settle": _("Décision sans suite à donner"),
    "governance.Decision.reopen": _("Décision reprise"),
}
