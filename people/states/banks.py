"""Where a person is paid: what they ask, what another person confirms."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class BankState(models.TextChoices):
    PROPOSED = "proposed", _("À confirmer")
    CONFIRMED = "confirmed", _("En vigueur")
    REFUSED = "refused", _("Refusées")
    REPLACED = "replaced", _("Remplacées")


BANK_SHAPES: dict[str, tuple[str, str]] = {
    BankState.PROPOSED: ("warning", "▲"),
    BankState.CONFIRMED: ("success", "✔"),
    BankState.REFUSED: ("danger", "✕"),
    BankState.REPLACED: ("neutral", "◇"),
}

_P, _C = BankState.PROPOSED.value, BankState.CONFIRMED.value
_CONFIRM = "people.confirm_bank"
BANK_FLOW = Workflow(
    "people.PersonBank",
    (
        Move("confirm", (_P,), _C, _CONFIRM, _("Confirmer")),
        Move("refuse", (_P,), BankState.REFUSED.value, _CONFIRM, _("Refuser")),
        # By other details, once they are confirmed; by a second proposal while the first waits.
        Move("replace", (_P, _C), BankState.REPLACED.value, _CONFIRM, _("Remplacer")),
    ),
)
