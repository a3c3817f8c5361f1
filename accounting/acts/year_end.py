"""What the acts over closing of a year and allocation of the result are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.StatementAgreement.replace": _("Relevé annuel remplacé"),
    "accounting.StatementAgreement.sign": _("Relevé annuel accepté"),
    "accounting.YearClosing.carry": _("Résultat d’un exercice porté"),
    "accounting.YearClosing.prepare": _("Clôture d’exercice prête"),
    "accounting.YearClosing.resume": _("Préparation de la clôture d’exercice reprise"),
    "accounting.YearClosing.undo": _("Résultat d’un exercice repris"),
    "accounting.declare_accrual": _("Régularisation de fin d’exercice passée"),
    "accounting.remind_statement": _("Relevé annuel relancé"),
    "accounting.send_statement": _("Relevé annuel envoyé"),
    "accounting.carry_result": _("Charges et produits d’un exercice portés au résultat"),
    "accounting.undo_result": _("Clôture des charges et des produits défaite"),
}
