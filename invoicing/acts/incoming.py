"""What the acts of files and mails that come in are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.take_in_file": _("Fichier de fournisseur reçu"),
    "invoicing.assign_incoming_file": _("Fichier reçu rangé dans une activité"),
    "invoicing.IncomingFile.open": _("Achat ouvert d’après un fichier"),
    "invoicing.IncomingFile.give_up": _("Fichier reçu noté à saisir"),
    "invoicing.IncomingFile.attach": _("Fichier reçu rattaché à un achat"),
    "invoicing.IncomingFile.set_aside": _("Fichier reçu mis de côté"),
    "invoicing.IncomingFile.bring_back": _("Fichier reçu repris"),
    "invoicing.make_mail_in_address": _("Adresse de dépôt créée"),
    "invoicing.withdraw_mail_in_address": _("Adresse de dépôt retirée"),
}
