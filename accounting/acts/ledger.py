"""What the acts over years, months and entries by hand are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.FiscalYear.close": _("Exercice clos"),
    "accounting.Period.close": _("Mois comptable clos"),
    "accounting.Period.lock": _("Mois comptable verrouillé"),
    "accounting.Period.reopen": _("Mois comptable rouvert"),
    "accounting.open_year": _("Exercice ouvert"),
    "accounting.reopen_month": _("Motif de la réouverture d’un mois"),
}
