"""Deposit slips: what they hold, what becomes of them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

DEPOSIT_SERIES = "deposit_slip"


class DepositKind(TextChoices):
    CHEQUES = "cheques", _("Chèques")
    CASH = "cash", _("Espèces")


class DepositState(TextChoices):
    PREPARED = "prepared", _("Préparé")
    DEPOSITED = "deposited", _("Remis à la banque")
    CREDITED = "credited", _("Crédité")
    CANCELLED = "cancelled", _("Annulé")


# How each state is drawn: its tone and its sign.
DEPOSIT_SHAPES: dict[str, tuple[str, str]] = {
    DepositState.PREPARED: ("warning", "▲"),
    DepositState.DEPOSITED: ("info", "●"),
    DepositState.CREDITED: ("success", "✔"),
    DepositState.CANCELLED: ("neutral", "✕"),
}

_P, _D = DepositState.PREPARED.value, DepositState.DEPOSITED.value
_RIGHT = "accounting.prepare_deposits"
DEPOSIT_FLOW = Workflow(
    "accounting.DepositSlip",
    (
        Move("deposit", (_P,), _D, _RIGHT, _("Noter remis")),
        Move("credit", (_D,), DepositState.CREDITED.value, _RIGHT, _("Noter crédité")),
        Move("take_back", (DepositState.CREDITED.value,), _D, _RIGHT, _("Reprendre le crédit")),
        Move("cancel", (_P,), DepositState.CANCELLED.value, _RIGHT, _("Annuler le bordereau")),
    ),
)
