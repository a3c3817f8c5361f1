"""What the acts over years, months and entries by hand are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.ManualEntry.discard": _("Écriture en préparation abandonnée"),
    "accounting.ManualEntry.validate": _("Écriture à la main validée"),
    "accounting.PlannedReversal.drop": _("Contre-passation prévue abandonnée"),
    "accounting.PlannedReversal.perform": _("Contre-passation prévue passée"),
    "accounting.RecurringEntry.end": _("Écriture d’abonnement terminée"),
    "accounting.RecurringEntry.pause": _("Écriture d’abonnement mise en pause"),
    "accounting.RecurringEntry.resume": _("Écriture d’abonnement reprise"),
    "accounting.create_manual": _("Écriture saisie à la main"),
    "accounting.create_model": _("Modèle d’écriture créé"),
    "accounting.create_recurring": _("Écriture d’abonnement créée"),
    "accounting.plan_reversal": _("Contre-passation prévue"),
    "accounting.save_manual": _("Écriture en préparation modifiée"),
    "accounting.save_model": _("Modèle d’écriture modifié"),
    "accounting.skip_recurring_date": _("Date d’une écriture d’abonnement sautée"),
    "accounting.withdraw_model": _("Modèle d’écriture retiré"),
    "accounting.FiscalYear.close": _("Exercice clos"),
    "accounting.Period.close": _("Mois comptable clos"),
    "accounting.Period.lock": _("Mois comptable verrouillé"),
    "accounting.Period.reopen": _("Mois comptable rouvert"),
    "accounting.open_year": _("Exercice ouvert"),
    "accounting.reopen_month": _("Motif de la réouverture d’un mois"),
}
