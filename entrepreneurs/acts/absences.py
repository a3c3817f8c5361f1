"""What is done to absences, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.absence.approve": _("Absence acceptée"),
    "entrepreneurs.absence.ask": _("Absence demandée"),
    "entrepreneurs.absence.cancel": _("Absence annulée"),
    "entrepreneurs.absence.refuse": _("Absence refusée"),
}
