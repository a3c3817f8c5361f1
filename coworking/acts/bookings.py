"""What is done to bookings, those who wait and series, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "coworking.Booking.approve": _("Réservation validée"),
    "coworking.Booking.arrive": _("Arrivée pour une réservation"),
    "coworking.Booking.cancel": _("Réservation annulée"),
    "coworking.Booking.end": _("Réservation terminée"),
    "coworking.Booking.miss": _("Réservation non honorée"),
    "coworking.Booking.refuse": _("Réservation refusée"),
    "coworking.booking.book": _("Réservation prise"),
    "coworking.booking.guest": _("Invité·e annoncé·e"),
    "coworking.booking.guest_off": _("Invité·e retiré·e"),
    "coworking.booking.move": _("Réservation déplacée"),
    "coworking.booking.recount": _("Prix d’une réservation compté de nouveau"),
    "coworking.hire.ask": _("Location demandée"),
    "coworking.hire.quote": _("Location répondue par un devis"),
    "coworking.rule.set": _("Règle de réservation enregistrée"),
    "coworking.rule.remove": _("Règle de réservation retirée"),
    "coworking.series.book": _("Série réservée"),
    "coworking.series.confirm": _("Série confirmée"),
    "coworking.waiting.join": _("Mise en file d’attente"),
    "coworking.waiting.lapse": _("Proposition expirée"),
    "coworking.waiting.leave": _("Sortie de la file d’attente"),
    "coworking.waiting.offer": _("Place proposée à qui attend"),
    "coworking.waiting.take": _("Place proposée prise"),
}
