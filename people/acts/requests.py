"""What is done to requests to the staff, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "people.request.answer": _("Demande : réponse donnée"),
    "people.request.ask": _("Demande : précision demandée"),
    "people.request.assign": _("Demande confiée à quelqu’un"),
    "people.request.close": _("Demande close"),
    "people.request.hand_over": _("Demande passée à un autre service"),
    "people.request.release": _("Demande laissée à l’équipe"),
    "people.request.reopen": _("Demande rouverte"),
    "people.request.send": _("Demande envoyée à l’équipe"),
    "people.request.specify": _("Demande précisée"),
    "people.request.take": _("Demande prise en charge"),
    "people.request.useful": _("Réponse marquée utile à tous"),
}
