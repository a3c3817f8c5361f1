"""What the acts on the day of a place: who is here, visitors, use are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "coworking.alert.give_back": _("Alerte rendue à l’équipe"),
    "coworking.alert.put_aside": _("Alerte mise de côté"),
    "coworking.alert.take": _("Alerte prise en charge"),
    "coworking.presence.arrive": _("Arrivée dans un lieu notée"),
    "coworking.presence.back": _("Retour dans un lieu noté"),
    "coworking.presence.leave": _("Départ d’un lieu noté"),
    "coworking.visitor.announce": _("Visite annoncée"),
    "coworking.visitor.cancel": _("Visite annulée"),
    "coworking.visitor.erase": _("Noms de visiteurs effacés"),
    "coworking.visitor.greet": _("Visite accueillie"),
    "coworking.visitor.leave": _("Fin d’une visite notée"),
}
