"""What is done in the sitting of an assembly, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.states.assemblies import ASSEMBLY_FLOW

ACTS: dict[str, Any] = {
    f"{ASSEMBLY_FLOW.model}.open": _("Séance ouverte"),
    f"{ASSEMBLY_FLOW.model}.close": _("Séance levée"),
    "governance.assembly.item": _("Point de l’ordre du jour appelé"),
    "governance.assembly.incident": _("Incident de séance noté"),
    "governance.turn.ask": _("Parole demandée"),
    "governance.turn.withdraw": _("Demande de parole retirée"),
    "governance.turn.give": _("Parole donnée"),
    "governance.turn.end": _("Parole reprise"),
}
