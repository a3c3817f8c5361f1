"""What is done to minutes, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.Assembly.conclude": _("Assemblée conclue, procès-verbal signé"),
    "governance.Minutes.conclude": _("Procès-verbal signé, inscrit au registre"),
    "governance.Minutes.hand_over": _("Procès-verbal donné à signer"),
    "governance.Minutes.take_back": _("Procès-verbal repris"),
    "governance.extract.make": _("Extrait de procès-verbal établi"),
    "governance.minutes.draft": _("Procès-verbal ouvert"),
    "governance.minutes.unsigned": _("Absence de signature notée au procès-verbal"),
    "governance.minutes.write": _("Procès-verbal rédigé"),
}
