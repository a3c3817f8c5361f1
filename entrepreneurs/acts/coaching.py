"""What is done about coaching, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "entrepreneurs.meeting.book": _("Rendez-vous pris"),
    "entrepreneurs.meeting.cancel": _("Rendez-vous annulé"),
    "entrepreneurs.meeting.hold": _("Rendez-vous tenu"),
    "entrepreneurs.meeting.miss": _("Absence à un rendez-vous notée"),
    "entrepreneurs.meeting.move": _("Rendez-vous déplacé"),
    "entrepreneurs.referent.end": _("Contact dans l’équipe terminé"),
    "entrepreneurs.referent.name": _("Contact dans l’équipe désigné"),
    "entrepreneurs.slots.close": _("Jours sans rendez-vous posés"),
    "entrepreneurs.slots.offer": _("Plage de rendez-vous ouverte"),
    "entrepreneurs.slots.reopen": _("Jours sans rendez-vous levés"),
    "entrepreneurs.slots.stop": _("Plage de rendez-vous terminée"),
}
