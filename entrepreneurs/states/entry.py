"""The entry checklist: its lines, who has the ball, and the fact that ticks a line by itself (ENT-20)."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """What the decision to accept creates: an activity, or a place in a collective (ENT-03)."""

    ACTIVITY = "activity", _("Avec une activité")
    COLLECTIVE = "collective", _("Dans un collectif")


class Ball(models.TextChoices):
    """Who has the ball."""

    PERSON = "person", _("La personne")
    ADVISOR = "advisor", _("L’accompagnateur·rice")
    HUMAN_RESOURCES = "human_resources", _("Les ressources humaines")
    ACCOUNTANT = "accountant", _("La comptabilité")


class EntryFact(models.TextChoices):
    """What the records show by themselves; without one, a hand ticks the line."""

    CONTRACT_SIGNED = "contract_signed", _("contrat signé")
    ACCOUNT_OPEN = "account_open", _("compte ouvert")
    BANK_DETAILS = "bank_details", _("relevé d’identité bancaire accepté")
    PAPERS_SETTLED = "papers_settled", _("tous les documents acceptés")
    COVERED = "covered", _("assurance en cours")
    ACTIVITY_OPEN = "activity_open", _("activité ouverte")
    COACH_NAMED = "coach_named", _("accompagnement désigné")
    NONE = "", _("aucun")


@dataclass(frozen=True)
class EntryLineKind:
    """One line that a checklist may hold."""

    code: str
    label: Any
    ball: Ball
    fact: EntryFact = EntryFact.NONE


ENTRY_LINES = (
    EntryLineKind("agreement", _("Convention ou contrat signé"), Ball.PERSON, EntryFact.CONTRACT_SIGNED),
    EntryLineKind("coach", _("Accompagnement désigné"), Ball.HUMAN_RESOURCES, EntryFact.COACH_NAMED),
    EntryLineKind("account", _("Compte Alvéole ouvert"), Ball.PERSON, EntryFact.ACCOUNT_OPEN),
    EntryLineKind("bank_details", _("Coordonnées bancaires"), Ball.PERSON, EntryFact.BANK_DETAILS),
    EntryLineKind("papers", _("Documents demandés"), Ball.PERSON, EntryFact.PAPERS_SETTLED),
    EntryLineKind("insurance", _("Assurance en cours"), Ball.ADVISOR, EntryFact.COVERED),
    EntryLineKind(
        "trade_name", _("Nom commercial et activité ouverte"), Ball.ADVISOR, EntryFact.ACTIVITY_OPEN
    ),
    EntryLineKind("analytic", _("Section analytique ouverte"), Ball.ACCOUNTANT, EntryFact.ACTIVITY_OPEN),
    EntryLineKind("welcome_days", _("Journées d’accueil suivies"), Ball.PERSON),
    EntryLineKind("declaration", _("Déclaration d’embauche ou d’entrée faite"), Ball.HUMAN_RESOURCES),
)
LINES_OF = {line.code: line for line in ENTRY_LINES}

# What each kind of entry asks until the cooperative decides otherwise.
FIRST_LINES = {
    EntryKind.ACTIVITY: tuple(line.code for line in ENTRY_LINES),
    EntryKind.COLLECTIVE: tuple(
        line.code for line in ENTRY_LINES if line.code not in ("trade_name", "analytic")
    ),
}


def lines_setting(kind: str) -> str:
    """The code of the dated parameter that lists the lines of a kind of entry."""
    return f"entrepreneurs.entry_lines_{kind}"
