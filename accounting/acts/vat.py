"""What the acts over the VAT statement and the tax calendar are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.VatReturn.prepare": _("Déclaration de TVA arrêtée"),
    "accounting.VatReturn.reopen": _("Préparation d’une déclaration de TVA reprise"),
    "accounting.VatReturn.file": _("Dépôt d’une déclaration de TVA noté"),
    "accounting.VatReturn.undo": _("Dépôt d’une déclaration de TVA annulé"),
    "accounting.TaxDeadline.file": _("Échéance notée déclarée"),
    "accounting.TaxDeadline.pay": _("Échéance notée payée"),
    "accounting.TaxDeadline.drop": _("Échéance sans objet"),
    "accounting.TaxDeadline.reopen": _("Échéance remise à faire"),
    "accounting.add_deadline": _("Échéance ajoutée"),
    "accounting.decide_coefficient": _("Coefficient de déduction décidé"),
    "accounting.follow_deadline": _("Suivi d’une échéance modifié"),
    "accounting.make_deadlines": _("Échéances d’une année créées"),
    "accounting.open_vat_return": _("Déclaration de TVA ouverte"),
    "accounting.pay_vat_return": _("Paiement de TVA noté"),
    "accounting.rule_vat_line": _("Ligne qualifiée pour la TVA"),
    "accounting.self_assess_vat": _("TVA autoliquidée"),
    "accounting.unpay_vat_return": _("Paiement de TVA repris"),
}
