"""Yearly interviews: their eight headings (domain.md §3.5), their states, who signs in which order."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The purposes of the two signatures.
ADVISOR_SIGNS = "entrepreneurs.interview.advisor"
PERSON_SIGNS = "entrepreneurs.interview.person"


class InterviewHeading(models.TextChoices):
    """What an interview goes through, in this order."""

    REVIEW = "review", _("Bilan de l’activité, objectifs atteints ou non")
    EVOLUTION = "evolution", _("Évolution prévisible")
    OBJECTIVES = "objectives", _("Nouveaux objectifs et activité minimale")
    NEEDS = "needs", _("Besoins d’accompagnement et de formation")
    ACTIONS = "actions", _("Actions individuelles et collectives décidées")
    HEALTH = "health", _("Santé et sécurité")
    ASSOCIATESHIP = "associateship", _("Vers le sociétariat, et date limite de candidature")
    LEAVE = "leave", _("Congés pris et restants")


class InterviewState(models.TextChoices):
    DUE = "due", _("À tenir")
    PROPOSED = "proposed", _("Proposé, à signer")
    SIGNED = "signed", _("Signé des deux côtés")
    CANCELLED = "cancelled", _("Sans objet")


INTERVIEW_FLOW = Workflow(
    "entrepreneurs.interview",
    [
        Move(
            "propose",
            (InterviewState.DUE,),
            InterviewState.PROPOSED,
            "entrepreneurs.hold_interview",
            _("Signer et proposer"),
        ),
        Move(
            "sign",
            (InterviewState.PROPOSED,),
            InterviewState.SIGNED,
            "entrepreneurs.sign_interview",
            _("Signer"),
        ),
        Move(
            "reopen",
            (InterviewState.PROPOSED,),
            InterviewState.DUE,
            "entrepreneurs.reopen_interview",
            _("Demander une correction"),
        ),
        Move(
            "cancel",
            (InterviewState.DUE,),
            InterviewState.CANCELLED,
            "entrepreneurs.hold_interview",
            _("Déclarer sans objet"),
        ),
    ],
)

SHAPES: dict[str, tuple[str, str]] = {
    InterviewState.DUE: ("info", "◇"),
    InterviewState.PROPOSED: ("warning", "◇"),
    InterviewState.SIGNED: ("success", "●"),
    InterviewState.CANCELLED: ("neutral", "✕"),
}
LATE: tuple[str, str] = ("danger", "▲")
