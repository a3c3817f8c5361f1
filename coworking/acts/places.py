"""What the acts on places, their hours and what is booked there are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "coworking.Fault.repair": _("Panne réparée"),
    "coworking.Fault.take": _("Panne prise en charge"),
    "coworking.agreement.change": _("Convention d’accueil modifiée"),
    "coworking.agreement.sign": _("Convention d’accueil inscrite"),
    "coworking.clearance.end": _("Habilitation finie"),
    "coworking.clearance.give": _("Habilitation donnée"),
    "coworking.fault.tell": _("Panne signalée"),
    "coworking.photo.add": _("Photo d’un lieu ajoutée"),
    "coworking.photo.first": _("Première photo d’un lieu choisie"),
    "coworking.photo.remove": _("Photo d’un lieu retirée"),
    "coworking.Place.close": _("Lieu fermé"),
    "coworking.Place.open": _("Lieu ouvert"),
    "coworking.closure.lift": _("Fermeture levée"),
    "coworking.closure.set": _("Fermeture inscrite"),
    "coworking.place.change": _("Lieu modifié"),
    "coworking.place.closing": _("Dernier jour d’un lieu noté"),
    "coworking.place.enter": _("Lieu inscrit"),
    "coworking.place.key": _("Clé d’un lieu changée"),
    "coworking.place.opening": _("Premier jour d’un lieu noté"),
    "coworking.resource.add": _("Ressource ajoutée"),
    "coworking.resource.bring_back": _("Ressource remise en service"),
    "coworking.resource.change": _("Ressource modifiée"),
    "coworking.resource.withdraw": _("Ressource retirée"),
    "coworking.tariff.set": _("Tarif fixé"),
    "coworking.unit.add": _("Unités ajoutées"),
    "coworking.unit.bring_back": _("Unité remise en service"),
    "coworking.unit.withdraw": _("Unité retirée"),
    "coworking.week.set": _("Horaires fixés"),
}
