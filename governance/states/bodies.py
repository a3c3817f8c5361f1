"""Bodies, mandates and the book of decisions (GOV-12, 13, 16)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow

# The bar of tabs of « Gouvernance »: minutes and turnout join it from their own registration.
GOVERNANCE_BAR = "governance"


class BodyKind(models.TextChoices):
    ASSEMBLY = "assembly", _("Assemblée générale")
    MANAGEMENT = "management", _("Cogérance")
    BOARD = "board", _("Conseil d’administration")
    SUPERVISORY = "supervisory", _("Conseil de surveillance")
    COMMITTEE = "committee", _("Comité")
    SECTION = "section", _("Assemblée de section")


class Electorate(models.TextChoices):
    """Who elects (GOV-15): chosen for each ballot, compared with the statutes."""

    ASSOCIATES = "associates", _("Les associé·es")
    ENTREPRENEURS = "entrepreneurs", _("Les entrepreneur·es")
    ALL = "all", _("Associé·es et entrepreneur·es")


class MandateEnd(models.TextChoices):
    TERM = "term", _("Arrivé à son terme")
    RESIGNATION = "resignation", _("Démission")
    REMOVAL = "removal", _("Révocation")
    ASSOCIATE_LOST = "associate_lost", _("Perte de la qualité d’associé·e")
    OTHER = "other", _("Autre")


class DecisionState(models.TextChoices):
    TO_DO = "to_do", _("À faire")
    DONE = "done", _("Faite")
    DROPPED = "dropped", _("Abandonnée")
    # Nothing is to be done of it: it decides.
    NONE = "none", _("Sans suite à donner")


DECISION_SHAPES: dict[str, tuple[str, str]] = {
    DecisionState.TO_DO: ("info", "●"),
    DecisionState.DONE: ("success", "✔"),
    DecisionState.DROPPED: ("neutral", "✕"),
    DecisionState.NONE: ("neutral", "■"),
}

_RIGHT, _TO_DO = "governance.follow_decision", DecisionState.TO_DO.value
_DONE, _DROPPED, _NONE = DecisionState.DONE.value, DecisionState.DROPPED.value, DecisionState.NONE.value
DECISION_FLOW = Workflow(
    "governance.Decision",
    (
        Move("finish", (_TO_DO,), _DONE, _RIGHT, _("Noter que c’est fait")),
        Move("drop", (_TO_DO,), _DROPPED, _RIGHT, _("Abandonner")),
        Move("settle", (_TO_DO,), _NONE, _RIGHT, _("Rien à faire")),
        Move("reopen", (_DONE, _DROPPED, _NONE), _TO_DO, _RIGHT, _("Reprendre")),
    ),
)
