"""Leaving the cooperative: reasons, what is to be settled before, and the table of legal moves (ENT-39)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

KIND_LIST = "entrepreneurs.exit_kind"
KINDS = (
    ("own_firm", _("Crée sa propre entreprise")),
    ("other_cooperative", _("Rejoint une autre coopérative")),
    ("job", _("Prend un emploi")),
    ("training", _("Entre en formation")),
    ("retirement", _("Part à la retraite")),
    ("stop", _("Arrête l’activité")),
    ("not_associate", _("N’entre pas au sociétariat dans le délai")),
    ("cooperative", _("À l’initiative de la coopérative")),
    ("death", _("Décès")),
    ("other", _("Autre raison")),
)


class ExitState(models.TextChoices):
    PREPARED = "prepared", _("En préparation")
    CLOSED = "closed", _("Sortie faite")
    CANCELLED = "cancelled", _("Abandonnée")


class Choice(models.TextChoices):
    """What the person says when asked whether to stay."""

    UNDECIDED = "undecided", _("Hésite encore")
    LEAVES = "leaves", _("Part")
    STAYS = "stays", _("Reste")


@dataclass(frozen=True)
class Step:
    """One thing to settle: its words, and the fact that counts what is left of it, if one does."""

    code: str
    label: Any
    help: Any = ""
    # The figure of each activity of the person (`core.facts`).
    fact: str = ""


STEPS: tuple[Step, ...] = (
    Step("invoices", _("Factures impayées encaissées ou passées en perte"), fact="activity.receivable"),
    Step("stock", _("Stock vendu, repris ou passé en perte")),
    Step("balance", _("Solde de l’activité versé, ou facturé s’il est négatif"), fact="activity.cash"),
    Step("handover", _("Clients et chiffres remis à la personne")),
    Step("insurance", _("Assurance et garanties en cours réglées")),
    Step("keys", _("Clés, badges et matériel rendus")),
    Step("shares", _("Parts sociales : remboursement demandé ou maintien décidé")),
    Step(
        "papers",
        _("Papiers de fin de contrat remis"),
        _("Certificat de travail, solde de tout compte, attestation."),
    ),
)
STEP_CODES: tuple[str, ...] = tuple(step.code for step in STEPS)

EXIT_SHAPES: dict[str, tuple[str, str]] = {
    ExitState.PREPARED: ("warning", "▲"),
    ExitState.CLOSED: ("neutral", "■"),
    ExitState.CANCELLED: ("neutral", "✕"),
}

_PREPARED, _RIGHT = ExitState.PREPARED.value, "entrepreneurs.write_exit"

EXIT_FLOW = Workflow(
    "entrepreneurs.exit",
    (
        Move("close", (_PREPARED,), ExitState.CLOSED.value, _RIGHT, _("Faire la sortie")),
        Move("cancel", (_PREPARED,), ExitState.CANCELLED.value, _RIGHT, _("Abandonner la sortie")),
    ),
)
