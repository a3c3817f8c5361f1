"""The catalogue of support: what becomes of what people ask for (ENT-59)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class SupportRequestState(models.TextChoices):
    ASKED = "asked", _("Demandé")
    PLANNED = "planned", _("Prévu")
    GIVEN = "given", _("Reçu")
    DECLINED = "declined", _("Non retenu")


# Somebody still owes an answer, or what was planned.
WAITING = (SupportRequestState.ASKED, SupportRequestState.PLANNED)

_RIGHT = "entrepreneurs.answer_support"

SUPPORT_FLOW = Workflow(
    "entrepreneurs.support_request",
    [
        Move("plan", (SupportRequestState.ASKED,), SupportRequestState.PLANNED, _RIGHT, _("Prévoir")),
        Move("give", WAITING, SupportRequestState.GIVEN, _RIGHT, _("Marquer comme reçu")),
        Move("decline", WAITING, SupportRequestState.DECLINED, _RIGHT, _("Ne pas retenir")),
    ],
)

SHAPES: dict[str, tuple[str, str]] = {
    SupportRequestState.ASKED: ("warning", "◇"),
    SupportRequestState.PLANNED: ("info", "■"),
    SupportRequestState.GIVEN: ("success", "●"),
    SupportRequestState.DECLINED: ("neutral", "✕"),
}
