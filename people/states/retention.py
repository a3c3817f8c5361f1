"""What becomes of a file that is no longer needed (PEO-38): proposed by the house, decided by a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cae.core.workflow import Move, Workflow


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", _("À décider")
    ERASED = "erased", _("Effacé")
    KEPT = "kept", _("Gardé pour l’instant")


# How each state is drawn: tone and shape.
PROPOSAL_SHAPES: dict[str, tuple[str, str]] = {
    ProposalState.PROPOSED: ("warning", "▲"),
    ProposalState.ERASED: ("success", "✔"),
    ProposalState.KEPT: ("neutral", "◇"),
}

RETENTION_FLOW = Workflow(
    "people.RetentionProposal",
    moves=[
        Move(
            "approve",
            (ProposalState.PROPOSED,),
            ProposalState.ERASED,
            right="people.decide_retention",
            label=_("Effacer"),
        ),
        Move(
            "keep",
            (ProposalState.PROPOSED,),
            ProposalState.KEPT,
            right="people.decide_retention",
            label=_("Garder encore"),
        ),
    ],
)
