"""Alerts of the follow-up: what raises one, and what an advisor does about it (ENT-60)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class SignalKind(models.TextChoices):
    LOW_CASH = "low_cash", _("Trésorerie sous le seuil")
    FALLING_SALES = "falling_sales", _("Ventes en baisse")
    NO_CONTACT = "no_contact", _("Sans contact")
    LATE_PAYERS = "late_payers", _("Clients en retard de paiement")
    CONTRACT_END = "contract_end", _("Contrat qui se termine")


class AlertState(models.TextChoices):
    OPEN = "open", _("À prendre")
    TAKEN = "taken", _("Prise en charge")
    MUTED = "muted", _("En sourdine")
    CLOSED = "closed", _("Close")


_RIGHT = "entrepreneurs.coach"

ALERT_FLOW = Workflow(
    "entrepreneurs.alert",
    [
        Move("take", (AlertState.OPEN, AlertState.MUTED), AlertState.TAKEN, _RIGHT, _("Je m’en occupe")),
        Move("mute", (AlertState.OPEN, AlertState.TAKEN), AlertState.MUTED, _RIGHT, _("Mettre en sourdine")),
        Move(
            "close",
            (AlertState.OPEN, AlertState.TAKEN, AlertState.MUTED),
            AlertState.CLOSED,
            _RIGHT,
            _("Clore"),
        ),
    ],
)

SHAPES: dict[str, tuple[str, str]] = {
    AlertState.OPEN: ("danger", "▲"),
    AlertState.TAKEN: ("info", "■"),
    AlertState.MUTED: ("neutral", "◇"),
    AlertState.CLOSED: ("success", "✔"),
}
