"""What the acts of the check of claims and mileage are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.record_trip": _("Trajet ajouté"),
    "invoicing.save_trip": _("Trajet modifié"),
    "invoicing.remove_trip": _("Trajet retiré"),
    "invoicing.regularise_mileage": _("Régularisation kilométrique ajoutée"),
    "invoicing.keep_favourite_trip": _("Trajet favori gardé"),
    "invoicing.drop_favourite_trip": _("Trajet favori retiré"),
    "invoicing.add_vehicle": _("Véhicule ajouté"),
    "invoicing.save_vehicle": _("Véhicule modifié"),
    "invoicing.archive_vehicle": _("Véhicule rangé"),
    "invoicing.restore_vehicle": _("Véhicule repris"),
    "invoicing.add_mileage_scale": _("Barème kilométrique ajouté"),
    "invoicing.ExpenseClaim.correct": _("Correction d’une note de frais demandée"),
    "invoicing.ExpenseClaim.approve": _("Note de frais approuvée"),
    "invoicing.ExpenseClaim.order": _("Remboursement prévu"),
    "invoicing.ExpenseClaim.reverse": _("Approbation d’une note de frais annulée"),
    "invoicing.ExpenseClaim.settle": _("Note de frais soldée"),
    "invoicing.decide_line": _("Dépense contrôlée"),
    "invoicing.waive_refund": _("Remboursement abandonné"),
    "invoicing.ask_advance": _("Avance sur frais demandée"),
    "invoicing.ExpenseAdvance.grant": _("Avance sur frais accordée"),
    "invoicing.ExpenseAdvance.refuse": _("Avance sur frais refusée"),
    "invoicing.ExpenseAdvance.give": _("Avance sur frais versée"),
    "invoicing.ExpenseAdvance.settle": _("Avance sur frais soldée"),
    "invoicing.ExpenseAdvance.reopen": _("Avance sur frais rouverte"),
    "invoicing.return_advance": _("Reste d’une avance rendu"),
    "invoicing.recharge_expenses": _("Frais ajoutés à une facture"),
    "invoicing.undo_recharge": _("Frais retirés d’une facture"),
}
