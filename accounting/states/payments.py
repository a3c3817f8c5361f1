"""States and moves of payment orders and of their lots."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cae.core.workflow import Move, Workflow


class OrderState(TextChoices):
    """« Retenu » is computed from the cash of the day; it is never stored."""

    PLANNED = "planned", _("À payer")
    BATCHED = "batched", _("En lot")
    SETTLED = "settled", pgettext_lazy("payment order", "Payé")
    REJECTED = "rejected", _("Rejeté par la banque")
    WITHDRAWN = "withdrawn", _("Retiré")


class BatchState(TextChoices):
    PREPARED = "prepared", _("À valider")
    RELEASED = "released", _("Validé, à exécuter")
    DONE = "done", _("Terminé")
    CANCELLED = "cancelled", _("Annulé")


class LineState(TextChoices):
    """What became of an order in a lot."""

    PENDING = "pending", _("En cours")
    SETTLED = "settled", pgettext_lazy("payment order", "Payé")
    REJECTED = "rejected", _("Rejeté par la banque")
    DROPPED = "dropped", _("Sorti du lot")


# How each state is drawn: its tone and its sign.
ORDER_SHAPES: dict[str, tuple[str, str]] = {
    OrderState.PLANNED: ("info", "●"),
    OrderState.BATCHED: ("neutral", "◇"),
    OrderState.SETTLED: ("success", "✔"),
    OrderState.REJECTED: ("danger", "✕"),
    OrderState.WITHDRAWN: ("neutral", "✕"),
}
BATCH_SHAPES: dict[str, tuple[str, str]] = {
    BatchState.PREPARED: ("warning", "▲"),
    BatchState.RELEASED: ("info", "●"),
    BatchState.DONE: ("success", "✔"),
    BatchState.CANCELLED: ("neutral", "✕"),
}
LINE_SHAPES: dict[str, tuple[str, str]] = {
    LineState.PENDING: ("info", "●"),
    LineState.SETTLED: ("success", "✔"),
    LineState.REJECTED: ("danger", "✕"),
    LineState.DROPPED: ("neutral", "✕"),
}

_P, _B, _R = OrderState.PLANNED.value, OrderState.BATCHED.value, OrderState.REJECTED.value
_PREPARE, _RELEASE = "accounting.prepare_payments", "accounting.release_payments"
ORDER_FLOW = Workflow(
    "accounting.PaymentOrder",
    (
        Move("batch", (_P,), _B, _PREPARE, _("Mettre en lot")),
        Move("give_back", (_B,), _P, _PREPARE, _("Sortir du lot")),
        Move("settle", (_B,), OrderState.SETTLED.value, _PREPARE, _("Noter payé")),
        Move("reject", (_B,), _R, _PREPARE, _("Noter un rejet")),
        Move("correct", (_R,), _P, _PREPARE, _("Corriger les coordonnées")),
        Move("withdraw", (_P, _B, _R), OrderState.WITHDRAWN.value, _PREPARE, _("Retirer")),
    ),
)
BATCH_FLOW = Workflow(
    "accounting.PaymentBatch",
    (
        Move(
            "release", (BatchState.PREPARED.value,), BatchState.RELEASED.value, _RELEASE, _("Valider le lot")
        ),
        Move(
            "cancel", (BatchState.PREPARED.value,), BatchState.CANCELLED.value, _PREPARE, _("Annuler le lot")
        ),
        Move("close", (BatchState.RELEASED.value,), BatchState.DONE.value, _PREPARE, _("Noter exécuté")),
    ),
)
