"""What is done to the personnel register and to declarations, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.hiringdeclaration.attach": _("Fichier d’une déclaration à l’embauche joint"),
    "entrepreneurs.hiringdeclaration.cancel": _("Déclaration à l’embauche sans objet"),
    "entrepreneurs.hiringdeclaration.declare": _("Déclaration à l’embauche notée"),
    "entrepreneurs.register.complete": _("Registre du personnel complété"),
    "entrepreneurs.register.enter": _("Embauche inscrite au registre"),
    "entrepreneurs.register.leave": _("Sortie inscrite au registre"),
}
