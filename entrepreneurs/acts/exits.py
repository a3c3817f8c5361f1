"""What is done to departures, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.exit.cancel": _("Sortie abandonnée"),
    "entrepreneurs.exit.change": _("Sortie modifiée"),
    "entrepreneurs.exit.close": _("Sortie faite"),
    "entrepreneurs.exit.follow_up": _("Nouvelles demandées après une sortie"),
    "entrepreneurs.exit.hand_over": _("Suivi confié à un·e collègue"),
    "entrepreneurs.exit.open": _("Sortie ouverte"),
    "entrepreneurs.exit.settle": _("Étape de sortie réglée"),
    "entrepreneurs.exit.unsettle": _("Étape de sortie rouverte"),
}
