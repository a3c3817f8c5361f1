"""Rule sets: legal forms, kinds of decision, states of a set (the lines are in calculations/rules)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class RuleForm(models.TextChoices):
    """The legal forms that have a preset (governance.md §2.2)."""

    SCOP_SARL = "scop_sarl", _("SCOP SARL")
    SCOP_SA = "scop_sa", _("SCOP SA")
    SCOP_SAS = "scop_sas", _("SCOP SAS")
    SCIC_SARL = "scic_sarl", _("SCIC SARL")
    SCIC_SA = "scic_sa", _("SCIC SA")
    SCIC_SAS = "scic_sas", _("SCIC SAS")
    COOPERATIVE = "cooperative", _("Coopérative (loi de 1947)")
    ASSOCIATION = "association", _("Association")


class DecisionKind(models.TextChoices):
    """What is decided: each has its quorum and its majority, at each call."""

    ORDINARY = "ordinary", _("Décision ordinaire")
    EXTRAORDINARY = "extraordinary", _("Décision extraordinaire")
    MANAGER_ELECTION = "manager_election", _("Élection de la gérance")
    MANAGER_REMOVAL = "manager_removal", _("Révocation de la gérance")
    BOARD_ELECTION = "board_election", _("Élection d’un conseil")
    ADMISSION = "admission", _("Admission d’un·e associé·e")


class RuleSetState(models.TextChoices):
    DRAFT = "draft", _("À confirmer")
    CONFIRMED = "confirmed", _("Confirmée")
    DISCARDED = "discarded", _("Abandonnée")


class TextKind(models.TextChoices):
    STATUTES = "statutes", _("Statuts")
    INTERNAL_RULES = "internal_rules", _("Règlement intérieur")


RULE_SET_SHAPES: dict[str, tuple[str, str]] = {
    RuleSetState.DRAFT: ("warning", "▲"),
    RuleSetState.CONFIRMED: ("success", "✔"),
    RuleSetState.DISCARDED: ("neutral", "✕"),
}

_DRAFT = RuleSetState.DRAFT.value
RULE_SET_FLOW = Workflow(
    "governance.RuleSet",
    (
        Move(
            "confirm",
            (_DRAFT,),
            RuleSetState.CONFIRMED.value,
            "governance.confirm_rules",
            _("Mettre en vigueur"),
        ),
        Move("discard", (_DRAFT,), RuleSetState.DISCARDED.value, "governance.write_rules", _("Abandonner")),
    ),
)
