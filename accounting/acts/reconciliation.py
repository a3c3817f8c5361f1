"""What the acts over deposit slips are called in the journal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

ACTS: dict[str, Any] = {
    "accounting.DepositSlip.cancel": _("Bordereau de remise annulé"),
    "accounting.DepositSlip.credit": _("Bordereau de remise noté crédité"),
    "accounting.DepositSlip.deposit": _("Bordereau de remise noté remis"),
    "accounting.DepositSlip.take_back": _("Bordereau de remise remis en attente de crédit"),
    "accounting.prepare_deposit": _("Bordereau de remise préparé"),
    "accounting.take_back_credit": _("Crédit d’un bordereau de remise repris"),
}
