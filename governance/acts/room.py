"""What is done in the sitting of an assembly, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.Assembly.open": _("Séance ouverte"),
    "governance.Assembly.close": _("Séance levée"),
    "governance.assembly.item": _("Point de l’ordre du jour appelé"),
    "governance.assembly.incident": _("Incident de séance noté"),
    "governance.turn.ask": _("Parole demandée"),
    "governance.turn.withdraw": _("Demande de parole retirée"),
    "governance.turn.give": _("Parole donnée"),
    "governance.turn.end": _("Parole reprise"),
}
