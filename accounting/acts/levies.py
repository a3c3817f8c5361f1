"""What the acts on levies, trials of a scheme are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.add_levy_term": _("Cas particulier d’un prélèvement enregistré"),
    "accounting.ask_scale_trial": _("Essai de barème demandé"),
    "accounting.create_levy": _("Prélèvement propre ajouté"),
    "accounting.end_levy": _("Prélèvement propre arrêté"),
    "accounting.end_levy_term": _("Cas particulier d’un prélèvement arrêté"),
    "accounting.undo_levy_taking": _("Prélèvement annulé"),
}
