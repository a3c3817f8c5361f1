"""The lines of the statement of an activity, as people name them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Any] = {
    "sales": _("Ventes HT"),
    "costs": _("Charges"),
    "contribution": _("Contribution"),
    "levies": _("Prélèvements propres"),
    "pay": _("Rémunération"),
    "inside": _("Échanges avec d’autres activités"),
    "shares": _("Parts de résultat"),
    "result": _("Résultat"),
    "vat_collected": _("TVA collectée"),
    "vat_waiting": _("TVA en attente d’encaissement"),
    "receivables": _("À encaisser, TTC"),
    "cash": _("Trésorerie"),
}
