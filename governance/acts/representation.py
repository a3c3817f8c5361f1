"""What is done to proxies, presence and correspondence, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.attendance.arrival": _("Arrivée notée"),
    "governance.attendance.cancel": _("Ligne de présence annulée"),
    "governance.attendance.connected": _("Connexion à distance notée"),
    "governance.attendance.departure": _("Départ noté"),
    "governance.attendance.disconnected": _("Déconnexion notée"),
    "governance.attendance.print": _("Feuille de présence établie"),
    "governance.correspondence.receive": _("Vote par correspondance reçu"),
    "governance.proxy.give": _("Pouvoir donné"),
    "governance.proxy.instruct": _("Consignes d’un pouvoir modifiées"),
    "governance.proxy.refuse": _("Pouvoir sur papier refusé"),
    "governance.proxy.revoke": _("Pouvoir retiré"),
}
