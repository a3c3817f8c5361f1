"""What the acts of joint and internal sales are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "invoicing.share_quote": _("Répartition du devis changée"),
    "invoicing.ask_agreements": _("Accords demandés sur le devis"),
    "invoicing.agree_share": _("Accord donné sur le devis"),
    "invoicing.withdraw_agreement": _("Accord repris sur le devis"),
    "invoicing.create_internal": _("Vente interne commencée"),
    "invoicing.save_internal": _("Vente interne modifiée"),
    "invoicing.InternalSale.offer": _("Devis interne proposé"),
    "invoicing.InternalSale.take_back": _("Devis interne repris"),
    "invoicing.InternalSale.accept": _("Devis interne accepté"),
    "invoicing.InternalSale.decline": _("Devis interne refusé"),
    "invoicing.InternalSale.invoice": _("Facture interne faite"),
    "invoicing.InternalSale.discard": _("Vente interne abandonnée"),
    "invoicing.credit_internal": _("Avoir interne fait"),
}
