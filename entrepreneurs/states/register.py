"""Declarations before hiring: their states and the table of legal moves (ENT-37)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class DeclarationState(models.TextChoices):
    TO_DO = "to_do", _("À faire")
    DONE = "done", _("Faite")
    CANCELLED = "cancelled", _("Sans objet")


DECLARATION_SHAPES: dict[str, tuple[str, str]] = {
    DeclarationState.TO_DO: ("warning", "▲"),
    DeclarationState.DONE: ("success", "✔"),
    DeclarationState.CANCELLED: ("neutral", "■"),
}

_TO_DO, _RIGHT = DeclarationState.TO_DO.value, "entrepreneurs.declare_hiring"

DECLARATION_FLOW = Workflow(
    "entrepreneurs.hiringdeclaration",
    (
        Move("declare", (_TO_DO,), DeclarationState.DONE.value, _RIGHT, _("Noter l’accusé de réception")),
        Move("cancel", (_TO_DO,), DeclarationState.CANCELLED.value, _RIGHT, _("Sans objet")),
    ),
)
