"""What the acts of the exchange with an approved platform are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.note_status": _("Statut de facture électronique"),
    "invoicing.send_exchange_again": _("Message remis en envoi"),
    "invoicing.set_exchange_aside": _("Message d’échange classé"),
    "invoicing.mark_deposited": _("Fichier déposé à la main"),
    "invoicing.take_exchange_again": _("Message reçu repris"),
    "invoicing.give_routing_address": _("Adresse de facturation électronique donnée"),
    "invoicing.save_sender": _("Expéditeur choisi"),
    "invoicing.ask_reply_address": _("Adresse de réponse à confirmer"),
    "invoicing.confirm_reply_address": _("Adresse de réponse confirmée"),
    "invoicing.disown_reply_address": _("Adresse de réponse refusée par son titulaire"),
}
