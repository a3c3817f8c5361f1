"""What is done to statuses, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.status.correct": _("Statut corrigé"),
    "people.status.end": _("Statut arrêté"),
    "people.status.open": _("Statut noté"),
    "people.status.prolong": _("Statut prolongé"),
    "people.status.withdraw": _("Statut retiré"),
}
