"""What is done to shares, as the journal says it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "governance.Refund.cancel": _("Demande de remboursement de parts abandonnée"),
    "governance.Refund.give_back": _("Parts rétablies"),
    "governance.Refund.pay": _("Parts remboursées"),
    "governance.Refund.withdraw_shares": _("Parts annulées, à rembourser"),
    "governance.Subscription.cancel": _("Souscription de parts abandonnée"),
    "governance.Subscription.free": _("Parts libérées"),
    "governance.Subscription.reopen": _("Libération de parts rouverte"),
    "governance.Subscription.sign": _("Bulletin de souscription signé"),
    "governance.capital_loss.note": _("Perte supportée par le capital notée"),
    "governance.refund.ask": _("Remboursement de parts demandé"),
    "governance.refund.early": _("Remboursement de parts avancé par décision"),
    "governance.share_class.change": _("Catégorie de parts modifiée"),
    "governance.share_class.open": _("Catégorie de parts ouverte"),
    "governance.share_payment.record": _("Versement sur des parts noté"),
    "governance.share_payment.reverse": _("Versement sur des parts annulé"),
    "governance.shares.enter": _("Parts d’avant le registre entrées"),
    "governance.shares.reverse": _("Mouvement de parts annulé"),
    "governance.shares.transfer": _("Parts cédées"),
    "governance.subscription.prepare": _("Bulletin de souscription préparé"),
}
